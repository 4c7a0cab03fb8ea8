import { attachmentMaxBytes } from '@prosa/core/contract';
import { allowedToSend, endingsOf, nameAgrees, sendableTypes } from './allowed.ts';
import type { StoredMedia } from './media-store.ts';
import { megabytes, sizeInWords } from './size-in-words.ts';
import { sniff, type SniffedType } from './sniff.ts';
import { isMoving, stillStickerMaxBytes } from './sticker.ts';

export type AcceptedFile =
  | { readonly outcome: 'accepted'; readonly type: SniffedType }
  | { readonly outcome: 'refused' | 'too_large'; readonly detail: string };

export interface AcceptOptions {
  /** A WebP goes out as a sticker; otherwise it is a picture like any other. */
  readonly stickers?: boolean | undefined;
}

/** Whether a stored file may be sent: what it is, how large, and whether its name tells the truth about it. */
export function acceptFile(stored: StoredMedia, fileName: string, { stickers }: AcceptOptions = {}): AcceptedFile {
  if (stored.size === 0) return { outcome: 'refused', detail: 'The file is empty.' };
  const type = sniff(stored.head);
  if (type === null)
    return { outcome: 'refused', detail: `The content is of no type that can be sent: ${sendableTypes} can.` };
  if (!nameAgrees(type, fileName)) {
    const detail = `The content is ${type.mimeType}, and the file name does not say so: let it end with ${endingsOf(type)}.`;
    return { outcome: 'refused', detail };
  }
  if (stickers === true && type.kind === 'sticker' && stored.size > stillStickerMaxBytes && !isMoving(stored.head)) {
    const detail = `A sticker that does not move can have at most ${stillStickerMaxBytes} bytes.`;
    return { outcome: 'too_large', detail };
  }
  switch (allowedToSend(type, stored.size)) {
    case 'type':
      return { outcome: 'refused', detail: `Files of type ${type.mimeType} cannot be sent: ${sendableTypes} can.` };
    case 'size':
      return {
        outcome: 'too_large',
        detail: `A file of this kind (${type.kind}) can have at most ${sizeInWords(attachmentMaxBytes[type.kind])}, and this one has ${megabytes(stored.size)}.`,
      };
    default:
      return { outcome: 'accepted', type };
  }
}
