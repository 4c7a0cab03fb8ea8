import { phoneForms } from '@prosa/core/brazil';

/** What a phone that cannot be read is refused with. */
export const phoneForm =
  'must be a phone number with its area code, such as (83) 99914-2210, or with + and the country';

/**
 * The one form under which a phone is stored, so that both forms of a Brazilian mobile are the same contact, and both of
 * a Mexican one: WhatsApp changes either (Meta, "Send messages").
 */
export function phoneKey(e164: string): string {
  const mexican = /^\+521(\d{10})$/.exec(e164);
  if (mexican) return `+52${mexican[1]}`;
  return phoneForms(e164).reduce((longest, form) => (form.length > longest.length ? form : longest));
}
