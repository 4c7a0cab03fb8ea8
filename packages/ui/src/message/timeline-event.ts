import type { Message, TimelineEvent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../locales/locale.ts';
import type { RichText } from '../locales/translation.ts';
import { tellRareEvent } from './rare-events-part.ts';
import { richText } from './rich-text.ts';

type Person = { readonly id: string; readonly name: string } | null;

/** What happened, as a sentence; the reader is "you". */
export function eventSentence({ t, f }: Locale, event: TimelineEvent, at: string, myId: string | null): RichText {
  const time = f.time(at);
  const nameOf = (person: Person) => (person && person.id !== myId ? person.name : null);
  switch (event.name) {
    case 'queued':
      return t.eventQueued(event.queue?.name ?? null, time);
    case 'protocol_assigned':
      return t.eventProtocol(event.number);
    case 'accepted':
      return t.eventAccepted(nameOf(event.by), time);
    case 'transferred': {
      const target = targetOf(t, event, myId);
      return event.by ? t.eventTransferred(nameOf(event.by), target, time) : t.eventTransferredAlone(target, time);
    }
    case 'closed': {
      const outcome = (t.outcomes as Readonly<Record<string, string | undefined>>)[event.outcome];
      if (outcome === undefined) return [];
      return event.by ? t.eventClosed(nameOf(event.by), time, outcome) : t.eventClosedAlone(time, outcome);
    }
    case 'survey_sent':
      return t.eventSurveySent(event.instrument.toUpperCase(), time);
    case 'survey_skipped':
      return t.eventSurveySkipped(event.instrument.toUpperCase());
    case 'survey_answered':
      return t.eventSurveyAnswered(event.instrument.toUpperCase(), event.score, time);
    default:
      return [];
  }
}

function targetOf(
  t: Locale['t'],
  { toAgent, toQueue }: Extract<TimelineEvent, { name: 'transferred' }>,
  myId: string | null,
): RichText {
  if (toAgent) return toAgent.id === myId ? t.targetYou : t.targetAgent(toAgent.name);
  return toQueue ? t.targetQueue(toQueue.name) : [];
}

/** A sentence that goes on after another starts small; a name keeps its capital. */
function continued(sentence: RichText, { t }: Locale): RichText {
  const [first, ...rest] = sentence;
  if (typeof first !== 'string') return sentence;
  return [first.charAt(0).toLocaleLowerCase(t.language) + first.slice(1), ...rest];
}

function authorOf(event: TimelineEvent): string | null {
  return 'by' in event ? (event.by?.id ?? null) : null;
}

/** Who did it was just said; it is the first part. */
function withoutSubject([, verb, ...rest]: RichText): RichText {
  return [typeof verb === 'string' ? verb.trimStart() : (verb ?? ''), ...rest];
}

/** The sentences of one line: who did several things in a row is named once. */
export function lineSentences(
  locale: Locale,
  messages: readonly Message[],
  myId: string | null,
  onLoaded: () => void,
): readonly RichText[] {
  const sentences: RichText[] = [];
  let author: string | null = null;
  for (const { content, createdAt } of messages) {
    if (content.type !== 'event') continue;
    const usual = eventSentence(locale, content.event, createdAt, myId);
    const sentence = usual.length > 0 ? usual : tellRareEvent(locale.t.language, content.event, onLoaded);
    if (sentence.length === 0) continue;
    const its = authorOf(content.event);
    const isSame = its !== null && its === author;
    if (sentences.length === 0) sentences.push(sentence);
    else sentences.push(isSame ? withoutSubject(sentence) : continued(sentence, locale));
    author = its;
  }
  return sentences;
}

/** One centred line for what happened in quick succession, and the reason that somebody gave below it. */
export function timelineLine(
  locale: Locale,
  messages: readonly Message[],
  myId: string | null,
  onLoaded: () => void,
): TemplateResult {
  let reason: string | null = null;
  let comment: string | null = null;
  for (const { content } of messages) {
    if (content.type !== 'event') continue;
    if (content.event.name === 'transferred') reason = content.event.reason ?? reason;
    if (content.event.name === 'survey_answered') comment = content.event.comment ?? comment;
  }
  return html`<div class="event-line" part="event">
    ${lineSentences(locale, messages, myId, onLoaded).map((sentence, i) => html`${i > 0 ? '\u00a0· ' : nothing}<span>${richText(sentence)}</span>`)}
    ${reason ? html`<div class="event-reason">${locale.t.eventReason(reason)}</div>` : nothing}
    ${comment ? html`<div class="event-reason">“${comment}”</div>` : nothing}
  </div>`;
}
