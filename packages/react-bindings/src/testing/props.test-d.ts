import { CustomerPanel, Inbox, ProsaProvider, Webchat, type InboxProps } from '@prosa/react';
import { useConversations, useMessages, useUnread } from '@prosa/react/hooks';
import type { ProsaClient } from '@prosa/core';
import type { ProsaCustomerPanel, ProsaInbox } from '@prosa/widget-inbox';
import type { ProsaWebchat } from '@prosa/widget-webchat';
import { createElement, createRef, type RefObject } from 'react';

// What must compile, and what must not. It is type-checked with the types of React 18 and of React 19, and never run.

declare const client: ProsaClient;

createElement(ProsaProvider, { client });
createElement(ProsaProvider, { baseUrl: '/chat', token: async () => 'token' });
// @ts-expect-error a client or an address
createElement(ProsaProvider, {});
// @ts-expect-error an address needs a token
createElement(ProsaProvider, { baseUrl: '/chat' });
// @ts-expect-error one of the two
createElement(ProsaProvider, { client, baseUrl: '/chat', token: 'token' });

const inboxRef: RefObject<ProsaInbox | null> = createRef<ProsaInbox>();
createElement(Inbox, { ref: createRef<ProsaInbox>(), className: 'desk', 'aria-label': 'Atendimento', theme: 'dark' });
createElement(Inbox, {
  onConversationSelected: ({ detail }) => detail.conversationId?.toUpperCase(),
  onBeforeSend: (event) => {
    if (event.detail.message.type === 'text' && event.detail.message.text === '') event.preventDefault();
  },
  onClick: ({ currentTarget }) => currentTarget.conversationId,
});
void (inboxRef.current?.updateComplete satisfies Promise<boolean> | undefined);
// @ts-expect-error another element's ref
createElement(Inbox, { ref: createRef<ProsaCustomerPanel>() });
// @ts-expect-error no such theme
createElement(Inbox, { theme: 'blue' });
// @ts-expect-error no such prop
createElement(Inbox, { conversation: 'cnv_1' });
// @ts-expect-error an id is text
createElement(Inbox, { conversationId: 1 });
// @ts-expect-error the event carries no such thing
createElement(Inbox, { onConversationSelected: ({ detail }) => detail.conversation });
// @ts-expect-error the element's error, not React's
createElement(Inbox, { onError: (event) => event.nativeEvent });
// @ts-expect-error a handler of another event
createElement(Inbox, { onBeforeSend: (event: CustomEvent<{ readonly conversation: string }>) => event.detail });
// @ts-expect-error properties of the element that are none of the host's
({ requestUpdate: () => undefined }) satisfies InboxProps;

createElement(CustomerPanel, { contactId: 'ctt_1', onConversationSelected: ({ detail }) => detail.conversationId });
// @ts-expect-error the panel sends nothing
createElement(CustomerPanel, { onBeforeSend: () => undefined });

createElement(Webchat, {
  ref: createRef<ProsaWebchat>(),
  baseUrl: '/chat',
  webchatKey: 'wck_1',
  open: true,
  inline: false,
});
createElement(Webchat, {
  identity: async () => 'token',
  onUnread: ({ detail }) => detail.count.toFixed(),
  onEnded: ({ detail }) => detail.conversation.protocol,
  onMessage: ({ detail }) => detail.message.author.name,
  onBeforeSend: (event) => {
    if (event.detail.text.includes('senha') || event.detail.files.length > 3) event.preventDefault();
  },
});
// @ts-expect-error the desk's client is an agent's
createElement(Webchat, { client });
// @ts-expect-error another element's ref
createElement(Webchat, { ref: createRef<ProsaInbox>() });
// @ts-expect-error the element's end of a conversation, not that of a video
createElement(Webchat, { onEnded: (event) => event.nativeEvent });
// @ts-expect-error open or not
createElement(Webchat, { open: 'yes' });
// @ts-expect-error words are text
createElement(Webchat, { strings: { send: 1 } });

export function Compiles(): string {
  const { data, status } = useConversations({ tab: 'mine', limit: 20 });
  const { data: thread } = useMessages(data[0]?.id);
  const { data: unread } = useUnread({ queueId: 'que_1' });
  // @ts-expect-error no such tab
  useConversations({ tab: 'theirs' });
  // @ts-expect-error pages are asked for with `loadMore`
  useConversations({ cursor: 'c1' });
  // @ts-expect-error results are not the caller's to change
  data.push();
  // @ts-expect-error no such status
  if (status === 'loaded') return '';
  return `${thread.messages.length} ${thread.pending.length} ${unread.toFixed()}`;
}
