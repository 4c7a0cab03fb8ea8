import type { Attachment, MessageSend } from '../contract/index.ts';

type Sendable = Pick<Attachment, 'id' | 'kind'>;

/** Whether the text goes with the first file: a recording and a sticker take no caption. */
export function isCaption(attachments: readonly Pick<Attachment, 'kind'>[]): boolean {
  const [first] = attachments;
  return first !== undefined && first.kind !== 'audio' && first.kind !== 'sticker';
}

/**
 * What has to be sent for a text and its files, in order. The text is the caption of the first file that can have one.
 *
 * @param voices ids of the recordings that are voice messages
 */
export function messagesOf(
  text: string,
  attachments: readonly Sendable[],
  voices: readonly string[] = [],
): readonly MessageSend[] {
  const captioned = text !== '' && isCaption(attachments);
  const files = attachments.map((attachment, i) =>
    ofAttachment(attachment, captioned && i === 0 ? text : null, voices.includes(attachment.id)),
  );
  return text === '' || captioned ? files : [{ type: 'text', text }, ...files];
}

function ofAttachment({ id, kind }: Sendable, caption: string | null, voice: boolean): MessageSend {
  const attachmentId = id;
  if (kind === 'audio' && voice) return { type: kind, attachmentId, voice };
  if (kind === 'audio' || kind === 'sticker') return { type: kind, attachmentId };
  return { type: kind, attachmentId, ...(caption !== null && { caption }) };
}
