import { idleConnection, type ConnectionSnapshot } from '@prosa/core';
import { useMemo, useSyncExternalStore } from 'react';
import { useProsaClient } from '../provider/client-context.ts';

/** How the event stream stands. */
export interface ConnectionResult extends ConnectionSnapshot {
  /** Tries now instead of waiting until `nextTryAt`. The same function for as long as the client is the same. */
  readonly retry: () => void;
}

/**
 * How the connection stands: `{ state, nextTryAt, error, retry }`. Watching it opens none.
 *
 * @throws UsageError when there is no provider above
 * @example
 * const { state, retry } = useConnection();
 * if (state === 'offline') return <button onClick={retry}>Tentar agora</button>;
 */
export function useConnection(): ConnectionResult {
  const { connection } = useProsaClient();
  const { subscribe, current, retry } = useMemo(
    () => ({
      subscribe: (listener: () => void) => connection.subscribe(listener),
      current: () => connection.current,
      retry: () => {
        connection.retry();
      },
    }),
    [connection],
  );
  const snapshot = useSyncExternalStore(subscribe, current, () => idleConnection);
  return useMemo(() => ({ ...snapshot, retry }), [snapshot, retry]);
}
