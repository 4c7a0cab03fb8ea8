import { html, nothing, type TemplateResult } from 'lit';
import type { MediaContent, MessageContent, PhoneMessage, RichContent } from '../state/message.ts';
import { icons } from './icons.ts';
import { richText } from './rich-text.ts';
import { timeOf } from './times.ts';

export interface BubbleContext {
  readonly fileUrl: (path: string) => string;
  readonly tap: (messageId: string, choice: string) => void;
  readonly played: (messageId: string) => void;
}

const names: Readonly<Record<PhoneMessage['status'], string>> = {
  pending: 'Enviando',
  sent: 'Enviada',
  delivered: 'Entregue',
  read: 'Lida',
  played: 'Ouvida',
  failed: 'Não enviada',
};

export function bubble(message: PhoneMessage, context: BubbleContext): TemplateResult {
  const mine = message.from === 'customer';
  return html`<div
    class="bubble ${mine ? 'mine' : 'theirs'}"
    data-message-id=${message.id}
    data-from=${message.from}
    data-status=${message.status}
  >
    ${contentOf(message, context)}
    <span class="meta">
      <time datetime=${new Date(message.at).toISOString()}>${timeOf(message.at)}</time>
      ${mine ? ticks(message.status) : nothing}
    </span>
    ${reactionsOf(message)}
  </div>`;
}

function ticks(status: PhoneMessage['status']): TemplateResult {
  const read = status === 'read' || status === 'played';
  const icon = status === 'pending' || status === 'sent' ? icons.tick : icons.ticks;
  return html`<span class="ticks ${read ? 'read' : ''}" role="img" aria-label=${names[status]}>${icon}</span>`;
}

function reactionsOf({ reactions }: PhoneMessage) {
  const shown = [reactions.business, reactions.customer].filter((emoji) => emoji !== undefined && emoji !== '');
  return shown.length === 0 ? nothing : html`<span class="reactions">${shown.join(' ')}</span>`;
}

function contentOf(message: PhoneMessage, context: BubbleContext): TemplateResult {
  const { content } = message;
  switch (content.type) {
    case 'text':
      return html`<p class="text">${richText(content.body)}</p>`;
    case 'interactive':
    case 'template':
      return rich(message, content, context);
    case 'reply':
      return html`<p class="text">${content.title}</p>`;
    case 'location':
      return html`<p class="text">
        📍 ${content.name ?? content.address ?? `${content.latitude}, ${content.longitude}`}
      </p>`;
    case 'contacts':
      return html`<p class="text">👤 ${content.contacts.map((card) => card.name.formatted_name).join(', ')}</p>`;
    case 'unsupported':
      return html`<p class="text quiet">Mensagem não suportada</p>`;
    default:
      return media(message, content, context);
  }
}

function media(message: PhoneMessage, content: MediaContent, context: BubbleContext): TemplateResult {
  const url = context.fileUrl(content.media.path);
  const caption = content.caption === undefined ? nothing : html`<p class="text">${richText(content.caption)}</p>`;
  switch (content.type) {
    case 'image':
    case 'sticker':
      return html`<img class="picture" src=${url} alt=${content.caption ?? 'Foto'} />${caption}`;
    case 'video':
      return html`<video class="picture" src=${url} controls aria-label="Vídeo"></video>${caption}`;
    case 'audio':
      return html`<audio
        src=${url}
        controls
        aria-label="Áudio"
        @play=${() => {
          if (message.from === 'business') context.played(message.id);
        }}
      ></audio>`;
    case 'document':
      return html`<a class="file" href=${url} download=${content.filename ?? 'documento'}>
          <span class="file-icon">${icons.document}</span>
          <span class="file-name">${content.filename ?? 'Documento'}</span>
          <span class="quiet">${sizeOf(content.media.size)}</span> </a
        >${caption}`;
  }
}

function rich(message: PhoneMessage, content: RichContent, { tap }: BubbleContext): TemplateResult {
  const button = (title: string, detail?: string) =>
    html`<button class="choice" type="button" @click=${() => tap(message.id, title)}>
      ${title}${detail === undefined ? nothing : html`<span class="quiet">${detail}</span>`}
    </button>`;
  return html`
    ${content.header?.type === 'text' ? html`<p class="text"><strong>${content.header.text}</strong></p>` : nothing}
    <p class="text">${richText(content.body)}</p>
    ${content.footer === undefined ? nothing : html`<p class="text quiet">${content.footer}</p>`}
    ${content.buttons.filter(({ kind }) => kind === 'reply').map(({ title }) => button(title))}
    ${content.list?.sections.flatMap(({ rows }) => rows.map(({ title, description }) => button(title, description)))}
  `;
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One line about a message, for the lock screen. */
export function lineOf(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return content.body;
    case 'interactive':
    case 'template':
      return content.body;
    case 'image':
      return `Foto${content.caption === undefined ? '' : `: ${content.caption}`}`;
    case 'document':
      return content.filename ?? 'Documento';
    case 'audio':
      return 'Áudio';
    case 'video':
      return 'Vídeo';
    default:
      return 'Mensagem';
  }
}
