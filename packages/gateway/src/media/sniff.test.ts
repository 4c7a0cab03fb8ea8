import { describe, expect, it } from 'vitest';
import { acceptFile } from './accept-file.ts';
import { sniff } from './sniff.ts';

const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);
const utf8 = (text: string) => new TextEncoder().encode(text);
const typeOf = (content: Uint8Array | string) =>
  sniff(typeof content === 'string' ? latin1(content) : content)?.mimeType;

/** A ZIP whose local headers name these parts. */
function archive(...names: string[]): string {
  return names
    .map((name) => `PK\u0003\u0004${'\0'.repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}data`)
    .join('');
}
const wide = (name: string) => Array.from(name, (c) => `${c}\0`).join('');
const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01';
const ole = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

describe('the type of a file', () => {
  it.each([
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['image/png', png],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['application/pdf', '%PDF-1.7\n%âãÏÓ'],
    ['audio/ogg', `OggS\0\x02${'\0'.repeat(22)}OpusHead\x01\x01`],
    ['audio/amr', '#!AMR\n\x3c\x91'],
    ['audio/aac', '\xff\xf1\x50\x80\x02\x1f\xfc'],
    ['audio/mpeg', '\xff\xfb\x90\x64'],
    ['audio/mpeg', 'ID3\x04\0\0'],
    ['audio/mp4', '\0\0\0\x20ftypM4A \0\0\0\0'],
    ['video/mp4', '\0\0\0\x20ftypisom\0\0\x02\0'],
    ['video/3gp', '\0\0\0\x18ftyp3gp5\0\0\0\0'],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      archive('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
    ],
    [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      archive('[Content_Types].xml', 'xl/workbook.xml'),
    ],
    [
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      archive('[Content_Types].xml', 'ppt/presentation.xml'),
    ],
    ['application/msword', `${ole}${'\0'.repeat(600)}${wide('WordDocument')}`],
    ['application/vnd.ms-excel', `${ole}${'\0'.repeat(600)}${wide('Workbook')}`],
    ['application/vnd.ms-powerpoint', `${ole}${'\0'.repeat(600)}${wide('PowerPoint Document')}`],
  ])('is %s', (mimeType, content) => {
    expect(typeOf(content)).toBe(mimeType);
  });

  it('is text for what people write, also when the last character is cut', () => {
    expect(typeOf(utf8('Orçamento nº 12; ação; 👍\r\n'))).toBe('text/plain');
    expect(typeOf(utf8('ação').subarray(0, 3))).toBe('text/plain');
  });

  it.each([
    ['nothing', ''],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'],
    ['SVG after a byte order mark', '\xef\xbb\xbf<svg/>'],
    ['SVG after blanks', '  \n\t<svg/>'],
    ['HTML', '<!doctype html><p>'],
    ['XML', '<?xml version="1.0"?><a/>'],
    ['text with a script in it', 'hello <script>x()</script>'],
    ['an image that is also a script', `${png}<script>x()</script>`],
    ['GIF, and GIF that is a script', 'GIF89a/*<svg/>*/=1'],
    ['Matroska', '\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska'],
    ['ASF', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
    ['any other archive', archive('a.txt')],
    ['a document with macros', archive('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
    ['a program', 'MZ\x90\0\x03\0\0\0'],
    ['Ogg that is not Opus', `OggS\0\x02${'\0'.repeat(22)}\x01vorbis`],
    ['UTF-16', '\xff\xfeO\0i\0'],
  ])('is none for %s', (_name, content) => {
    expect(typeOf(content)).toBeUndefined();
  });

  it('is found in the first 64 kB, and looks no further', () => {
    const large = new Uint8Array(200_000).fill(0x61);
    large.set(utf8('<script>'), 150_000);
    expect(typeOf(large)).toBe('text/plain');
  });
});

describe('what may be sent', () => {
  const stored = (content: string, size = content.length) => ({ size, sha256: '', head: latin1(content) });

  it.each([
    ['foto.png', stored(png), 'accepted'],
    ['foto', stored(png), 'accepted'],
    ['nota.pdf', stored('%PDF-1.7'), 'accepted'],
    ['lista.csv', stored('a;b\n1;2\n'), 'accepted'],
    ['vazio.txt', stored(''), 'refused'],
    ['pagina.html', stored('only text'), 'refused'],
    ['nota.pdf', stored('only text'), 'refused'],
    ['virus.exe', stored('%PDF-1.7'), 'refused'],
    ['desenho.svg', stored('<svg/>'), 'refused'],
    ['foto.png', stored(png, 6 * 1024 * 1024), 'too_large'],
  ])('%s', (fileName, file, outcome) => {
    expect(acceptFile(file, fileName).outcome).toBe(outcome);
  });
});
