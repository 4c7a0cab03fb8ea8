import { reactToMessage } from '../commands/react-to-message.ts';
import { resendMessage } from '../commands/resend-message.ts';
import { sendMessage } from '../commands/send-message.ts';
import { getConversation } from '../store/conversations.ts';
import { getMessage, listMessages, listMessagesAround, listNewerMessages } from '../store/messages.ts';
import type { Handlers } from './handlers.ts';

export const messageHandlers: Handlers['messages'] = {
  async list({ db, principal }, { params, query }) {
    // An empty page would not tell an empty conversation from one that does not exist.
    const { workspaceId } = principal;
    const { conversationId } = params;
    await getConversation(db, workspaceId, conversationId);
    const { around, cursor, limit } = query;
    if (cursor !== undefined) {
      const newer = await listNewerMessages(db, workspaceId, conversationId, { cursor, limit });
      if (newer) return newer;
    } else if (around !== undefined) {
      return await listMessagesAround(db, workspaceId, conversationId, { around, limit });
    }
    return { ...(await listMessages(db, workspaceId, conversationId, query)), previousCursor: null };
  },
  get: ({ db, principal }, { params }) =>
    getMessage(db, principal.workspaceId, params.conversationId, params.messageId),
  send: (unit, principal, { params, body }) => sendMessage(unit, principal, params.conversationId, body),
  react: (unit, principal, { params, body }) =>
    reactToMessage(unit, principal, params.conversationId, params.messageId, body.emoji),
  resend: (unit, principal, { params }) => resendMessage(unit, principal, params.conversationId, params.messageId),
};
