/**
 * A protocol number: the date in the workspace's time zone and the day's count, `20261120000042`.
 * The count has six digits and grows when a day has more than a million services.
 */
export function protocolNumber(dateKey: string, count: number): string {
  return `${dateKey}${String(count).padStart(6, '0')}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `20261120`: the date at `time` (epoch milliseconds) in the time zone. */
export function dateKey(time: number, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(time).replaceAll('-', '');
}
