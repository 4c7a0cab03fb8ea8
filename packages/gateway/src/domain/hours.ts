import type { QueueSettings } from '@prosa/core/contract';

/** Date, day of the week and minute of the day where the workspace is. */
interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** 0: Sunday. */
  readonly day: number;
  readonly minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function localTime(time: number, timeZone: string): LocalTime {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short', hour: '2-digit', minute: '2-digit' },
    });
    formatters.set(timeZone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(time).map(({ type, value }) => [type, value]));
  const { year, month, day, weekday, hour, minute } = parts;
  return {
    date: `${String(year)}-${String(month)}-${String(day)}`,
    day: days.indexOf(String(weekday)),
    minute: Number(hour) * 60 + Number(minute),
  };
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * Whether the queue is served at `now` (epoch milliseconds) by the clocks of the time zone. A slot that ends before it
 * begins goes on past midnight.
 */
export function isServed(
  { hours, holidays }: Pick<QueueSettings, 'hours' | 'holidays'>,
  now: number,
  timeZone: string,
): boolean {
  if (hours === null && holidays.length === 0) return true;
  const { date, day, minute } = localTime(now, timeZone);
  if (holidays.includes(date)) return false;
  if (hours === null) return true;
  return hours.some((slot) => {
    const from = minuteOf(slot.from);
    const to = minuteOf(slot.to);
    if (from < to) return slot.day === day && from <= minute && minute < to;
    return (slot.day === day && from <= minute) || ((slot.day + 1) % 7 === day && minute < to);
  });
}
