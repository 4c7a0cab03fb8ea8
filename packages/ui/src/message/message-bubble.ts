import type { PendingMessage, PendingRemedy } from '@prosa/core';
import type { Message, MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { iconWarning } from '../icons/icons.ts';
import { errorText, failureText } from './error-text.ts';
import type { MessageContext } from './message-context.ts';
import { documentContent, imageContent, videoContent } from './message-media.ts';
import { messageText } from './message-text.ts';
import type { MessageItem, PendingItem, ThreadItem } from './thread-items.ts';
import { ticks } from './ticks.ts';
import { timelineLine } from './timeline-event.ts';

/** One item of a thread, with the pill of the day before the first one of it. */
export function threadRow(context: MessageContext, item: ThreadItem): TemplateResult {
  const { locale, now, myId } = context;
  return html`
    ${
      item.day === null
        ? nothing
        : html`<div class="day"><span class="day-pill">${locale.f.day(item.day, now)}</span></div>`
    }
    ${
      item.kind === 'events'
        ? timelineLine(locale, item.messages, myId, context.refresh)
        : item.kind === 'message'
          ? messageRow(context, item)
          : pendingRow(context, item)
    }
  `;
}

function messageRow(context: MessageContext, { message, first, last }: MessageItem): TemplateResult {
  const {
    extras,
    locale: { t, f },
  } = context;
  const { direction, author, content, status, failure, revokedAt } = message;
  const automatic = direction === 'outbound' && author.kind === 'system';
  const ours = direction !== 'inbound';
  const mine = author.kind === 'agent' && author.id === context.myId;
  const name = extras?.authorOf(context, message) ?? nameOf(context, message);
  const failed = status === 'failed';
  const resent = context.resent.has(message.id);
  const classes = ['message', ours ? 'ours' : 'theirs', first ? 'first' : '', last ? 'last' : '', `of-${content.type}`];
  if (automatic) classes.push('automatic');
  if (failed) classes.push('failed');
  if (revokedAt !== null) classes.push('revoked');
  return html`<div class=${classes.filter(Boolean).join(' ')}>
    <div class="bubble" part="bubble ${ours ? 'bubble-out' : 'bubble-in'}">
      ${ours && !mine && first ? html`<div class="author">${name}</div>` : html`<span class="sr-only">${name}: </span>`}
      ${extras?.above(context, message)}${contentOf(context, content)}
      <span class="meta numeric" title=${f.full(message.createdAt)}
        >${extras?.beside(context, message)}${f.time(message.createdAt)}${ours && !failed ? ticks(t, status) : nothing}</span
      >
      ${extras?.actions(context, message)}
    </div>
    ${extras?.below(context, message)}
    ${
      failed
        ? html`<div class="send-problem">
            ${iconWarning}<span>${failureText(t, failure)}</span>
            ${
              resent
                ? html`<span class="muted">${t.resent}</span>`
                : context.canResend
                  ? html`<button
                      class="link-button"
                      type="button"
                      @click=${() => {
                        context.onResend(message);
                      }}
                    >
                      ${t.tryAgain}
                    </button>`
                  : nothing
            }
          </div>`
        : nothing
    }
  </div>`;
}

function pendingRow(context: MessageContext, { pending, first, last }: PendingItem): TemplateResult {
  const { t, f } = context.locale;
  const failed = pending.state === 'failed';
  return html`<div
    class="message ours pending of-${pending.message.type} ${first ? 'first' : ''} ${last ? 'last' : ''}"
  >
    <div class="bubble" part="bubble bubble-out">
      <span class="sr-only">${t.you}: </span>
      ${context.extras?.abovePending(context, pending.message)}${pendingContent(context, pending)}
      <span class="meta numeric">${f.time(pending.createdAt)}${failed ? nothing : ticks(t, 'pending')}</span>
    </div>
    ${
      failed
        ? html`<div class="send-problem">
            ${iconWarning}<span>${t.notSent} ${errorText(t, pending.error)}</span>
            ${pending.remedies.map((remedy) => remedyButton(context, pending, remedy))}
          </div>`
        : nothing
    }
  </div>`;
}

/** What can be done about a message that was refused. */
function remedyButton(
  { locale: { t }, onPending }: MessageContext,
  pending: PendingMessage,
  remedy: PendingRemedy,
): TemplateResult | typeof nothing {
  // A file cannot be changed here: it is discarded, and another one is chosen.
  if (remedy === 'edit' && pending.message.type !== 'text') return nothing;
  const names = { retry: t.tryAgain, send_template: t.sendTemplate, edit: t.edit, discard: t.discard };
  return html`<button
    class="link-button"
    type="button"
    @click=${() => {
      onPending(pending, remedy);
    }}
  >
    ${names[remedy]}
  </button>`;
}

function contentOf(context: MessageContext, content: MessageContent): TemplateResult {
  switch (content.type) {
    case 'text':
    case 'reply':
      return html`<span class="text">${messageText(content.text)}</span>`;
    case 'image':
      return withCaption(imageContent(context, content.attachment, content.caption), content.caption);
    case 'video':
      return withCaption(videoContent(context, content.attachment), content.caption);
    case 'document':
      return withCaption(documentContent(context, content.attachment), content.caption);
    case 'audio':
      return context.audio.content(context, content.attachment, content.voice);
    default:
      // Also what a newer gateway brings. Until it can be drawn, it is named.
      return context.extras?.content(context, content) ?? preview(context, content.type);
  }
}

function preview({ locale: { t } }: MessageContext, type: string): TemplateResult {
  return html`<span class="text muted">${t.previews[type] ?? t.previews['unsupported']}</span>`;
}

/** Until the gateway has it, its file is known by what was chosen here. */
function pendingContent(context: MessageContext, { message }: PendingMessage): TemplateResult {
  if (message.type === 'text') return html`<span class="text">${messageText(message.text)}</span>`;
  const attachment =
    'attachmentId' in message && message.attachmentId !== undefined
      ? context.localFile(message.attachmentId)?.attachment
      : undefined;
  if (!attachment || message.type === 'template') {
    return preview(context, message.type);
  }
  switch (message.type) {
    case 'image':
      return contentOf(context, { type: 'image', attachment, caption: message.caption ?? null });
    case 'video':
      return contentOf(context, { type: 'video', attachment, caption: message.caption ?? null });
    case 'document':
      return contentOf(context, { type: 'document', attachment, caption: message.caption ?? null });
    case 'audio':
      return contentOf(context, { type: 'audio', attachment, voice: false });
    case 'sticker':
      return contentOf(context, { type: 'sticker', attachment });
    default:
      return preview(context, message.type);
  }
}

function withCaption(media: TemplateResult, caption: string | null): TemplateResult {
  return html`${media}${caption ? html`<span class="text caption">${messageText(caption)}</span>` : nothing}`;
}

function nameOf({ locale: { t }, myId, contactName }: MessageContext, { author, direction }: Message): string {
  if (direction === 'inbound') return author.name ?? contactName;
  if (author.kind === 'system') return t.automatic;
  if (author.kind === 'api') return author.name ?? t.viaApi;
  return author.id !== null && author.id === myId ? t.you : (author.name ?? t.viaApi);
}
