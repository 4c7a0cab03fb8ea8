import type { LiveQueries } from '../client/prosa-client.ts';
import type { LiveContext } from './live-context.ts';
import { LiveConversations } from './live-conversations.ts';
import { LiveCounts } from './live-counts.ts';
import { LiveEntity } from './live-entity.ts';
import { LiveConversationThread } from './live-thread.ts';

export function createLiveQueries(context: LiveContext): LiveQueries {
  const { contacts, customers, agents, identity } = context;
  return {
    conversations: (params = {}) => new LiveConversations(context, params),
    counts: ({ queueId } = {}) => new LiveCounts(context, queueId),
    thread: (conversationId) => new LiveConversationThread(context, conversationId),
    contact: (contactId) => new LiveEntity(context, 'contact', (signal) => contacts.get(contactId, { signal })),
    customer: (customerId) => new LiveEntity(context, 'customer', (signal) => customers.get(customerId, { signal })),
    me: () =>
      // The first one is shared with the outbox and the lists; a later load must ask again.
      new LiveEntity(context, 'agent', (signal) => identity.fresh(() => agents.me({ signal }))),
  };
}
