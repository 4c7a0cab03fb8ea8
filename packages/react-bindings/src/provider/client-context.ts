import { UsageError, type ProsaClient } from '@prosa/core';
import { createContext, useContext } from 'react';

/** The client of the nearest provider. */
export const ClientContext = /* @__PURE__ */ createContext<ProsaClient | null>(null);

/**
 * The client of the nearest `<ProsaProvider>`: everything that `@prosa/core` can do.
 *
 * @throws UsageError when there is no provider above
 * @example
 * const prosa = useProsaClient();
 * const accept = () => prosa.conversations.accept(conversationId);
 */
export function useProsaClient(): ProsaClient {
  const client = useContext(ClientContext);
  if (!client) throw new UsageError('unable to use Prosa here; put a <ProsaProvider> above this component');
  return client;
}
