import { useSyncExternalStore } from 'react';
import { isServer } from '../element/environment.ts';
import { useProsaClient } from '../provider/client-context.ts';
import type { QueryKind } from './open-query.ts';
import { sharedQuery } from './shared-query.ts';

/** @param params `null`: nothing is asked for */
export function useQuery<Params, Result extends object>(
  kind: QueryKind<Params, Result>,
  params: Params | null,
): Result {
  const client = useProsaClient();
  // A server never subscribes, and a query that nobody subscribes to would never be forgotten.
  const query = isServer || params === null ? null : sharedQuery(client, kind, params);
  return useSyncExternalStore(
    query?.subscribe ?? subscribeToNothing,
    query?.current ?? (() => kind.idle),
    params === null ? () => kind.idle : () => kind.loading,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
