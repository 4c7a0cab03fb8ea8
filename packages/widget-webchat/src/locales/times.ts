import type { Words } from './words.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(language, options)));
  return known;
}

/** `14:40`, in the visitor's own zone. */
export function timeOfDay({ language }: Words, time: number): string {
  return format(language, { hour: '2-digit', minute: '2-digit' }).format(time);
}

/** `Hoje`, `Ontem`, `12 de novembro`. */
export function dayName(words: Words, time: number, now: number): string {
  const day = new Date(time);
  const today = new Date(now);
  if (isSameDay(time, now)) return words.today;
  if (isSameDay(time, new Date(now).setDate(today.getDate() - 1))) return words.yesterday;
  const year = day.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return format(words.language, { day: 'numeric', month: 'long', year }).format(time);
}

export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** `84 kB`, `1,2 MB`. */
export function fileSize({ language }: Words, bytes: number): string {
  const kilobytes = Math.max(1, bytes / 1024);
  const [value, unit] = kilobytes < 1000 ? [kilobytes, 'kB'] : [kilobytes / 1024, 'MB'];
  const maximumFractionDigits = value < 10 && unit === 'MB' ? 1 : 0;
  return `${value.toLocaleString(language, { maximumFractionDigits })} ${unit}`;
}
