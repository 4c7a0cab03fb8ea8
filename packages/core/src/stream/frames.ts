import type { EventSourceMessage } from 'eventsource-parser';
import { deepFreeze } from '../client/deep-freeze.ts';
import type { ProsaEvent } from '../contract/index.ts';

/** What the client needs of a frame; anything else in it is left alone. */
export type Frame =
  | {
      readonly kind: 'hello';
      readonly cursor: string;
      readonly resumed: boolean;
      readonly heartbeatMs: number;
      readonly windowMs: number;
    }
  | { readonly kind: 'event'; readonly cursor: string; readonly event: ProsaEvent }
  | { readonly kind: 'skip'; readonly cursor: string }
  | { readonly kind: 'bye'; readonly reason: string; readonly windowMs: number };

/** How long to wait at random before the first reconnection when the server does not say. */
export const defaultWindowMs = 2000;
const longestWindowMs = 60_000;
const defaultHeartbeatMs = 20_000;

/** `null` for a frame of a newer server and for one that is broken: neither may end the stream. */
export function readFrame({ event: kind, id, data }: EventSourceMessage): Frame | null {
  const body = parseObject(data);
  const cursor = id || textOf(body?.['cursor']);
  switch (kind) {
    case 'hello': {
      if (!body || !cursor) return null;
      const heartbeatMs = numberOf(body['heartbeatSeconds'], defaultHeartbeatMs / 1000) * 1000;
      return { kind, cursor, resumed: body['resumed'] === true, heartbeatMs, windowMs: windowOf(body) };
    }
    case 'event': {
      if (!cursor) return null;
      // A broken event moves the cursor all the same: asked for again, it would come just as broken.
      if (!body || !textOf(body['type'])) return { kind: 'skip', cursor };
      return { kind, cursor, event: deepFreeze({ ...body, cursor }) as unknown as ProsaEvent };
    }
    case 'skip':
      return cursor ? { kind, cursor } : null;
    case 'bye':
      return { kind, reason: textOf(body?.['reason']) || 'unknown', windowMs: windowOf(body ?? {}) };
    default:
      return null;
  }
}

function windowOf(body: Record<string, unknown>): number {
  return Math.min(longestWindowMs, numberOf(body['reconnectWindowMs'], defaultWindowMs));
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}
