import type { Snippet } from './consumer.ts';
import type { InstalledGateway } from './start-gateway.ts';

/** Runs every command of the gateway that a README has a newcomer type, beside the running gateway. */
export async function tryCommands(gateway: InstalledGateway, snippets: readonly Snippet[]): Promise<string> {
  const commands = new Set(
    snippets.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n').flatMap(commandOf)),
  );
  for (const command of commands) {
    try {
      await gateway.command(...wordsOf(command));
    } catch (error) {
      throw new Error(`prosa-gateway ${command}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (commands.size === 0) throw new Error('no README has a command of the gateway');
  return `${commands.size} commands of the READMEs are understood`;
}

/** What follows the name of the program, up to the comment or the end of a substitution: none where it is started. */
function commandOf(line: string): readonly string[] {
  const command = /\bprosa-gateway ([^#)]*)/.exec(line)?.[1]?.trim() ?? '';
  return command === '' ? [] : [command];
}

function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
