import type { Message, QuotedMessage } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { iconClose } from '../../icons/icons.ts';
import type { MessageContext } from '../message-context.ts';
import { unmarkedText } from '../message-text.ts';
import { extraWords } from './words.ts';

/** The message that another one answers, above it; a press shows it where it stands. */
export function quoteBlock(context: MessageContext, quoted: QuotedMessage): TemplateResult {
  const w = extraWords(context.locale.t);
  const { messageId } = quoted;
  const content = html`<span class="sr-only">${w.quoted} </span>
    ${quoted.type === null && quoted.text === null ? nothing : html`<span class="quoted-name">${nameOf(context, quoted)}</span>`}
    <span class="quoted-text">${textOf(context, quoted)}</span>`;
  if (messageId === null) return html`<div class="quoted ${sideOf(quoted)}">${content}</div>`;
  return html`<button
    class="quoted ${sideOf(quoted)}"
    type="button"
    title=${w.showQuoted}
    @click=${() => {
      context.onJump(messageId);
    }}
  >
    ${content}
  </button>`;
}

/** Above the field in which an answer is written. */
export function replyBar(context: MessageContext, message: Message, onCancel: () => void): TemplateResult {
  const w = extraWords(context.locale.t);
  const quoted = quotedOf(message);
  return html`<div class="reply-bar">
    <div class="quoted ${sideOf(quoted)}">
      <span class="quoted-name">${w.replyingTo(nameOf(context, quoted))}</span>
      <span class="quoted-text">${textOf(context, quoted)}</span>
    </div>
    <button
      class="icon-button small"
      type="button"
      aria-label=${w.cancelReply}
      title=${w.cancelReply}
      @click=${onCancel}
    >
      ${iconClose}
    </button>
  </div>`;
}

/** As the gateway will quote it. */
export function quotedOf({ id, direction, author, content }: Message): QuotedMessage {
  const text = 'text' in content ? content.text : 'caption' in content ? content.caption : null;
  const fileName = content.type === 'document' ? content.attachment.fileName : null;
  const place = content.type === 'location' ? (content.name ?? content.address) : null;
  const names = content.type === 'contacts' ? content.contacts.map(({ name }) => name).join(', ') : null;
  return {
    messageId: id,
    direction,
    authorName: author.name,
    type: content.type,
    text: text ?? fileName ?? place ?? names,
  };
}

function sideOf({ direction }: QuotedMessage): string {
  return direction === 'outbound' ? 'of-us' : 'of-them';
}

function nameOf({ contactName, locale: { t }, messageOf, myId }: MessageContext, quoted: QuotedMessage): string {
  if (quoted.direction !== 'outbound') return quoted.authorName ?? contactName;
  const author = quoted.messageId === null ? undefined : messageOf(quoted.messageId)?.author;
  if (author?.kind === 'phone') return quoted.authorName ?? extraWords(t).viaPhone;
  if (author && author.id !== null && author.id === myId) return t.you;
  return quoted.authorName ?? (author?.kind === 'system' ? t.automatic : t.viaApi);
}

function textOf({ locale: { t } }: MessageContext, { type, text }: QuotedMessage): string {
  if (text) return unmarkedText(text);
  if (type === null) return extraWords(t).quotedGone;
  return t.previews[type] ?? t.previews['unsupported'] ?? '';
}
