import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import {
  CustomerPanel,
  Inbox,
  ProsaProvider,
  useConnection,
  useConversations,
  useMessages,
  useProsaClient,
  useUnread,
  Webchat,
} from '@prosa/react';

// Runs in Node, bundled for each React: prints what a server would send, and what React complained of.

const complaints: string[] = [];
console.error = (...args: unknown[]) => complaints.push(args.map(String).join(' '));
console.warn = console.error;

function Hooks() {
  const list = useConversations({ tab: 'mine' });
  const thread = useMessages('cnv_1');
  const none = useMessages(null);
  const states = [list.status, thread.status, none.status, useUnread().data, useConnection().state];
  return createElement('p', null, `${states.join(' ')} ${typeof useProsaClient().destroy}`);
}

const html = renderToString(
  createElement(
    StrictMode,
    null,
    createElement(
      ProsaProvider,
      { baseUrl: '/chat', token: () => 'made-up' },
      createElement(
        Inbox,
        { lang: 'pt-BR', className: 'tall', conversationId: 'cnv_1', theme: 'dark', onBeforeSend: () => undefined },
        createElement('p', { slot: 'panel' }, 'CRM'),
      ),
      createElement(CustomerPanel, { contactId: 'ctt_1', hidden: true }),
      createElement(Webchat, {
        webchatKey: 'wck_1',
        baseUrl: '/chat',
        open: true,
        identity: () => 'made-up',
        lang: 'es',
      }),
      createElement(Hooks),
    ),
  ),
);
console.log(JSON.stringify({ html, complaints, hasDocument: 'document' in globalThis }));
