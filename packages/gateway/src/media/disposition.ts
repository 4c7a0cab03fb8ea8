import { withoutEnd } from '../domain/without-end.ts';

const inlineTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/aac',
  'audio/amr',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/webm',
  'video/mp4',
  'video/3gp',
  'application/pdf',
]);

const nameLength = 150;

/**
 * Headers for the bytes of a file that somebody else made: nothing in it runs, and only types on the list are shown in
 * the page. All others are downloads.
 */
export function fileHeaders(file: { readonly mimeType: string; readonly fileName: string }): Record<string, string> {
  const inline = inlineTypes.has(file.mimeType);
  return {
    'Content-Type': inline ? file.mimeType : 'application/octet-stream',
    'Content-Disposition': contentDisposition(inline ? 'inline' : 'attachment', file.fileName),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Referrer-Policy': 'no-referrer',
  };
}

/** RFC 6266, with the name twice: ASCII for old readers, RFC 8187 for all others. */
export function contentDisposition(type: 'inline' | 'attachment', fileName: string): string {
  const name = safeFileName(fileName);
  const ascii = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_');
  return `${type}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
}

/**
 * A name that is only a name: no path, no control characters, no marks that turn the reading direction (they make
 * `exe.pdf` out of `fdp.exe`), not empty.
 */
export function safeFileName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const named = visibleFileName(last)
    .replace(/[:*?"<>|]/g, '_')
    .replace(/^\.+/, '');
  return shortened(withoutEnd(named, /[. ]/)) || 'arquivo';
}

/** The name without what cannot be seen: controls, formats (bidi marks, zero width), lone surrogates, line separators. */
export function visibleFileName(fileName: string): string {
  const visible = fileName
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return visible || 'arquivo';
}

/** Cut in the middle, so that the extension stays. */
function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= nameLength) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, nameLength - extension.length).join('') + extension;
}

/** `encodeURIComponent` leaves some characters that RFC 8187 does not. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
