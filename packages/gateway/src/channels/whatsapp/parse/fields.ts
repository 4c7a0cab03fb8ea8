/** Reading of values of unknown shape: a wrong one is `null`, never an error. */

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list; one thing that stands where a list should is a list of one. */
export function eachOf(value: unknown): readonly unknown[] {
  return isFields(value) ? [value] : listOf(value);
}

/** Text without NUL, which PostgreSQL cannot keep. `null` when it is empty or no text. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll('\0', '');
  return text === '' ? null : text;
}

/** The longest message that the app of WhatsApp lets people write. */
const writtenLength = 65_536;

/** What somebody wrote: as `textOf`, and not longer than people can write, since it is shown, searched and sent around. */
export function writtenOf(value: unknown): string | null {
  const text = textOf(value);
  if (text === null || text.length <= writtenLength) return text;
  // No character is cut in half.
  const end = /[\uDC00-\uDFFF]/.test(text.charAt(writtenLength)) ? writtenLength - 1 : writtenLength;
  return text.slice(0, end);
}

/** A short text on one line: a name, a file name, a code. */
export function lineOf(value: unknown, maxLength: number): string | null {
  const text = textOf(value)?.replace(/\s+/g, ' ').trim() ?? '';
  return text === ''
    ? null
    : Array.from(text.slice(0, 2 * maxLength))
        .slice(0, maxLength)
        .join('');
}

/** An id: text or number, visible ASCII. Longer ones than an index takes are no ids. */
export function idOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[\x21-\x7e]{1,512}$/.test(text) ? text : null;
}

/** Who is at the other end: an id, or a phone number, which may be written as people write it. */
export function dialledOf(value: unknown): string | null {
  return idOf(
    typeof value === 'string' && /^\+?[\d\s().-]{5,40}$/.test(value) ? value.replace(/[\s().-]/g, '') : value,
  );
}

/**
 * Seconds since 1970, as text or number, in milliseconds. What is missing or lies in the future becomes `receivedAt`:
 * a time from outside must not keep a window open for longer than it is.
 */
export function timeOf(value: unknown, receivedAt: number): number {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return receivedAt;
  // Some fields of the same API carry milliseconds.
  const time = Math.floor(seconds > 100_000_000_000 ? seconds : seconds * 1000);
  return Math.min(time, receivedAt);
}

/** A SHA-256 in hexadecimal digits; it comes in base 64 or in hexadecimal. */
export function sha256Of(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (/^[0-9a-f]{64}$/i.test(value)) return value.toLowerCase();
  if (!/^[\w+/-]{43}=?$/.test(value)) return null;
  const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/').slice(0, 43) + '=');
  return Array.from(binary, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** An address that a browser may open; anything but `http` and `https` is none. */
export function webAddressOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text.length > 2000 || !/^https?:\/\//i.test(text)) return null;
  return URL.canParse(text) ? text.replaceAll('\0', '') : null;
}

/** Whether something is so, also when it comes as text. */
export function flagOf(value: unknown): boolean {
  return value === true || value === 'true';
}

/** A short name of a kind or a state, in small letters; `null` when there is none. */
export function nameOf(value: unknown): string | null {
  return lineOf(value, 64)?.toLowerCase() ?? null;
}

/** Whether it was said in a group, which is no conversation of ours. */
export function isOfGroup(item: Fields): boolean {
  const group = item['group_id'];
  return group !== undefined && group !== null && group !== '';
}

/** A number, also when it comes as text. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
