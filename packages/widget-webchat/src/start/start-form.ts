import type { WebchatForm } from '@prosa/core/webchat';
import type { Visitor, WebchatConfig } from '@prosa/core/contract';
import type { Words } from '../locales/words.ts';

export type FormField = 'name' | 'email' | 'subject';

/** Enough to catch what was mistyped; the gateway checks it again. */
const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** What the visitor is asked before the first message, what they said, and what is wrong with it. */
export class StartForm {
  readonly values: Record<FormField, string> = { name: '', email: '', subject: '' };
  errors: Partial<Record<FormField, string>> = {};

  clear(): void {
    Object.assign(this.values, { name: '', email: '', subject: '' });
    this.errors = {};
  }

  /** What is asked: not what is known already. */
  asked({ form }: WebchatConfig, visitor: Visitor | null): readonly FormField[] {
    const fields: FormField[] = [];
    if (form.name !== 'hidden' && !visitor?.name) fields.push('name');
    if (form.email !== 'hidden' && !visitor?.email) fields.push('email');
    if (form.subjects.length > 0) fields.push('subject');
    return fields;
  }

  /** @returns the first field that is wrong, or `null` */
  check(config: WebchatConfig, visitor: Visitor | null, words: Words): FormField | null {
    const { values } = this;
    const errors: Partial<Record<FormField, string>> = {};
    for (const field of this.asked(config, visitor)) {
      const value = values[field].trim();
      if (field === 'name' && value === '' && config.form.name === 'required') errors.name = words.nameMissing;
      if (field === 'email' && value === '' && config.form.email === 'required') errors.email = words.emailMissing;
      if (field === 'email' && value !== '' && !looksLikeEmail.test(value)) errors.email = words.emailWrong;
      if (field === 'subject' && value === '') errors.subject = words.subjectMissing;
    }
    this.errors = errors;
    return (Object.keys(errors)[0] as FormField | undefined) ?? null;
  }

  /** @param page where the visitor is; what follows the path stays here, it can be private */
  toForm(page: { readonly origin: string; readonly pathname: string }): WebchatForm {
    const { name, email, subject } = this.values;
    const pageUrl = `${page.origin}${page.pathname}`;
    return {
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(email.trim() !== '' && { email: email.trim() }),
      ...(subject !== '' && { subject }),
      ...(/^https?:\/\//.test(pageUrl) && pageUrl.length <= 2000 && { pageUrl }),
    };
  }
}
