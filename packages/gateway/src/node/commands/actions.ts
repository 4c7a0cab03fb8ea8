import { UsageError, type CommandContext } from './command.ts';

export type Action = (args: readonly string[], context: CommandContext) => Promise<void>;

/** Runs the action that the first word names: `key create …`. */
export function runAction(
  actions: Readonly<Record<string, Action>>,
  args: readonly string[],
  context: CommandContext,
): Promise<void> {
  const [name = '', ...rest] = args;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) {
    const known = Object.keys(actions).join(', ');
    throw new UsageError(name === '' ? `Say what to do: ${known}.` : `"${name}" is none of ${known}.`);
  }
  return action(rest, context);
}
