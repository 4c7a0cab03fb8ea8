import { hasCode, isProsaError } from '@prosa/core';
import type { Problem } from '@prosa/core/contract';
import { errorText, type Translation } from '@prosa/ui';

/** What is wrong, by where it is told. */
export interface StartErrors {
  readonly phone?: string;
  readonly name?: string;
  readonly template?: string;
  readonly form?: string;
}

/** Why a conversation could not be begun, in words, at the field that it is about. */
export function startErrors(t: Translation, error: unknown, myId: string | null): StartErrors {
  if (!isProsaError(error)) return { form: errorText(t, error) };
  const problem = (error as { readonly problem?: Problem | null }).problem ?? null;
  switch (error.code) {
    case 'contact_in_conversation': {
      const owner = problem?.owner ?? null;
      return {
        phone: owner !== null && owner.id === myId ? t.inConversationYours : t.inConversation(owner?.name ?? null),
      };
    }
    case 'template_not_sendable':
    case 'not_found':
      return { template: t.errors['template_not_sendable'] ?? t.errors.default };
    case 'validation_failed': {
      const refused = (field: string) => problem?.errors?.some(({ path }) => path.startsWith(`body.to.${field}`));
      if (refused('phone')) return { phone: t.phoneInvalid };
      if (refused('name')) return { name: errorText(t, error) };
      return { form: errorText(t, error) };
    }
    default:
      return { form: errorText(t, error) };
  }
}

/** Whether the template itself is of no use any more. Numbers are never unknown: what is not found is the template. */
export function isTemplateGone(error: unknown): boolean {
  return hasCode(error, 'template_not_sendable') || hasCode(error, 'not_found');
}

/** The open conversation that the contact is in, where the caller may see it. */
export function openConversationOf(error: unknown): string | null {
  return (error as { readonly problem?: Problem | null }).problem?.conversationId ?? null;
}
