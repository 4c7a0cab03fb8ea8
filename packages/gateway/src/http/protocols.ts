import type { ProtocolsTable } from '../store/schema.ts';
import { isoTime } from '../clock.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { getConversation } from '../store/conversations.ts';
import type { Reader } from '../store/database.ts';
import { listMessages } from '../store/messages.ts';
import type { Handlers } from './handlers.ts';

export const protocolHandlers: Handlers['protocols'] = {
  async get({ db, principal: { workspaceId } }, { params }) {
    const { number, conversationId, createdAt } = await findProtocol(db, workspaceId, params.number);
    const conversation = await getConversation(db, workspaceId, conversationId);
    return { number, conversation, retainedUntil: null, createdAt: isoTime(createdAt) };
  },
  async history({ db, principal: { workspaceId } }, { params, query }) {
    const { conversationId } = await findProtocol(db, workspaceId, params.number);
    return await listMessages(db, workspaceId, conversationId, query, 'asc');
  },
  export: () => refuse('unavailable'),
};

async function findProtocol(db: Reader, workspaceId: string, number: string): Promise<ProtocolsTable> {
  const row = await db
    .selectFrom('protocols')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ?? notFound('protocol');
}
