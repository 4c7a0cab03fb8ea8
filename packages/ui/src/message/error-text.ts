import { isProsaError } from '@prosa/core';
import type { Message } from '@prosa/core/contract';
import type { Translation } from '../locales/translation.ts';

/** What went wrong, in words for the person in front of it. */
export function errorText(t: Translation, error: unknown): string {
  const code = isProsaError(error) ? error.code : 'default';
  return t.errors[code] ?? t.errors.default;
}

/** Why the channel did not deliver a message, or take a reaction. */
export function failureReason(t: Translation, failure: NonNullable<Message['failure']>): string {
  const reasons = failure.reason as Readonly<Record<string, string>> | null | undefined;
  return reasons?.[t.language] ?? t.errors[failure.code] ?? t.failedUnknown(failure.detail);
}

/** Why the channel did not deliver a message. */
export function failureText(t: Translation, failure: Message['failure']): string {
  return t.failed(failure ? failureReason(t, failure) : t.failedUnknown(''));
}
