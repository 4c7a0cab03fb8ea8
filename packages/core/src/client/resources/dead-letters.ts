import type { DeadLetter } from '../../contract/index.ts';
import { deadLetterPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Messages and files that were given up, for who looks after the channels. */
export interface DeadLettersResource {
  /** Newest first, with every error. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<DeadLetter>;
  /**
   * Tries it once more: a message goes as a new one that is linked to it. Rejects with `not_found`,
   * `message_not_resendable`, `conversation_closed`, `window_closed`, `template_not_sendable`, `type_not_supported`,
   * `contact_opted_out`.
   * @example
   * for await (const { id } of prosa.deadLetters.list()) await prosa.deadLetters.redrive(id);
   */
  redrive(deadLetterId: string, options?: CommandOptions): Promise<DeadLetter>;
}

export function createDeadLetters({ methods }: Calls): DeadLettersResource {
  const { list, act } = methods();
  return {
    list: list(routes.list),
    redrive: act(routes.redrive),
  };
}
