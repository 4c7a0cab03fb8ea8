import type { Translation } from './translation.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type Instant = string | number;

/** Writes times, durations and sizes the way people of one language do. The formatters of `Intl` are made once. */
export class Formats {
  readonly #translation: Translation;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  constructor(translation: Translation) {
    this.#translation = translation;
  }

  /** `14:32` */
  time(at: Instant): string {
    return this.#date({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
  }

  /** For a row of a list: the time today, the day of the week this week, the date before that. */
  listTime(at: Instant, now: number): string {
    const days = calendarDaysBetween(at, now);
    if (days <= 0) return this.time(at);
    if (days === 1) return this.#translation.yesterday.toLocaleLowerCase(this.#translation.language);
    if (days < 7) return this.#date({ weekday: 'short' }).format(new Date(at));
    return this.shortDate(at, now);
  }

  /** `12/10`, with the year when it is another one. */
  shortDate(at: Instant, now: number): string {
    const date = new Date(at);
    const sameYear = date.getFullYear() === new Date(now).getFullYear();
    return this.#date({ day: '2-digit', month: '2-digit', ...(!sameYear && { year: '2-digit' }) }).format(date);
  }

  /** Heads the messages of one day: `Hoje`, `Ontem`, `segunda-feira, 16 de novembro`. */
  day(at: Instant, now: number): string {
    const days = calendarDaysBetween(at, now);
    if (days === 0) return this.#translation.today;
    if (days === 1) return this.#translation.yesterday;
    const date = new Date(at);
    const sameYear = date.getFullYear() === new Date(now).getFullYear();
    return this.#date({
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(!sameYear && { year: 'numeric', weekday: undefined }),
    }).format(date);
  }

  /** The whole of it, for a tooltip or a reader of screens. */
  full(at: Instant): string {
    return this.#date({ dateStyle: 'long', timeStyle: 'short' }).format(new Date(at));
  }

  /** Inside a sentence: `às 14:32`, `ontem às 14:32`, `em 12/10 às 14:32`. */
  moment(at: Instant, now: number): string {
    const { atTime, onDate, yesterday, language } = this.#translation;
    const days = calendarDaysBetween(at, now);
    const time = atTime(this.time(at));
    if (days <= 0) return time;
    return `${days === 1 ? yesterday.toLocaleLowerCase(language) : onDate(this.shortDate(at, now))} ${time}`;
  }

  /** Two units at most, never broken over two lines: `1 h 12 min`, `48 min`, `3 dias`. Under a minute it is one minute. */
  duration(milliseconds: number): string {
    const ms = Math.max(milliseconds, minute);
    if (ms >= 2 * day) return unbroken(this.#unit('day', Math.floor(ms / day), 'long'));
    const hours = Math.floor(ms / hour);
    const minutes = Math.floor((ms % hour) / minute);
    const parts: string[] = [];
    if (hours > 0) parts.push(this.#unit('hour', hours));
    if (minutes > 0) parts.push(this.#unit('minute', minutes));
    return unbroken(parts.join(' '));
  }

  /** `84 kB`, `1,2 MB` */
  bytes(count: number): string {
    if (count < 1000) return this.#unit('byte', count);
    if (count < 999_500) return this.#unit('kilobyte', Math.round(count / 1000));
    return this.#unit('megabyte', Math.round(count / 100_000) / 10);
  }

  /** Seconds of a recording: `0:14` */
  clock(seconds: number): string {
    const whole = Math.max(0, Math.floor(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  }

  number(value: number): string {
    return this.#number('plain', {}).format(value);
  }

  #unit(unit: string, value: number, unitDisplay: 'short' | 'long' = 'short'): string {
    return this.#number(`${unit}:${unitDisplay}`, { style: 'unit', unit, unitDisplay }).format(value);
  }

  #number(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    let format = this.#numbers.get(key);
    if (!format) this.#numbers.set(key, (format = new Intl.NumberFormat(this.#translation.language, options)));
    return format;
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let format = this.#dates.get(key);
    if (!format) this.#dates.set(key, (format = new Intl.DateTimeFormat(this.#translation.language, options)));
    return format;
  }
}

function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** How many midnights lie between two instants, by the clock of this device. */
export function calendarDaysBetween(from: Instant, to: Instant): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / day);
}

/** Noon-based so that a change of the clocks cannot make it another day. */
export function startOfDay(at: Instant): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
