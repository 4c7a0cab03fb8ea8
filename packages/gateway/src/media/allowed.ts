import { whatsAppFileRules, type KindRule } from '@prosa/core/headless';
import type { SniffedType } from './sniff.ts';

/** Whether a file of this type may be sent, and is not larger than its kind allows. `size` in bytes. */
export function allowedToSend(type: SniffedType, size: number): 'allowed' | 'type' | 'size' {
  const { types, maxBytes }: KindRule = whatsAppFileRules[type.kind];
  if (!types.includes(type.mimeType)) return 'type';
  return size > 0 && size <= maxBytes ? 'allowed' : 'size';
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

/** As people call what `whatsAppFileRules` has. */
export const sendableTypes =
  'JPEG, PNG and WebP pictures, AAC, AMR, MP3, M4A and OGG audio, MP4 and 3GP video, PDF, Word, Excel, PowerPoint and plain text';

/** How the name of such a document may end, as people read it: `.docx`, `.txt or .csv`. */
export function endingsOf({ mimeType }: SniffedType): string {
  return (extensions[mimeType] ?? [])
    .slice(0, 2)
    .map((extension) => `.${extension}`)
    .join(' or ');
}

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
