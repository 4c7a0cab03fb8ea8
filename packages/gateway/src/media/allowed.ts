import { attachmentMaxBytes } from '@prosa/core/contract';
import type { AttachmentKind } from './kinds.ts';
import type { SniffedType } from './sniff.ts';

/** What WhatsApp takes, by kind (Meta, WhatsApp Cloud API, "Media"). */
const types: Readonly<Record<AttachmentKind, readonly string[]>> = {
  image: ['image/jpeg', 'image/png'],
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  video: ['video/mp4', 'video/3gp'],
  document: [
    'text/plain',
    'application/pdf',
    'application/msword',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.ms-excel',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
  sticker: ['image/webp'],
};

/** Whether a file of this type may be sent, and is not larger than its kind allows. `size` in bytes. */
export function allowedToSend(type: SniffedType, size: number): 'allowed' | 'type' | 'size' {
  if (!types[type.kind].includes(type.mimeType)) return 'type';
  return size > 0 && size <= attachmentMaxBytes[type.kind] ? 'allowed' : 'size';
}

/** Extensions that a document of these types may have. Media needs none: its content says enough. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'application/msword': ['doc', 'dot'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.ms-excel': ['xls', 'xlt'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.ms-powerpoint': ['ppt', 'pps', 'pot'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'text/plain': ['txt', 'csv', 'log', 'md', 'tsv', 'json', 'ini', 'yml', 'yaml', 'ofx', 'rem', 'ret', 'vcf', 'ics'],
};

/**
 * Whether a document's name agrees with its content: a text that calls itself `.html` or a program that calls itself
 * `.pdf` would be opened as what its name says.
 */
export function nameAgrees(type: SniffedType, fileName: string): boolean {
  const expected = extensions[type.mimeType];
  if (type.kind !== 'document' || expected === undefined) return true;
  const extension = /\.([^.]+)$/.exec(fileName.trim())?.[1]?.toLowerCase();
  return extension === undefined ? type.mimeType !== 'text/plain' : expected.includes(extension);
}
