import type { LiveQueries } from '../client/prosa-client.ts';
import { belongsTo, conversationOrder } from './belongs-to.ts';
import type { LiveContext } from './live-context.ts';
import { LiveCounts } from './live-counts.ts';
import { LiveEntity } from './live-entity.ts';
import { LiveRows } from './live-rows.ts';
import { LiveConversationThread } from './live-thread.ts';

export function createLiveQueries(context: LiveContext): LiveQueries {
  const { conversations, contacts, customers, agents, identity } = context;
  return {
    conversations(params = {}) {
      let meId: string | null = null;
      return new LiveRows(context, {
        kind: 'conversation',
        order: conversationOrder(params.tab),
        async fetchPage(page, signal) {
          if (params.tab === 'mine') meId = (await identity.get()).id;
          return conversations.list({ ...params, ...page }, { signal });
        },
        belongs: (conversation) => belongsTo(conversation, params, meId),
      });
    },
    list: (of) => new LiveRows(context, of),
    counts: ({ queueId } = {}) => new LiveCounts(context, queueId),
    thread: (conversationId, { around } = {}) => new LiveConversationThread(context, conversationId, around),
    contact: (contactId) => new LiveEntity(context, 'contact', (signal) => contacts.get(contactId, { signal })),
    customer: (customerId) => new LiveEntity(context, 'customer', (signal) => customers.get(customerId, { signal })),
    me: () =>
      // The first one is shared with the outbox and the lists; a later load must ask again.
      new LiveEntity(context, 'agent', (signal) => identity.fresh(() => agents.me({ signal }))),
  };
}
