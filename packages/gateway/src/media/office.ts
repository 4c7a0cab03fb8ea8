import type { SniffedType } from './sniff.ts';

const latin1 = new TextDecoder('latin1');

const openXml = 'application/vnd.openxmlformats-officedocument';
/** Folder of the main part inside the archive (ECMA-376). */
const archiveTypes: readonly (readonly [RegExp, string])[] = [
  [/word\//, `${openXml}.wordprocessingml.document`],
  [/xl\//, `${openXml}.spreadsheetml.sheet`],
  [/ppt\//, `${openXml}.presentationml.presentation`],
];
/** Name of the main stream in the compound file's directory, in UTF-16 ([MS-CFB], [MS-DOC], [MS-XLS], [MS-PPT]). */
const compoundTypes: readonly (readonly [string, string])[] = [
  ['WordDocument', 'application/msword'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['Book', 'application/vnd.ms-excel'],
];
const compoundSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Word, Excel and PowerPoint files, new (ZIP) and old (compound file). Any other archive is `null`. */
export function officeTypeOf(head: Uint8Array): SniffedType | null {
  const mimeType = latin1.decode(head.subarray(0, 4)) === 'PK\u0003\u0004' ? inArchive(head) : inCompoundFile(head);
  return mimeType === null ? null : { mimeType, kind: 'document' };
}

function inArchive(head: Uint8Array): string | null {
  const names = localNames(head);
  // Only packages of Open XML have this part, and it comes among the first.
  if (!names.some((name) => name === '[Content_Types].xml' || name === '_rels/.rels')) return null;
  // A package with macros is another type, which Meta does not take.
  if (names.some((name) => name.endsWith('vbaProject.bin'))) return null;
  return archiveTypes.find(([folder]) => names.some((name) => name.search(folder) === 0))?.[1] ?? null;
}

/** Names in the local headers (APPNOTE.TXT 4.3.7): found by their signature, since sizes can come after the data. */
function localNames(head: Uint8Array): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at + 30 < head.length; at++) {
    if (head[at] !== 0x50 || head[at + 1] !== 0x4b || head[at + 2] !== 0x03 || head[at + 3] !== 0x04) continue;
    const length = (head[at + 26] ?? 0) | ((head[at + 27] ?? 0) << 8);
    if (length > 0 && length <= 512) names.push(latin1.decode(head.subarray(at + 30, at + 30 + length)));
  }
  return names;
}

function inCompoundFile(head: Uint8Array): string | null {
  if (!compoundSignature.every((byte, index) => head[index] === byte)) return null;
  const content = latin1.decode(head);
  return compoundTypes.find(([name]) => content.includes(utf16(name)))?.[1] ?? null;
}

function utf16(name: string): string {
  return Array.from(name, (character) => `${character}\0`).join('');
}
