import { hasCode, isProsaError, type ProsaClient } from '@prosa/core';
import { phoneForms } from '@prosa/core/brazil';
import type { Problem } from '@prosa/core/contract';
import { errorText, type Translation } from '@prosa/ui';

/** What is wrong, by where it is told. */
export interface StartErrors {
  readonly phone?: string;
  readonly name?: string;
  readonly template?: string;
  readonly form?: string;
}

/** Open conversations that are looked through for the one that a contact is in. */
const mostConversations = 500;

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

/**
 * The open conversation with a phone, where the caller may see it.
 * @param phone E.164; a Brazilian mobile is found with and without its ninth digit
 */
export async function findOpenConversation(
  client: ProsaClient,
  phone: string,
  channelId: string,
): Promise<string | null> {
  const forms = phoneForms(phone);
  let left = mostConversations;
  for await (const conversation of client.conversations.list({ tab: 'all', limit: 100 })) {
    const { id, contact } = conversation;
    if (conversation.channelId === channelId && contact.phone !== null && forms.includes(contact.phone)) return id;
    if (--left === 0) break;
  }
  return null;
}
