import '@prosa/widget-inbox/define/prosa-customer-panel';
import type { ProsaClient, TokenOption } from '@prosa/core';
import type { CustomerSource, InboxEventMap, ProsaCustomerPanel, Translation } from '@prosa/widget-inbox';
import type { ForwardRefExoticComponent, RefAttributes } from 'react';
import { elementComponent } from './element/element-component.ts';
import type { HostProps } from './element/host-props.ts';
import { useElementClient } from './element/use-element-client.ts';

/** What is the panel's own among the props of `<CustomerPanel>`. */
export interface CustomerPanelOwnProps {
  /** Instead of the provider's. */
  readonly client?: ProsaClient | undefined;
  /** With `token`: the element makes a client of its own, and no provider is needed. */
  readonly baseUrl?: string | undefined;
  /** The token of the agent, or a function that gets one. */
  readonly token?: TokenOption | undefined;
  /** Whose contact is shown; its row is left out of the previous conversations. */
  readonly conversationId?: string | undefined;
  /** The contact to show; with `conversationId` it saves a request. */
  readonly contactId?: string | undefined;
  /** Where customers live; the gateway's own when it is not set. Keep it outside of the component. */
  readonly source?: CustomerSource | undefined;
  /** Words that replace those of the language. Keep them outside of the component. */
  readonly strings?: Partial<Translation> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined;
  /** A previous conversation was picked. */
  readonly onConversationSelected?: ((event: InboxEventMap['prosa-conversation-selected']) => void) | undefined;
  /** Something that the agent asked for did not work. */
  readonly onError?: ((event: InboxEventMap['prosa-error']) => void) | undefined;
}

/** Props of `<CustomerPanel>`. */
export interface CustomerPanelProps
  extends CustomerPanelOwnProps, HostProps<ProsaCustomerPanel, CustomerPanelOwnProps> {}

const binding = {
  tagName: 'prosa-customer-panel',
  properties: ['client', 'baseUrl', 'token', 'conversationId', 'contactId', 'source', 'strings', 'theme'],
  events: { onConversationSelected: 'prosa-conversation-selected', onError: 'prosa-error' },
} as const satisfies {
  tagName: keyof HTMLElementTagNameMap;
  properties: readonly (keyof CustomerPanelOwnProps & keyof ProsaCustomerPanel)[];
  events: Partial<Record<keyof CustomerPanelOwnProps, keyof InboxEventMap>>;
};

/**
 * Who the customer of a conversation is: the record, or how to find or make it, and the conversations before. The ref
 * is the `<prosa-customer-panel>` element.
 *
 * @example
 * <CustomerPanel conversationId={conversationId} source={crmCustomers} />
 */
export const CustomerPanel: ForwardRefExoticComponent<CustomerPanelProps & RefAttributes<ProsaCustomerPanel>> =
  /* @__PURE__ */ elementComponent('CustomerPanel', binding, useElementClient);
