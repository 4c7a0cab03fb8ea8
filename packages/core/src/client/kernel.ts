import { EntityStore } from '../store/entity-store.ts';
import type { OutboxStorage } from '../store/outbox-storage.ts';
import { ClientEmitter } from './client-emitter.ts';
import { clockHint } from './clock-hint.ts';
import { systemClock, type Clock } from './clock.ts';
import { createCalls, type Calls } from './resources/calls.ts';
import { checkToken, createTokenSource, type TokenOption, type TokenSource } from './token-source.ts';
import { createTransport, type Transport } from './transport.ts';
import { parseBaseUrl } from './url.ts';

/**
 * What `createClient` takes: an address and a token; the rest is for tests and for programs with needs of their own.
 */
export interface ClientOptions {
  /** Where the gateway is: `https://chat.example.com`. In a page it may be relative to the page. */
  readonly baseUrl: string;
  /** The token, or a function that gets one from your backend; it is called again when the token has expired. */
  readonly token: TokenOption;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of the system's time and timers; for tests. */
  readonly clock?: Clock | undefined;
  /** Where unsent messages are kept; `null` for memory only. Absent: IndexedDB where there is one. */
  readonly storage?: OutboxStorage | null | undefined;
  /** How long one try of a request may take, in milliseconds; 30,000 when absent. After one that took too long comes one more. */
  readonly timeoutMs?: number | undefined;
  /**
   * For programs that were started again: the `cursor` of the last event that was dealt with. The event stream, once
   * something opens it, tells what came after; where the gateway does not know it any more (it keeps 72 hours at least),
   * `discontinuity` says so. Absent or `null`: from now on.
   */
  readonly cursor?: string | null | undefined;
}

/** What the parts of a client share. */
export interface Kernel {
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Of this device against the gateway's, as `HasClock` has it. */
  clockAheadMs: number;
  readonly storage: OutboxStorage | null | undefined;
  readonly cursor: string | undefined;
  readonly tokens: TokenSource;
  readonly transport: Transport;
  readonly calls: Calls;
  readonly entities: EntityStore;
  readonly emitter: ClientEmitter;
  /** What `make` makes, once for the client: so parts find each other without loading what nobody asked for. */
  use<Made>(make: (kernel: Kernel) => Made): Made;
  /** Called in this order when the client is destroyed; requests are ended after all of them. */
  onDestroy(end: () => void): void;
  destroy(): void;
}

/** @throws UsageError when `baseUrl` or `token` cannot be used */
export function createKernel(options: ClientOptions): Kernel {
  const { token, fetch, clock = systemClock, storage, timeoutMs = 30_000 } = options;
  checkToken(token);
  const baseUrl = parseBaseUrl(options.baseUrl);
  const tokens = createTokenSource(token, clock);
  const transport = createTransport({ baseUrl, tokens, fetch, clock, timeoutMs, clockHint });
  const entities = new EntityStore();
  const emitter = new ClientEmitter();
  const made = new Map<unknown, unknown>();
  const ends: (() => void)[] = [];
  const kernel: Kernel = {
    baseUrl,
    clock,
    clockAheadMs: 0,
    storage,
    cursor: options.cursor || undefined,
    tokens,
    transport,
    calls: createCalls(transport, entities),
    entities,
    emitter,
    use<Made>(make: (kernel: Kernel) => Made): Made {
      if (!made.has(make)) made.set(make, make(kernel));
      return made.get(make) as Made;
    },
    onDestroy: (end) => void ends.push(end),
    destroy() {
      for (const end of ends.splice(0)) end();
      transport.close();
      emitter.clear();
    },
  };
  return kernel;
}
