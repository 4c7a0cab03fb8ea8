import type { CallOptions, Unsubscribe } from '../client/prosa-client.ts';
import { AbortedError } from '../errors/local-errors.ts';
import type { Observable } from './observed.ts';

/** A live value, or anything else that changes. */
export interface Awaitable<Value> extends Observable<Value> {
  readonly status?: string;
  readonly error?: Error | null;
}

/**
 * Watches a value until it is as wanted, and gives it. A live value counts once it is loaded; it is loaded for this, if
 * nobody watches it. Rejects with its error when it cannot be loaded, and with `aborted`.
 *
 * @param isWanted called with each value, at least once; every loaded value is wanted when absent
 * @example
 * const thread = prosa.live.thread(conversationId);
 * const { messages } = await until(thread, ({ messages }) => messages.length > 0, { signal });
 */
export function until<Value>(
  source: Awaitable<Value>,
  isWanted: (value: Value) => boolean = () => true,
  { signal }: CallOptions = {},
): Promise<Value> {
  const operation = 'wait for the value';
  return new Promise<Value>((resolve, reject) => {
    let stop: Unsubscribe = () => undefined;
    const end = (settle: () => void) => {
      stop();
      signal?.removeEventListener('abort', look);
      settle();
    };
    const look = () => {
      const { value, status = 'ready', error } = source;
      try {
        if (signal?.aborted) throw new AbortedError(operation, undefined, signal.reason);
        if (status === 'error') throw error ?? new AbortedError(operation);
        if (status === 'ready' && isWanted(value))
          end(() => {
            resolve(value);
          });
      } catch (reason) {
        end(() => {
          reject(reason as Error);
        });
      }
    };
    stop = source.subscribe(look);
    signal?.addEventListener('abort', look);
    look();
  });
}
