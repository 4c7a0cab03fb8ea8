import { settings } from '../config.ts';
import type { Command } from './command.ts';

/** What `--help` prints: everything, or one command. */
export function help(commands: readonly Command[], command?: Command): string {
  if (command) return [`prosa-gateway ${command.name}: ${command.summary}`, ...usageOf(command)].join('\n');
  const width = Math.max(...commands.map(({ name }) => name.length));
  const nameWidth = Math.max(...settings.map(({ name }) => name.length));
  return [
    'prosa-gateway [command]',
    '',
    'Commands',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Usage',
    ...commands.flatMap(usageOf),
    '  prosa-gateway <command> --help',
    '  prosa-gateway --version',
    '',
    'Environment',
    ...settings.map(
      ({ name, meaning, fallback }) =>
        `  ${name.padEnd(nameWidth)}  ${meaning}${fallback === '' ? '' : ` (unset: ${fallback})`}`,
    ),
  ].join('\n');
}

/** A line that begins with blanks goes on with the one before. */
function usageOf({ usage }: Command): string[] {
  return usage.map(
    (line) => `  ${line.startsWith(' ') ? ' '.repeat('prosa-gateway'.length) : 'prosa-gateway'} ${line}`,
  );
}
