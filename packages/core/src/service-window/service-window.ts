/** WhatsApp lets a business write freely for 24 hours after the customer last wrote (Meta, "Customer service windows"). */
export type ServiceWindowState = 'none' | 'open' | 'closing' | 'closed';

/** Where a service window stands at one moment. */
export interface ServiceWindow {
  /** `none`: the channel has no window. `closing`: less than two hours are left. */
  readonly state: ServiceWindowState;
  /** Milliseconds until it closes, 0 when it is closed; `null` for `none`. */
  readonly remainingMs: number | null;
}

/** So long before its end a service window is `closing`, in milliseconds: two hours. */
export const closingBeforeMs = 2 * 60 * 60 * 1000;

const none: ServiceWindow = Object.freeze({ state: 'none', remainingMs: null });
const closed: ServiceWindow = Object.freeze({ state: 'closed', remainingMs: 0 });

/**
 * Where the service window of a conversation stands.
 *
 * @param windowExpiresAt `conversation.windowExpiresAt`
 * @param now epoch milliseconds
 */
export function serviceWindowOf(windowExpiresAt: string | null, now: number): ServiceWindow {
  const expiresAt = windowExpiresAt === null ? NaN : Date.parse(windowExpiresAt);
  if (Number.isNaN(expiresAt)) return none;
  const remainingMs = expiresAt - now;
  if (remainingMs <= 0) return closed;
  return { state: remainingMs < closingBeforeMs ? 'closing' : 'open', remainingMs };
}
