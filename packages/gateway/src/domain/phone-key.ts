import { phoneForms } from '@prosa/core/brazil';

/** The one form under which a phone is stored, so that both forms of a Brazilian mobile are the same contact. */
export function phoneKey(e164: string): string {
  return phoneForms(e164).reduce((longest, form) => (form.length > longest.length ? form : longest));
}
