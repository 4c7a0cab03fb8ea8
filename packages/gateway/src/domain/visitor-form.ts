import { refuse } from './problems.ts';
import { givenName } from './unnamed.ts';

type Field = 'required' | 'optional' | 'hidden';

/** What a webchat asks before the first message. */
export interface AskedForm {
  readonly name: Field;
  readonly email: Field;
  readonly subjects: readonly string[];
}

export interface VisitorForm {
  readonly name: string | null;
  readonly email: string | null;
  readonly subject: string | null;
}

export const emptyForm: VisitorForm = { name: null, email: null, subject: null };

/**
 * What is taken from what a visitor filled in, beside what is known about them. Refuses what is missing. Who a signed
 * identity names cannot give another name or address.
 */
export function checkForm(
  asked: AskedForm,
  contact: { readonly name: string; readonly email: string | null; readonly verified: number },
  given: { readonly [Name in keyof VisitorForm]?: VisitorForm[Name] | undefined },
): VisitorForm {
  const verified = contact.verified === 1;
  const named = givenName(contact.name) !== null;
  const name = asked.name === 'hidden' || (verified && named) ? null : (given.name ?? null);
  const email = asked.email === 'hidden' || verified ? null : (given.email ?? null);
  const subject = given.subject ?? null;
  const errors = [
    ...(asked.name === 'required' && name === null && !named ? [missing('name')] : []),
    ...(asked.email === 'required' && email === null && contact.email === null && !verified ? [missing('email')] : []),
    ...(subject !== null && !asked.subjects.includes(subject)
      ? [{ path: 'body.subject', message: 'must be one of the subjects of the webchat' }]
      : []),
  ];
  if (errors.length > 0) refuse('validation_failed', { errors });
  return { name, email, subject };
}

function missing(field: string) {
  return { path: `body.${field}`, message: 'is asked for by this webchat' };
}
