import { resendMessage, sendMessage } from '../commands/send-message.ts';
import { getConversation } from '../store/conversations.ts';
import { getMessage, listMessages } from '../store/messages.ts';
import type { Handlers } from './handlers.ts';

export const messageHandlers: Handlers['messages'] = {
  async list({ db, principal }, { params, query }) {
    // An empty page would not tell an empty conversation from one that does not exist.
    await getConversation(db, principal.workspaceId, params.conversationId);
    return await listMessages(db, principal.workspaceId, params.conversationId, query);
  },
  get: ({ db, principal }, { params }) =>
    getMessage(db, principal.workspaceId, params.conversationId, params.messageId),
  send: (unit, principal, { params, body }) => sendMessage(unit, principal, params.conversationId, body),
  resend: (unit, principal, { params }) => resendMessage(unit, principal, params.conversationId, params.messageId),
};
