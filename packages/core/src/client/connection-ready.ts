import { AbortedError } from '../errors/local-errors.ts';
import type { CallOptions } from './call-options.ts';
import { eventStreamOf } from './inner-parts.ts';
import type { Kernel } from './kernel.ts';

/** Waits until the stream is there; says why where it does not come by itself. */
export function connectionReady({ emitter, use }: Kernel, { signal }: CallOptions = {}): Promise<void> {
  const stream = use(eventStreamOf);
  return new Promise<void>((resolve, reject) => {
    const look = () => {
      const { state, error } = stream.current;
      const isAborted = signal?.aborted;
      if (!isAborted && ['connecting', 'reconnecting', 'offline'].includes(state)) return;
      unsubscribe();
      release();
      signal?.removeEventListener('abort', look);
      if (state === 'connected' && !isAborted) resolve();
      else if (!isAborted && error && (state === 'needs_auth' || state === 'failed')) reject(error);
      else reject(new AbortedError('open the event stream', undefined, isAborted ? signal.reason : error));
    };
    const release = stream.retain();
    const unsubscribe = emitter.on('connection.changed', look);
    signal?.addEventListener('abort', look);
    look();
  });
}
