import type { AttachmentKind } from './kinds.ts';
import { officeTypeOf } from './office.ts';
import { isPlainText } from './plain-text.ts';
import { isWebmOpus } from './webm-opus.ts';

export interface SniffedType {
  readonly mimeType: string;
  readonly kind: AttachmentKind;
}

/** More than this is never looked at. */
export const sniffBytes = 64 * 1024;

/**
 * The type of a file from its first bytes; what the sender says does not count. `null` for what is not on the list:
 * that is stored, if at all, to be downloaded only. Markup of any kind (HTML, SVG, XML) is never on the list.
 */
export function sniff(content: Uint8Array): SniffedType | null {
  const head = content.subarray(0, sniffBytes);
  const found = mediaTypeOf(head);
  // A file that is an image to one reader and a page to another is neither.
  if (found !== null && found.kind !== 'document' && hasMarkup(head.subarray(0, 1024))) return null;
  return found ?? officeTypeOf(head) ?? (isPlainText(head) ? { mimeType: 'text/plain', kind: 'document' } : null);
}

function mediaTypeOf(head: Uint8Array): SniffedType | null {
  if (starts(head, [0xff, 0xd8, 0xff])) return image('image/jpeg');
  // The signature and the first chunk, which must be the header.
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && ascii(head, 12, 'IHDR'))
    return image('image/png');
  if (ascii(head, 0, 'RIFF') && ascii(head, 8, 'WEBP')) {
    return /^VP8[ LX]$/.test(text(head, 12, 4)) ? { mimeType: 'image/webp', kind: 'sticker' } : null;
  }
  if (ascii(head, 0, '%PDF-')) return { mimeType: 'application/pdf', kind: 'document' };
  if (ascii(head, 0, 'OggS')) return ascii(head, 28, 'OpusHead') ? audio('audio/ogg') : null;
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) return isWebmOpus(head) ? audio('audio/webm') : null;
  if (ascii(head, 0, '#!AMR\n')) return audio('audio/amr');
  if (ascii(head, 4, 'ftyp')) return isoMediaTypeOf(head);
  return audioFrameTypeOf(head);
}

/** ISO base media: the brand tells (ISO/IEC 14496-12, registered at mp4ra.org). */
function isoMediaTypeOf(head: Uint8Array): SniffedType | null {
  const brand = text(head, 8, 4);
  if (/^(M4A |M4B |M4P )$/.test(brand)) return audio('audio/mp4');
  if (/^3g[p2]/.test(brand)) return video('video/3gp');
  if (!/^(isom|iso\d|mp4\d|avc1|M4V |mmp4|dash|MSNV|f4v )$/.test(brand)) return null;
  // Some recorders write audio under a video's brand: then there is no video track.
  const moov = text(head, 0, head.length);
  return moov.includes('soun') && !moov.includes('vide') && moov.includes('moov')
    ? audio('audio/mp4')
    : video('video/mp4');
}

function audioFrameTypeOf(head: Uint8Array): SniffedType | null {
  if (ascii(head, 0, 'ID3')) return audio('audio/mpeg');
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff) return null;
  // ADTS: twelve bits of sync, layer 00.
  if ((second & 0xf6) === 0xf0) return audio('audio/aac');
  // MPEG audio: eleven bits of sync, layer III; neither bit rate nor sample rate may be the forbidden value.
  const layer3 = (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02 && (second & 0x18) !== 0x08;
  return layer3 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c ? audio('audio/mpeg') : null;
}

function hasMarkup(head: Uint8Array): boolean {
  return /<(!doctype|html|head|body|script|svg|\?xml|iframe|object|embed)\b/i.test(text(head, 0, head.length));
}

function image(mimeType: string): SniffedType {
  return { mimeType, kind: 'image' };
}

function audio(mimeType: string): SniffedType {
  return { mimeType, kind: 'audio' };
}

function video(mimeType: string): SniffedType {
  return { mimeType, kind: 'video' };
}

function starts(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

function ascii(head: Uint8Array, offset: number, expected: string): boolean {
  return text(head, offset, expected.length) === expected;
}

const latin1 = new TextDecoder('latin1');

function text(head: Uint8Array, offset: number, length: number): string {
  return latin1.decode(head.subarray(offset, offset + length));
}
