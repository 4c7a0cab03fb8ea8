import { AdminError } from '../admin/admin-error.ts';
import { DatabaseUnavailableError } from '../store/database-unavailable.ts';
import { SecretBoxError } from '../channels/secret-box.ts';
import { apiKeyCommand } from './commands/api-key.ts';
import { channelCommand } from './commands/channel.ts';
import { UsageError, type Command, type CommandContext } from './commands/command.ts';
import { conformanceCommand } from './commands/conformance.ts';
import { dbCommand } from './commands/db.ts';
import { help } from './commands/help.ts';
import { keyCommand } from './commands/key.ts';
import { migrateCommand } from './commands/migrate.ts';
import { originCommand } from './commands/origin.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { whatsappCommand } from './commands/whatsapp.ts';
import { workspaceCommand } from './commands/workspace.ts';
import { ConfigError } from './config.ts';
import { DatabaseInUseError } from './sqlite/process-lock.ts';
import { version } from '../version.ts';

const commands: readonly Command[] = [
  startCommand,
  migrateCommand,
  dbCommand,
  tokenCommand,
  workspaceCommand,
  keyCommand,
  apiKeyCommand,
  originCommand,
  channelCommand,
  conformanceCommand,
  whatsappCommand,
];

const helpWords: ReadonlySet<string> = new Set(['--help', '-h', 'help']);
const versionWords: ReadonlySet<string> = new Set(['--version', '-v']);

/** Exit codes: what was asked is done, cannot be done, or was asked in a way that it does not understand. */
const done = 0;
const failed = 1;
const misused = 2;

/** Runs the command line and returns its exit code. */
export async function main(args: readonly string[], context: CommandContext): Promise<number> {
  const [word = 'start', ...rest] = args;
  if (helpWords.has(word)) {
    context.print(
      help(
        commands,
        commands.find(({ name }) => name === rest[0]),
      ),
    );
    return done;
  }
  if (versionWords.has(word)) {
    context.print(version);
    return done;
  }
  const command = commands.find(({ name }) => name === word);
  if (!command) {
    context.note(`"${word}" is no command. prosa-gateway --help lists them.`);
    return misused;
  }
  if (rest.some((arg) => arg === '--help' || arg === '-h')) {
    context.print(help(commands, command));
    return done;
  }
  try {
    await command.run(rest, context);
    return done;
  } catch (error) {
    context.note(explain(error, command));
    return error instanceof UsageError ? misused : failed;
  }
}

/** A sentence for what a person can mend, a stack for what only a programmer can. */
function explain(error: unknown, command: Command): string {
  if (error instanceof UsageError) {
    return [error.message, '', help(commands, command)].join('\n');
  }
  if (
    error instanceof ConfigError ||
    error instanceof AdminError ||
    error instanceof SecretBoxError ||
    error instanceof DatabaseInUseError ||
    error instanceof DatabaseUnavailableError
  ) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
