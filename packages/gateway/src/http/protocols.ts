import type { Message, ProtocolExport } from '@prosa/core/contract';
import { day, isoTime, isoTimeOrNull } from '../clock.ts';
import { isOver } from '../domain/lifecycle.ts';
import { notFound } from '../domain/problems.ts';
import { exportedMessage } from '../domain/protocol-export.ts';
import { getConversation } from '../store/conversations.ts';
import type { Reader } from '../store/database.ts';
import { listMessages } from '../store/messages.ts';
import type { ProtocolsTable } from '../store/schema.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Handlers } from './handlers.ts';

export const protocolHandlers: Handlers['protocols'] = {
  async get({ db, principal: { workspaceId } }, { params }) {
    const { number, conversationId, createdAt } = await findProtocol(db, workspaceId, params.number);
    const conversation = await getConversation(db, workspaceId, conversationId);
    const { retentionDays } = await workspaceSettings(db, workspaceId);
    const { status, closedAt } = conversation;
    const closed = isOver(status) && closedAt !== null ? Date.parse(closedAt) : null;
    const retainedUntil = isoTimeOrNull(closed === null ? null : closed + retentionDays * day);
    return { number, conversation, retainedUntil, createdAt: isoTime(createdAt) };
  },
  async history({ db, principal: { workspaceId } }, { params, query }) {
    const { conversationId } = await findProtocol(db, workspaceId, params.number);
    return await listMessages(db, workspaceId, conversationId, query, 'asc');
  },
  async export({ db, principal: { workspaceId } }, { params }): Promise<ProtocolExport> {
    const { number, conversationId } = await findProtocol(db, workspaceId, params.number);
    const { origin, createdAt, closedAt, outcome } = await getConversation(db, workspaceId, conversationId);
    const messages = [];
    for await (const message of allMessages(db, workspaceId, conversationId)) {
      const line = exportedMessage(message);
      if (line) messages.push(line);
    }
    return { number, origin, openedAt: createdAt, closedAt, outcome, messages };
  },
};

/** Oldest first. */
async function* allMessages(db: Reader, workspaceId: string, conversationId: string): AsyncIterable<Message> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listMessages(db, workspaceId, conversationId, { limit: 500, cursor }, 'asc');
    yield* page.data;
    cursor = page.nextCursor;
  }
}

async function findProtocol(db: Reader, workspaceId: string, number: string): Promise<ProtocolsTable> {
  const row = await db
    .selectFrom('protocols')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ?? notFound('protocol');
}
