import type { InteractiveSend, MessageContent, MessageSend } from '@prosa/core/contract';
import type { AttachmentKind } from '../media/kinds.ts';
import type { SentPart } from './hsm-use.ts';

/** Everything that is sent as it was given; what a template says is found out from the template. */
export type PlainSend = Exclude<MessageSend, { readonly type: 'template' }>;

/** A file that a message names, and what it may be there. */
export interface NamedFile {
  readonly id: string;
  /** Where it is named in the request. */
  readonly path: string;
  /** What is wrong when it is of another kind; absent: `path`. */
  readonly kindPath?: string;
  readonly kinds: readonly AttachmentKind[];
}

/** What a webchat has, too. */
const everywhere: ReadonlySet<MessageSend['type']> = new Set(['text', 'image', 'video', 'audio', 'document']);

export function isOfWhatsAppOnly(type: MessageSend['type'] | MessageContent['type']): boolean {
  return !everywhere.has(type as MessageSend['type']);
}

/** The content as it is shown; `raw` is what only the channel needs to send it. */
export function outboundContent(message: PlainSend): Readonly<Record<string, unknown>> {
  switch (message.type) {
    case 'text': {
      const { text, previewUrl } = message;
      return { text, ...(previewUrl !== undefined && { raw: { previewUrl } }) };
    }
    case 'audio':
      return { voice: message.voice ?? false };
    case 'image':
    case 'video':
    case 'document':
      return { caption: message.caption ?? null };
    case 'sticker':
      return {};
    case 'location': {
      const { latitude, longitude, name = null, address = null } = message;
      return { latitude, longitude, name, address, url: null };
    }
    case 'contacts':
      return { contacts: message.contacts.map(cardOf) };
    case 'interactive':
      return { ...shownQuestion(message.interactive), raw: { interactive: message.interactive } };
  }
}

/** The files that it names. The first is shown with it, except of a carousel, whose cards have one each. */
export function namedFiles(message: MessageSend): readonly NamedFile[] {
  if (message.type === 'interactive') return filesOfQuestion(message.interactive);
  // What a template may have is found out from the template.
  if (message.type === 'template' || !('attachmentId' in message)) return [];
  return [{ id: message.attachmentId, path: 'body.attachmentId', kindPath: 'body.type', kinds: [message.type] }];
}

/** The file that belongs to the message as a whole. */
export function shownFileId(message: MessageSend): string | null {
  if (message.type === 'interactive' && message.interactive.kind === 'carousel') return null;
  if (message.type === 'template') return message.attachmentId ?? null;
  return namedFiles(message)[0]?.id ?? null;
}

/** The files of a stored message, its own first. */
export function storedFileIds(content: Readonly<Record<string, unknown>>, attachmentId: string | null): string[] {
  const { interactive, parts = [] } = (content['raw'] ?? {}) as {
    readonly interactive?: InteractiveSend;
    readonly parts?: readonly SentPart[];
  };
  const cards = interactive?.kind === 'carousel' ? interactive.cards : [];
  const ids = [
    ...(attachmentId === null ? [] : [attachmentId]),
    ...cards.map((card) => card.attachmentId),
    ...filesOfParts(parts),
  ];
  return [...new Set(ids)];
}

function filesOfParts(parts: readonly SentPart[]): readonly string[] {
  return parts.flatMap((part) => {
    if (part.part === 'file') return [part.attachmentId];
    return part.part === 'cards' ? part.cards.flatMap(filesOfParts) : [];
  });
}

const headerKinds = ['image', 'video', 'document'] as const;
const cardKinds = ['image', 'video'] as const;

function filesOfQuestion(question: InteractiveSend): readonly NamedFile[] {
  const place = 'body.interactive';
  if (question.kind === 'carousel') {
    return question.cards.map(({ attachmentId: id }, index) => ({
      id,
      path: `${place}.cards.${index}.attachmentId`,
      kinds: cardKinds,
    }));
  }
  if (!('attachmentId' in question) || question.attachmentId === undefined) return [];
  return [{ id: question.attachmentId, path: `${place}.attachmentId`, kinds: headerKinds }];
}

function cardOf({
  name,
  organization = null,
  phones = [],
  emails = [],
}: Extract<MessageSend, { readonly type: 'contacts' }>['contacts'][number]) {
  return {
    name,
    organization,
    phones: phones.map(({ phone, kind = null }) => ({ phone, kind })),
    emails,
  };
}

type Interactive = Extract<MessageContent, { readonly type: 'interactive' }>;
type Shown = Omit<Interactive, 'type' | 'attachment' | 'cards'> & {
  /** Their files by id. */
  readonly cards?: readonly (Omit<NonNullable<Interactive['cards']>[number], 'attachment'> & {
    readonly attachmentId: string;
  })[];
};

function shownQuestion(question: InteractiveSend): Shown {
  return {
    kind: question.kind,
    header: ('header' in question ? question.header : null) ?? null,
    text: question.text ?? '',
    footer: ('footer' in question ? question.footer : null) ?? null,
    listLabel: question.kind === 'list' ? question.label : null,
    options: optionsOf(question),
    link: linkOf(question),
    ...(question.kind === 'carousel' && {
      cards: question.cards.map(({ attachmentId, text = null, label }) => ({
        attachmentId,
        text,
        buttons: [{ type: 'URL', text: label }],
      })),
    }),
  };
}

function optionsOf(question: InteractiveSend): Shown['options'] {
  switch (question.kind) {
    case 'buttons':
      return question.buttons.map(({ id, title }) => ({ id, title }));
    case 'list':
      return question.sections.flatMap(({ rows }) => rows.map(({ id, title }) => ({ id, title })));
    // What is tapped on a card leads away: nothing comes back.
    case 'carousel':
      return question.cards.map(({ label, url }) => ({ id: url, title: label }));
    default:
      return [];
  }
}

function linkOf(question: InteractiveSend): Shown['link'] {
  if (question.kind === 'link') return { label: question.label, url: question.url };
  return question.kind === 'flow' ? { label: question.label, url: null } : null;
}
