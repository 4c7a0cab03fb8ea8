import { isoTime } from '../clock.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { getConversation } from '../store/conversations.ts';
import type { Handlers } from './handlers.ts';

export const protocolHandlers: Handlers['protocols'] = {
  async get({ db, principal }, { params }) {
    const row = await db
      .selectFrom('protocols')
      .selectAll()
      .where('workspaceId', '=', principal.workspaceId)
      .where('number', '=', params.number)
      .executeTakeFirst();
    const { number, conversationId, createdAt } = row ?? notFound('protocol');
    const conversation = await getConversation(db, principal.workspaceId, conversationId);
    return { number, conversation, createdAt: isoTime(createdAt) };
  },
  history: () => refuse('unavailable'),
};
