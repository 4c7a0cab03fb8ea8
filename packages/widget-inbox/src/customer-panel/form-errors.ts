import { isProsaError } from '@prosa/core';
import { normalizePhone } from '@prosa/core/brazil';
import type { CustomerCreate, Problem } from '@prosa/core/contract';
import { errorText, type Translation } from '@prosa/ui';
import { checkDocument } from './document-input.ts';

export const fieldNames = ['name', 'document', 'phone', 'email', 'address', 'notes'] as const;
export type FieldName = (typeof fieldNames)[number];
export type FormValues = Readonly<Record<FieldName, string>>;
export type FormErrors = Partial<Record<FieldName | 'form', string>>;

/** What can be told before the server is asked. */
export function checkForm(t: Translation, values: FormValues, only?: FieldName): FormErrors {
  const errors: FormErrors = {};
  if (values.name.trim() === '') errors.name = t.nameRequired;
  const document = checkDocument(values.document);
  if (document.state === 'incomplete') errors.document = t.documentIncomplete;
  if (document.state === 'invalid') errors.document = t.documentInvalid(document.kind);
  if (values.phone.trim() !== '' && normalizePhone(values.phone) === null) errors.phone = t.phoneInvalid;
  if (values.email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim())) {
    errors.email = t.emailInvalid;
  }
  if (only === undefined) return errors;
  const error = errors[only];
  return error === undefined ? {} : { [only]: error };
}

/** Empty fields become `null`: on a new record they say nothing, on an old one they empty it. */
export function bodyOf(values: FormValues): CustomerCreate {
  const document = checkDocument(values.document);
  const text = (name: FieldName) => values[name].trim() || null;
  return {
    name: values.name.trim(),
    document: document.state === 'valid' ? document.document : null,
    phone: text('phone'),
    email: text('email'),
    address: text('address'),
    notes: text('notes'),
  };
}

/** Puts what the server refused at the fields it names. */
export function serverErrors(t: Translation, error: unknown): FormErrors {
  const problem = problemOf(error);
  if (problem?.code === 'document_taken') return { document: t.documentTaken };
  const errors: FormErrors = {};
  for (const { path, message } of problem?.errors ?? []) {
    const name = fieldNames.find((field) => path === `body.${field}` || path.startsWith(`body.${field}.`));
    if (name) errors[name] ??= fieldText(t, name, message);
  }
  if (Object.keys(errors).length === 0) errors.form = errorText(t, error);
  return errors;
}

export function problemOf(error: unknown): Problem | null {
  if (!isProsaError(error)) return null;
  return (error as { readonly problem?: Problem | null }).problem ?? null;
}

function fieldText(t: Translation, name: FieldName, message: string): string {
  const known: Partial<Record<FieldName, string>> = {
    name: t.nameRequired,
    document: t.documentIncomplete,
    phone: t.phoneInvalid,
    email: t.emailInvalid,
  };
  return known[name] ?? message;
}
