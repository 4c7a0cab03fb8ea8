import type { ProsaClient, TokenOption } from '@prosa/core';
import { createElement, type ReactElement, type ReactNode } from 'react';
import { ClientContext } from './client-context.ts';
import { useOwnClient } from './use-own-client.ts';

/** A client that the page made, and ends itself. */
export interface SharedClientProps {
  /** From `createClient` of `@prosa/core`. Make it outside of components, or keep it in state. */
  readonly client: ProsaClient;
  readonly baseUrl?: undefined;
  readonly token?: undefined;
  readonly children?: ReactNode;
}

/** A client that the provider makes, and destroys when it leaves the page. */
export interface OwnClientProps {
  readonly client?: undefined;
  /** Where the gateway is. Another address makes another client. */
  readonly baseUrl: string;
  /**
   * The token of the agent, or a function that gets one from your backend. The newest function is used; it need not be
   * the same on each render. For another agent give the provider another `key`.
   */
  readonly token: TokenOption;
  readonly children?: ReactNode;
}

/** A client of yours, or an address and a token of which the provider makes one. */
export type ProsaProviderProps = SharedClientProps | OwnClientProps;

/**
 * Gives one client, and so one connection, to every component and hook inside.
 *
 * @throws UsageError while rendering, when `baseUrl` is no address
 * @example
 * <ProsaProvider baseUrl="https://chat.example.com" token={fetchToken}>
 *   <Inbox />
 * </ProsaProvider>
 */
export function ProsaProvider({ client, baseUrl, token, children }: ProsaProviderProps): ReactElement {
  const own = useOwnClient(client ? undefined : baseUrl, token);
  return createElement(ClientContext.Provider, { value: client ?? own }, children);
}
