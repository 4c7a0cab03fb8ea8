import type { SurveyInstrument } from '@prosa/core/contract';
import { second } from '../clock.ts';
import { isWindowOpen, windowAfterInbound } from '../domain/service-window.ts';
import {
  surveyFollowUp,
  surveyTap,
  wasOffered,
  type InteractiveContent,
  type SurveyTap,
} from '../domain/survey-question.ts';
import { typedScore } from '../domain/survey.ts';
import type { ContactRow } from '../store/contacts.ts';
import { findAsked, lockResponse, type SurveyResponseRow } from '../store/survey-responses.ts';
import type { Unit } from '../store/unit.ts';
import { acceptsAnswer, recordAnswer } from './answer-survey.ts';
import { say } from './automatic-message.ts';
import { appendMessage, openConversation, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import type { InboundContent, InboundMessage } from './inbound.ts';
import { marksOf } from './message-marks.ts';

const overNotice = 'Esta pesquisa já terminou.';

/** A tap or a typed score, and what it is about. */
interface SurveyReply {
  readonly asked: SurveyResponseRow;
  readonly tap: SurveyTap;
}

/**
 * Takes a message that belongs to a survey, so that it begins no service and is never unread. The contact is locked.
 * A tap always belongs to the survey that offered it, also when it comes too late or again; a typed number only when it
 * answers what was said last.
 * @returns whether it was taken
 */
export async function takeSurveyReply(
  unit: Unit,
  contact: ContactRow,
  inbound: InboundMessage,
  { serviceWindowMs }: { readonly serviceWindowMs: number | null },
): Promise<boolean> {
  if (inbound.channel.kind !== 'whatsapp') return false;
  // Its own time counts: it may have been on its way while the survey ended.
  const at = Math.min(inbound.sentAt, unit.now);
  const reply = await replyOf(unit, contact, inbound.content, at);
  if (!reply) return false;
  const draft = await openConversation(unit, reply.asked.conversationId);
  const response = await lockResponse(unit.db, unit.tx, unit.workspaceId, draft.row.id);
  if (response?.status !== 'sent' && response?.status !== 'timed_out') return true;
  draft.row.windowExpiresAt = windowAfterInbound(draft.row.windowExpiresAt, inbound.sentAt, serviceWindowMs);
  await keepReply(unit, draft, contact, inbound, at);
  if (!acceptsAnswer(response, at)) await sayOnce(unit, draft, overNotice);
  else await apply(unit, draft, response, reply.tap, at);
  await saveConversation(unit, draft);
  return true;
}

async function apply(
  unit: Unit,
  draft: ConversationDraft,
  response: SurveyResponseRow,
  tap: SurveyTap,
  at: number,
): Promise<void> {
  if ('group' in tap) {
    const question = surveyFollowUp(response, tap.group);
    if (question) await sayOnce(unit, draft, question);
    return;
  }
  await recordAnswer(unit, draft, response, { score: tap.score, comment: null, at });
  await answer(unit, draft, response.thanks);
}

async function replyOf(
  unit: Unit,
  contact: ContactRow,
  content: InboundContent,
  at: number,
): Promise<SurveyReply | null> {
  if (content.type === 'text') return await typedReply(unit, contact, content.text, at);
  const tap = content.type === 'reply' && content.replyId !== null ? surveyTap(content.replyId) : null;
  const asked = tap && (await findAsked(unit.tx, unit.workspaceId, contact.id, tap.responseId));
  return tap && asked && wasOffered(tap, asked) ? { asked, tap } : null;
}

async function typedReply(unit: Unit, contact: ContactRow, text: string, at: number): Promise<SurveyReply | null> {
  // No number of any instrument: the usual case needs no query.
  if (typedScore('nps', text) === null) return null;
  const asked = await findAsked(unit.tx, unit.workspaceId, contact.id);
  const score = asked ? typedScore(asked.instrument as SurveyInstrument, text) : null;
  if (!asked || score === null || !acceptsAnswer(asked, at)) return null;
  // Typed before the question, it answers something else. Meta's times are whole seconds, rounded down.
  if (at + second <= asked.sentAt) return null;
  return (await wasSaidLast(unit, contact, asked)) ? { asked, tap: { responseId: asked.id, score } } : null;
}

/**
 * When anything else was said since, in this conversation by the team or in another one, a number may as well answer
 * that: it is a message then. The survey can still be tapped.
 */
async function wasSaidLast(unit: Unit, contact: ContactRow, { conversationId }: SurveyResponseRow): Promise<boolean> {
  const said = await unit.tx
    .selectFrom('messages as m')
    .innerJoin('conversations as c', 'c.id', 'm.conversationId')
    .select(['m.conversationId', 'm.authorKind'])
    .where('c.workspaceId', '=', unit.workspaceId)
    .where('c.contactId', '=', contact.id)
    .where('m.direction', '=', 'outbound')
    .orderBy('m.createdAt', 'desc')
    .orderBy('m.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return said?.conversationId === conversationId && said.authorKind === 'system';
}

/** Says it unless it was the last thing that was said: a tap that comes twice is answered once. */
async function sayOnce(unit: Unit, draft: ConversationDraft, said: string | InteractiveContent): Promise<void> {
  const content = JSON.stringify(typeof said === 'string' ? { text: said } : said);
  const newest = await unit.tx
    .selectFrom('messages')
    .select('content')
    .where('conversationId', '=', draft.row.id)
    .where('direction', '=', 'outbound')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.content !== content) await answer(unit, draft, said);
}

/** What comes days late may find the window closed again: WhatsApp would refuse to say anything. */
async function answer(unit: Unit, draft: ConversationDraft, said: string | InteractiveContent): Promise<void> {
  if (isWindowOpen(draft.row.windowExpiresAt, unit.now)) await say(unit, draft, said);
}

/** In the thread where it was asked. It moves nothing in the list: it waits for nobody. */
async function keepReply(
  unit: Unit,
  draft: ConversationDraft,
  contact: ContactRow,
  { channel, content, providerId, marks }: InboundMessage,
  at: number,
): Promise<void> {
  const { type, ...rest } = content;
  const place = { channelId: channel.id, contactId: contact.id };
  await appendMessage(
    unit,
    draft,
    {
      type,
      content: rest,
      ...(await marksOf(unit, place, marks)),
      direction: 'inbound',
      authorKind: 'customer',
      authorId: contact.id,
      authorName: contact.name,
      providerId,
      createdAt: at,
    },
    { quiet: true },
  );
}
