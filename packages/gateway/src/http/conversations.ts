import { acceptConversation } from '../commands/accept-conversation.ts';
import { closeConversation } from '../commands/close-conversation.ts';
import { inviteAgent, joinConversation, leaveParticipation } from '../commands/participants.ts';
import { declineOffer } from '../commands/offer.ts';
import { markConversationRead } from '../commands/mark-read.ts';
import { startConversation } from '../commands/start-conversation.ts';
import { setTags } from '../commands/set-tags.ts';
import { transferConversation } from '../commands/transfer-conversation.ts';
import { viewerOf } from '../commands/viewer.ts';
import { countConversations, getConversation, listConversations } from '../store/conversations.ts';
import { queuePosition } from '../store/queue-position.ts';
import { tellAgentTyping } from '../events/typing.ts';
import { tellViewing } from '../events/viewing.ts';
import { agentOnly } from './caller.ts';
import type { Handlers } from './handlers.ts';
import { lifecycleHandlers } from './lifecycle.ts';

export const conversationHandlers: Handlers['conversations'] = {
  list: async ({ db, principal }, { query }) =>
    listConversations(db, principal.workspaceId, await viewerOf(db, principal), query, query),
  counts: async ({ db, principal }, { query }) =>
    countConversations(db, principal.workspaceId, await viewerOf(db, principal), query),
  get: ({ db, principal }, { params }) => getConversation(db, principal.workspaceId, params.conversationId),
  accept: (unit, principal, { params }) => acceptConversation(unit, agentOnly(principal), params.conversationId),
  transfer: (unit, principal, { params, body }) => transferConversation(unit, principal, params.conversationId, body),
  close: (unit, principal, { params, body }) => closeConversation(unit, principal, params.conversationId, body),
  start: (unit, principal, { body }) => startConversation(unit, principal, body),
  typing: ({ db, principal, now }, { params, body }) =>
    tellAgentTyping(db, principal, params.conversationId, body.typing, now),
  read: (unit, principal, { params }) => markConversationRead(unit, agentOnly(principal), params.conversationId),
  decline: (unit, principal, { params }) => declineOffer(unit, agentOnly(principal), params.conversationId),
  invite: (unit, principal, { params, body }) =>
    inviteAgent(unit, agentOnly(principal), params.conversationId, body.agentId),
  join: (unit, principal, { params }) => joinConversation(unit, agentOnly(principal), params.conversationId),
  leave: (unit, principal, { params }) => leaveParticipation(unit, agentOnly(principal), params.conversationId),
  ...lifecycleHandlers,
  setTags: (unit, principal, { params, body }) => setTags(unit, principal, params.conversationId, body.tagIds),
  position: ({ db, principal }, { params }) => queuePosition(db, principal.workspaceId, params.conversationId),
  viewing: ({ db, principal }, { params, body }) =>
    tellViewing(db, agentOnly(principal), principal.workspaceId, params.conversationId, body.viewing),
};
