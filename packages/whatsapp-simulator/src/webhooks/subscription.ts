import { numericId } from '../ids.ts';
import { SimulatorError } from '../simulator-error.ts';

/** Where webhooks go. The narrowest one wins: phone number, then account, then app. */
export interface Subscription {
  readonly id: string;
  readonly callbackUrl: string;
  readonly wabaId?: string;
  readonly phoneNumberId?: string;
}

export interface SubscribeOptions {
  readonly callbackUrl: string;
  readonly verifyToken: string;
  /** Only for webhooks of this account. */
  readonly wabaId?: string | undefined;
  /** Only for webhooks of this number. */
  readonly phoneNumberId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Verifies a callback as Meta does: `GET` with `hub.mode`, `hub.challenge` and `hub.verify_token`, to be answered
 * 200 with the bare challenge. Raises `handshake_failed` otherwise.
 */
export async function shakeHands(fetch: typeof globalThis.fetch, options: SubscribeOptions): Promise<Subscription> {
  const challenge = numericId(10);
  const url = new URL(options.callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', options.verifyToken);

  let status: number;
  let echoed: string;
  try {
    const response = await fetch(url, { signal: options.signal ?? AbortSignal.timeout(10_000) });
    status = response.status;
    echoed = await response.text();
  } catch (cause) {
    throw refusal(options.callbackUrl, 'it cannot be reached', cause);
  }
  if (status !== 200) throw refusal(options.callbackUrl, `it answered ${status}; is the verify token the same?`);
  if (echoed.trim() !== challenge) throw refusal(options.callbackUrl, 'it did not echo hub.challenge');

  return Object.freeze({
    id: numericId(8),
    callbackUrl: options.callbackUrl,
    ...(options.wabaId === undefined ? {} : { wabaId: options.wabaId }),
    ...(options.phoneNumberId === undefined ? {} : { phoneNumberId: options.phoneNumberId }),
  });
}

function refusal(url: string, reason: string, cause?: unknown): SimulatorError {
  return new SimulatorError('handshake_failed', `unable to subscribe ${url}; ${reason}`, { cause });
}

/** The subscriptions that receive a webhook of this number. */
export function subscriptionsFor(
  all: readonly Subscription[],
  wabaId: string,
  phoneNumberId: string | undefined,
): readonly Subscription[] {
  const phone = all.filter((each) => each.phoneNumberId !== undefined && each.phoneNumberId === phoneNumberId);
  if (phone.length > 0) return phone;
  const account = all.filter((each) => each.phoneNumberId === undefined && each.wabaId === wabaId);
  if (account.length > 0) return account;
  return all.filter((each) => each.phoneNumberId === undefined && each.wabaId === undefined);
}
