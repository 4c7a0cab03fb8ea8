import { answerSurvey } from '../commands/answer-survey.ts';
import { leaveConversation } from '../commands/close-conversation.ts';
import { sendVisitorMessage, startVisitorConversation } from '../commands/visitor-message.ts';
import { takeReceipt } from '../commands/visitor-receipts.ts';
import { pollEvents } from '../events/poll.ts';
import { sseHeaders } from '../events/sse.ts';
import { openEventStream, type StreamDeps } from '../events/stream.ts';
import { tellVisitorTyping } from '../events/typing.ts';
import { visitorView } from '../events/visitor-view.ts';
import { queuePosition } from '../store/queue-position.ts';
import { getVisitorConversation, listVisitorConversations } from '../store/visitor-conversations.ts';
import { listVisitorMessages } from '../store/visitor-messages.ts';
import type { FileDeps } from './attachments.ts';
import type { Handlers } from './handlers.ts';
import type { TokenVerifier } from './verify-token.ts';
import { streamPlaces, visitorLimits } from './visitor-limits.ts';
import { webchatFileHandlers } from './webchat-files.ts';
import { webchatSessionHandlers } from './webchat-sessions.ts';

export interface WebchatDeps {
  readonly files: FileDeps;
  readonly stream: StreamDeps;
  readonly verifyToken: TokenVerifier;
  /** In a minute; the usual limit when absent. */
  readonly sessionsPerAddress?: number | undefined;
}

/** What a visitor of a website can do. Every look-up names the visitor's contact beside the id. */
export function webchatHandlers({ files, stream, verifyToken, sessionsPerAddress }: WebchatDeps): Handlers['webchat'] {
  const limits = visitorLimits(stream.clock, sessionsPerAddress);
  const takePlace = streamPlaces();
  return {
    ...webchatSessionHandlers({ verifyToken, limits }),
    ...webchatFileHandlers({ ...files, limits }),

    conversations: ({ db, principal, now }, { query }) => listVisitorConversations(db, principal, query, now),
    conversation: ({ db, principal, now }, { params }) =>
      getVisitorConversation(db, principal, params.conversationId, now),
    start(unit, principal, { body }) {
      limits('messages', principal.contactId);
      return startVisitorConversation(unit, principal, body);
    },
    async close(unit, principal, { params: { conversationId } }) {
      await getVisitorConversation(unit.tx, principal, conversationId, unit.now);
      await leaveConversation(unit, conversationId);
      return await getVisitorConversation(unit.tx, principal, conversationId, unit.now);
    },
    position: ({ db, principal: { workspaceId, contactId } }, { params }) =>
      queuePosition(db, workspaceId, params.conversationId, contactId),
    async messages({ db, principal, now }, { params: { conversationId }, query }) {
      await getVisitorConversation(db, principal, conversationId, now);
      return await listVisitorMessages(db, principal, conversationId, query);
    },
    send(unit, principal, { params, body }) {
      limits('messages', principal.contactId);
      return sendVisitorMessage(unit, principal, params.conversationId, body);
    },
    receipts(unit, principal, { params, body }) {
      // Each leaves its answer behind, for whoever asks again with its key.
      limits('receipts', principal.contactId);
      return takeReceipt(unit, principal, params.conversationId, body);
    },
    async typing({ db, principal }, { params, body }) {
      limits('signals', principal.contactId);
      await tellVisitorTyping(db, principal, params.conversationId, body.typing);
    },
    async answerSurvey(unit, principal, { params: { conversationId }, body }) {
      const { contactId } = principal;
      await getVisitorConversation(unit.tx, principal, conversationId, unit.now);
      await answerSurvey(unit, { contactId, conversationId, ...body });
      return await getVisitorConversation(unit.tx, principal, conversationId, unit.now);
    },
    async events({ principal, expiresAt }, { query }, request) {
      const cursor = query.cursor ?? request.headers.get('last-event-id');
      const view = visitorView(stream, principal, expiresAt);
      const leave = takePlace(principal.contactId);
      return new Response(await openEventStream(stream, view, cursor, leave), { headers: sseHeaders });
    },
    async poll({ principal, expiresAt }, { query: { cursor = null, waitSeconds } }, { signal }) {
      const leave = takePlace(principal.contactId);
      try {
        return await pollEvents(stream, visitorView(stream, principal, expiresAt), { cursor, waitSeconds, signal });
      } finally {
        leave();
      }
    },
  };
}
