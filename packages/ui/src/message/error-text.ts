import { isProsaError } from '@prosa/core';
import type { Message } from '@prosa/core/contract';
import type { Translation } from '../locales/translation.ts';

/** What went wrong, in words for the person in front of it. */
export function errorText(t: Translation, error: unknown): string {
  const code = isProsaError(error) ? error.code : 'default';
  return t.errors[code] ?? t.errors.default;
}

/** Why the channel did not deliver a message. */
export function failureText(t: Translation, failure: Message['failure']): string {
  if (!failure) return t.failed(t.failedUnknown(''));
  return t.failed(t.failures[failure.code] ?? t.errors[failure.code] ?? t.failedUnknown(failure.detail));
}
