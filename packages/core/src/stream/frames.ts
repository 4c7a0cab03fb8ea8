import { deepFreeze } from '../client/deep-freeze.ts';
import type { EventTransport } from '../client/connection-state.ts';
import type { ProsaEvent, SignalData, SignalType } from '../contract/index.ts';

/** What the client needs of a frame; anything else in it is left alone. */
export type Frame =
  | {
      readonly kind: 'hello';
      readonly cursor: string;
      readonly resumed: boolean;
      readonly heartbeatMs: number;
      readonly windowMs: number;
      /** Epoch milliseconds by the clock of the server; `NaN` where it does not say. */
      readonly serverTime: number;
      readonly transport: EventTransport;
    }
  | { readonly kind: 'event'; readonly cursor: string; readonly event: ProsaEvent }
  | { readonly kind: 'signal'; readonly type: SignalType; readonly data: SignalData[SignalType] }
  | { readonly kind: 'skip'; readonly cursor: string }
  | { readonly kind: 'bye'; readonly reason: string; readonly windowMs: number };

/** How long to wait at random before the first reconnection when the server does not say. */
export const defaultWindowMs = 2000;
const longestWindowMs = 60_000;
const defaultHeartbeatSeconds = 20;

/** A frame as it comes: by a stream its data is text, in a page it is what it says. */
export interface RawFrame {
  readonly event: string;
  readonly id?: string | undefined;
  readonly data: unknown;
}

/** `null` for a frame of a newer server and for one that is broken: neither may end the stream. */
export function readFrame({ event: kind, id, data }: RawFrame): Frame | null {
  const body = objectOf(data);
  if (kind === 'bye') return { kind, reason: String(body['reason']), windowMs: windowOf(body) };
  if (kind === 'signal') return deepFreeze({ kind, type: body['type'], data: body['data'] }) as Frame;
  const cursor = id ?? body['cursor'];
  if (typeof cursor !== 'string' || cursor === '') return null;
  if (kind === 'hello') {
    const heartbeatMs = (Number(body['heartbeatSeconds']) || defaultHeartbeatSeconds) * 1000;
    const serverTime = Date.parse(String(body['serverTime']));
    const resumed = body['resumed'] === true;
    return { kind, cursor, resumed, heartbeatMs, windowMs: windowOf(body), serverTime, transport: 'sse' };
  }
  if (kind === 'event' && typeof body['type'] === 'string') {
    return { kind, cursor, event: deepFreeze({ ...body, cursor }) as unknown as ProsaEvent };
  }
  // A broken event moves the cursor all the same: asked for again, it would come just as broken.
  return kind === 'event' || kind === 'skip' ? { kind: 'skip', cursor } : null;
}

function windowOf({ reconnectWindowMs = defaultWindowMs }: Record<string, unknown>): number {
  return Math.min(longestWindowMs, Math.max(0, Number(reconnectWindowMs) || 0));
}

/** Empty when it is none. */
function objectOf(data: unknown): Record<string, unknown> {
  try {
    return { ...((typeof data === 'string' ? JSON.parse(data) : data) as Record<string, unknown> | null) };
  } catch {
    return {};
  }
}
