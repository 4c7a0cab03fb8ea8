import '@prosa/widget-inbox/define/prosa-inbox';
import type { ProsaClient, TokenOption } from '@prosa/core';
import type { CustomerSource, InboxEventMap, ProsaInbox, Translation } from '@prosa/widget-inbox';
import type { ForwardRefExoticComponent, RefAttributes } from 'react';
import { elementComponent } from './element/element-component.ts';
import type { HostProps } from './element/host-props.ts';
import { useElementClient } from './element/use-element-client.ts';

/** What is the inbox's own among the props of `<Inbox>`. */
export interface InboxOwnProps {
  /** Instead of the provider's. */
  readonly client?: ProsaClient | undefined;
  /** With `token`: the element makes a client of its own, and no provider is needed. */
  readonly baseUrl?: string | undefined;
  /** The token of the agent, or a function that gets one. */
  readonly token?: TokenOption | undefined;
  /** Opens a conversation when it changes. The agent may go on to another: `onConversationSelected` tells. */
  readonly conversationId?: string | null | undefined;
  /** `hidden`: the page shows the customer itself, with `<CustomerPanel>` for instance. */
  readonly panel?: 'auto' | 'hidden' | undefined;
  /** Where customers live; the gateway's own when it is not set. Keep it outside of the component. */
  readonly source?: CustomerSource | undefined;
  /** Words that replace those of the language. Keep them outside of the component. */
  readonly strings?: Partial<Translation> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined;
  /** The agent opened a conversation, or went back to the list (`null`). */
  readonly onConversationSelected?: ((event: InboxEventMap['prosa-conversation-selected']) => void) | undefined;
  /** A message is about to go out. `event.preventDefault()` keeps it in the composer. */
  readonly onBeforeSend?: ((event: InboxEventMap['prosa-before-send']) => void) | undefined;
  /** The agent finished a conversation here. */
  readonly onConversationClosed?: ((event: InboxEventMap['prosa-conversation-closed']) => void) | undefined;
  /** Something that the agent asked for did not work. The inbox tells the agent; the page may log it. */
  readonly onError?: ((event: InboxEventMap['prosa-error']) => void) | undefined;
}

/** Props of `<Inbox>`; a child with `slot="panel"` takes the place of the customer panel. */
export interface InboxProps extends InboxOwnProps, HostProps<ProsaInbox, InboxOwnProps> {}

const binding = {
  tagName: 'prosa-inbox',
  properties: ['client', 'baseUrl', 'token', 'conversationId', 'panel', 'source', 'strings', 'theme'],
  events: {
    onConversationSelected: 'prosa-conversation-selected',
    onBeforeSend: 'prosa-before-send',
    onConversationClosed: 'prosa-conversation-closed',
    onError: 'prosa-error',
  },
} as const satisfies {
  tagName: keyof HTMLElementTagNameMap;
  properties: readonly (keyof InboxOwnProps & keyof ProsaInbox)[];
  events: Partial<Record<keyof InboxOwnProps, keyof InboxEventMap>>;
};

/**
 * The inbox of an agent: who waits, what is mine, the conversation, the customer. It fills its box: give its parent a
 * height. The ref is the `<prosa-inbox>` element.
 *
 * @example
 * <Inbox lang="pt-BR" onConversationSelected={({ detail }) => setConversationId(detail.conversationId)} />
 */
export const Inbox: ForwardRefExoticComponent<InboxProps & RefAttributes<ProsaInbox>> =
  /* @__PURE__ */ elementComponent('Inbox', binding, useElementClient);
