import type { PendingVisitorMessage } from '@prosa/core/webchat';
import type { VisitorConversation, VisitorMessage, WebchatConfig } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { dayName, isSameDay, timeOfDay } from '../locales/times.ts';
import type { Words } from '../locales/words.ts';
import type { FileLinks } from './file-links.ts';
import { messageContent } from './message-content.ts';
import { pendingBubble } from './pending-bubble.ts';
import { receipt } from './receipt.ts';

export interface ThreadView {
  readonly words: Words;
  readonly config: WebchatConfig;
  readonly now: number;
  readonly conversation: VisitorConversation | null;
  readonly messages: readonly VisitorMessage[];
  readonly pending: readonly PendingVisitorMessage[];
  readonly hasMore: boolean;
  readonly typing: boolean;
  readonly links: FileLinks;
  readonly onEarlier: () => void;
  readonly onRetry: (clientId: string) => void;
  readonly onDiscard: (clientId: string) => void;
  readonly onError: (error: unknown) => void;
  /** Something grew once it was loaded. */
  readonly onMediaLoad: () => void;
}

/** The conversation, oldest first. Without keys: it grows at its end, and pages of older messages are rare. */
export function threadView(view: ThreadView): TemplateResult {
  const { words, messages, pending, hasMore, typing } = view;
  return html`${
    hasMore
      ? html`<button class="earlier link-button" type="button" @click=${view.onEarlier}>${words.earlier}</button>`
      : opening(view)
  }
  ${messages.map((message, index) => line(view, message, messages[index - 1]))}
  ${pending.map((message, index) =>
    pendingBubble(view, message, index > 0 || messages.at(-1)?.author.kind === 'visitor'),
  )}
  ${
    typing
      ? html`<div class="line in">
          <div class="bubble dots" role="img" aria-label=${words.typing}><i></i><i></i><i></i></div>
        </div>`
      : nothing
  }`;
}

/** How it began: what the visitor was asked, and what they chose. */
function opening({ words, config, conversation }: ThreadView): TemplateResult {
  return html`<div class="line in">
      <span class="sr-only">${words.greetingFrom(config.title)}: </span>
      <p class="bubble">${config.greeting}</p>
    </div>
    ${
      conversation?.subject
        ? html`<div class="line out">
            <span class="sr-only">${words.you}: </span>
            <p class="bubble">${conversation.subject}</p>
          </div>`
        : nothing
    }`;
}

function line(view: ThreadView, message: VisitorMessage, before: VisitorMessage | undefined): TemplateResult {
  const { words, now } = view;
  const time = Date.parse(message.createdAt);
  const beforeTime = before ? Date.parse(before.createdAt) : null;
  const day =
    beforeTime !== null && isSameDay(beforeTime, time)
      ? nothing
      : html`<p class="day"><span>${dayName(words, time, now)}</span></p>`;
  return html`${day}${message.content.type === 'notice' ? notice(view, message.content) : bubble(view, message, before)}`;
}

function notice(
  { words }: ThreadView,
  { notice: what, agentName }: Extract<VisitorMessage['content'], { type: 'notice' }>,
): TemplateResult {
  return html`<p class="notice">${what === 'ended' ? words.endedNotice : words.joined(agentName)}</p>`;
}

function bubble(view: ThreadView, message: VisitorMessage, before: VisitorMessage | undefined): TemplateResult {
  const { words } = view;
  const { author, content, createdAt } = message;
  const mine = author.kind === 'visitor';
  const follows = before?.content.type !== 'notice' && before?.author.kind === author.kind;
  return html`<div class="line ${mine ? 'out' : 'in'} ${follows ? 'follows' : ''}">
    <span class="sr-only">${mine ? words.you : (author.name ?? words.team)}: </span>
    <div class="bubble ${author.kind === 'system' ? 'system' : ''}" data-type=${content.type}>
      ${messageContent(view, content)}
      <span class="stamp numeric"
        ><time datetime=${createdAt}>${timeOfDay(words, Date.parse(createdAt))}</time>${
          mine ? receipt(words, message.position <= (view.conversation?.readPosition ?? 0)) : nothing
        }</span
      >
    </div>
  </div>`;
}
