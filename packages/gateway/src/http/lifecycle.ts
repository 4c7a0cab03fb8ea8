import { handOver, resolveByBot } from '../commands/bot-conversation.ts';
import { convertConversation } from '../commands/convert-conversation.ts';
import { discardConversation } from '../commands/discard-conversation.ts';
import { parkConversation, resumeConversation } from '../commands/park-conversation.ts';
import { reopenConversation } from '../commands/reopen-conversation.ts';
import { saveRecord } from '../commands/service-record.ts';
import type { Handlers } from './handlers.ts';

type LifecycleRoute = 'save' | 'park' | 'resume' | 'discard' | 'reopen' | 'handOver' | 'resolve' | 'convert';

/** What moves a conversation through its life, beside taking it, handing it on and finishing it. */
export const lifecycleHandlers: Pick<Handlers['conversations'], LifecycleRoute> = {
  save: (unit, principal, { params, body }) => saveRecord(unit, principal, params.conversationId, body),
  park: (unit, principal, { params }) => parkConversation(unit, principal, params.conversationId),
  resume: (unit, principal, { params }) => resumeConversation(unit, principal, params.conversationId),
  discard: (unit, principal, { params, body }) => discardConversation(unit, principal, params.conversationId, body),
  reopen: (unit, principal, { params }) => reopenConversation(unit, principal, params.conversationId),
  handOver: (unit, principal, { params, body }) => handOver(unit, principal, params.conversationId, body),
  resolve: (unit, principal, { params }) => resolveByBot(unit, principal, params.conversationId),
  convert: (unit, principal, { params, body }) => convertConversation(unit, principal, params.conversationId, body),
};
