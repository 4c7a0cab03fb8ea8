import type { Attachment, MessageSend } from '../contract/index.ts';

type Sendable = Pick<Attachment, 'id' | 'kind'>;

/** Whether the text goes with the first file: a recording takes no caption. */
export function isCaption(attachments: readonly Pick<Attachment, 'kind'>[]): boolean {
  const [first] = attachments;
  return first !== undefined && first.kind !== 'audio';
}

/** What has to be sent for a text and its files, in order. The text is the caption of the first file that can have one. */
export function messagesOf(text: string, attachments: readonly Sendable[]): readonly MessageSend[] {
  const captioned = text !== '' && isCaption(attachments);
  const files = attachments.map((attachment, i) => ofAttachment(attachment, captioned && i === 0 ? text : null));
  return text === '' || captioned ? files : [{ type: 'text', text }, ...files];
}

function ofAttachment({ id, kind }: Sendable, caption: string | null): MessageSend {
  const attachmentId = id;
  if (kind === 'audio') return { type: 'audio', attachmentId };
  // WhatsApp takes a sticker from agents as a picture only when it is one; as a document it always arrives.
  const type = kind === 'sticker' ? 'document' : kind;
  return { type, attachmentId, ...(caption !== null && { caption }) };
}
