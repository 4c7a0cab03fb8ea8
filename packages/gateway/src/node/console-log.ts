import type { Log, LogFields } from '../log.ts';

/** Writes a line for each entry: for people, or as JSON for machines. */
export function createLog(format: 'text' | 'json', write: (line: string) => void, now = () => new Date()): Log {
  if (format === 'json') {
    return (level, message, fields) =>
      write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
  }
  return (level, message, fields) => {
    const mark = level === 'info' ? '' : `${level}: `;
    write(`${now().toISOString()} ${mark}${message}${pairs(fields)}\n`);
  };
}

function pairs(fields: LogFields | undefined): string {
  return Object.entries(fields ?? {})
    .map(([name, value]) => ` ${name}=${plain(value)}`)
    .join('');
}

/** One line stays one line, whatever a stranger sent. */
function plain(value: string | number | boolean | null): string {
  return typeof value === 'string' && /[^\w.:/@+-]/.test(value) ? JSON.stringify(value) : String(value);
}
