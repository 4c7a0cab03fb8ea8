import type { ProsaClient } from '@prosa/core';
import { useContext } from 'react';
import { ClientContext } from '../provider/client-context.ts';

interface ClientProps {
  readonly client?: ProsaClient | undefined;
  readonly baseUrl?: string | undefined;
}

/** The client for an element: its own prop, none where it has an address of its own, else that of the provider. */
export function useElementClient({ client, baseUrl }: ClientProps): Pick<ClientProps, 'client'> {
  const around = useContext(ClientContext) ?? undefined;
  return { client: client ?? (baseUrl === undefined ? around : undefined) };
}
