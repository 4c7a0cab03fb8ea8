import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Environment } from '../config.ts';

/** Where a command reads its settings and writes what it has to say. */
export interface CommandContext {
  readonly env: Environment;
  /** Results. */
  print(line: string): void;
  /** Remarks to a person, kept apart so that results can be piped. */
  note(line: string): void;
  /** Aborted when the process is asked to stop. */
  readonly stop: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** How to call it, one way a line. */
  readonly usage: readonly string[];
  run(args: readonly string[], context: CommandContext): Promise<void>;
}

/** The command was called in a way that it does not have. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `parseArgs`, whose complaints become a `UsageError`. */
export function parse<Config extends ParseArgsConfig>(args: readonly string[], config: Config) {
  try {
    return parseArgs<Config & { args: string[] }>({ ...config, args: [...args] });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Refuses what is left over after the positional arguments that a command knows. */
export function takePositionals(positionals: readonly string[], names: readonly string[]): readonly string[] {
  const missing = names[positionals.length];
  if (missing !== undefined) throw new UsageError(`Say which ${missing}.`);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
  return positionals;
}
