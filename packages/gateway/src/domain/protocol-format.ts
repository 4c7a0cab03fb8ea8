/**
 * The number of a service, as the workspace writes it: `{yyyy}`, `{yy}`, `{mm}`, `{dd}` are the day in its time zone,
 * `{n}` to `{nnnnnnnnnn}` the count with at least that many digits, anything else digits as they are.
 */
interface ProtocolFormat {
  readonly parts: readonly Part[];
  /** It begins at 1 every day; otherwise it goes on for ever. */
  readonly daily: boolean;
}

type Part = { readonly literal: string } | { readonly date: DateToken } | { readonly count: number };
type DateToken = 'yyyy' | 'yy' | 'mm' | 'dd';

const minDigits = 8;
const maxDigits = 20;
/** What a count may grow to without the number having more digits than it can be looked up by. */
const room = { daily: 6, forever: 10 } as const;
const token = /\{(yyyy|yy|mm|dd|n{1,10})\}|(\d+)/y;

/** Why this is no format, to be said beside the field; `null` when it is one. */
export function protocolFormatProblem(format: string): string | null {
  const parts = partsOf(format);
  if (parts === null) return 'may have digits, {yyyy}, {yy}, {mm}, {dd} and one of {n} to {nnnnnnnnnn}';
  const counts = parts.flatMap((part) => ('count' in part ? [part.count] : []));
  const [count] = counts;
  if (count === undefined || counts.length > 1) return 'must count once, with {n} to {nnnnnnnnnn}';
  const dates = parts.flatMap((part) => ('date' in part ? [part.date] : []));
  const daily = dates.includes('dd');
  if (daily && !isWholeDate(dates)) return 'with {dd} must have {mm} and the year, or numbers would come again';
  const digits = parts.reduce((sum, part) => sum + widthOf(part), 0);
  if (digits < minDigits) return `must give at least ${String(minDigits)} digits`;
  const grown = digits + Math.max(0, (daily ? room.daily : room.forever) - count);
  if (digits > maxDigits || grown > maxDigits) {
    return `must give at most ${String(maxDigits)} digits, also when the count has grown`;
  }
  return null;
}

/** Of the formats that are valid: the counter to take from, and the number with what it gave. */
export function protocolNumbers(
  format: string,
  time: number,
  timeZone: string,
): { readonly counter: string; numberOf(count: number): string } {
  const { parts, daily } = parse(format);
  const day = dateKey(time, timeZone);
  const dates: Readonly<Record<DateToken, string>> = {
    yyyy: day.slice(0, 4),
    yy: day.slice(2, 4),
    mm: day.slice(4, 6),
    dd: day.slice(6, 8),
  };
  return {
    counter: daily ? `protocol:${day}` : 'protocol',
    numberOf: (count) =>
      parts
        .map((part) => {
          if ('literal' in part) return part.literal;
          return 'date' in part ? dates[part.date] : String(count).padStart(part.count, '0');
        })
        .join(''),
  };
}

function parse(format: string): ProtocolFormat {
  const parts = partsOf(format);
  if (parts === null) throw new Error(`unable to number services; "${format}" is no protocol format`);
  return { parts, daily: parts.some((part) => 'date' in part && part.date === 'dd') };
}

function partsOf(format: string): readonly Part[] | null {
  const parts: Part[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < format.length; at = token.lastIndex) {
    const match = token.exec(format);
    if (!match) return null;
    const [, name, literal] = match;
    if (literal !== undefined) parts.push({ literal });
    else if (name?.startsWith('n')) parts.push({ count: name.length });
    else parts.push({ date: name as DateToken });
  }
  return parts;
}

function isWholeDate(dates: readonly DateToken[]): boolean {
  return dates.includes('mm') && (dates.includes('yyyy') || dates.includes('yy'));
}

function widthOf(part: Part): number {
  if ('literal' in part) return part.literal.length;
  return 'date' in part ? part.date.length : part.count;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `20261120`: the date at `time` (epoch milliseconds) in the time zone. */
function dateKey(time: number, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(time).replaceAll('-', '');
}
