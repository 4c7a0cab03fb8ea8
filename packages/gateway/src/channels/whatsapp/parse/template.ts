import type { TemplateComponent } from '@prosa/core/contract';
import { placeholdersOf, type StoredComponent } from '../../../domain/hsm.ts';
import type { ProviderTemplate } from '../../channel.ts';
import { fieldsOf, idOf, lineOf, listOf, textOf, type Fields } from './fields.ts';
import { categoryOf, languageOf, statusOfEvent } from './template-fields.ts';

type Button = Extract<TemplateComponent, { readonly type: 'BUTTONS' }>['buttons'][number];

const nameLength = 512;

/** A template of Meta's list; `null` when it is being deleted, or is none. */
export function templateOf(item: unknown): ProviderTemplate | null {
  const fields = fieldsOf(item);
  const providerId = idOf(fields['id']);
  const name = lineOf(fields['name'], nameLength);
  const language = languageOf(fields['language']);
  const category = categoryOf(fields['category']);
  const status = statusOfEvent(fields['status']);
  if (providerId === null || name === null || language === null || category === null) return null;
  if (status === null || status === 'deleted') return null;
  const components = listOf(fields['components']).map((component) => componentOf(fieldsOf(component)));
  const named = lineOf(fields['parameter_format'], 20)?.toUpperCase() === 'NAMED';
  return {
    providerId,
    name,
    language,
    category,
    status,
    reason: status === 'approved' || status === 'submitted' ? null : rejectionOf(fields),
    components: named && hasNames(fields) ? [...components, other('NAMED_PARAMETERS')] : components,
  };
}

function rejectionOf(fields: Fields): string | null {
  const reason = lineOf(fields['rejected_reason'], 300);
  return reason === 'NONE' ? null : reason;
}

/** Without variables the format of the parameters says nothing. */
function hasNames(fields: Fields): boolean {
  return listOf(fields['components']).some((component) => /\{\{/.test(JSON.stringify(component) ?? ''));
}

function componentOf(fields: Fields): StoredComponent {
  const type = lineOf(fields['type'], 64)?.toUpperCase() ?? 'UNKNOWN';
  return knownComponent(type, fields) ?? other(otherName(type, fields));
}

function knownComponent(type: string, fields: Fields): TemplateComponent | null {
  const text = textOf(fields['text']);
  const example = fieldsOf(fields['example']);
  switch (type) {
    case 'HEADER': {
      if (text === null || lineOf(fields['format'], 40)?.toUpperCase() !== 'TEXT') return null;
      return { type, format: 'TEXT', text, examples: examplesFor(text, example['header_text']) };
    }
    case 'BODY':
      return text === null ? null : { type, text, examples: examplesFor(text, listOf(example['body_text'])[0]) };
    case 'FOOTER':
      return text === null ? null : { type, text };
    case 'BUTTONS': {
      const buttons = listOf(fields['buttons']).map((button) => buttonOf(fieldsOf(button)));
      return buttons.length > 0 && buttons.every((button) => button !== null) ? { type, buttons } : null;
    }
    default:
      return null;
  }
}

/** One for each variable. The first list of `body_text` is the one that was reviewed. */
function examplesFor(text: string, examples: unknown): string[] {
  const given = listOf(examples).map((example) => textOf(example) ?? '');
  return placeholdersOf(text).map((_, index) => given[index] ?? '');
}

function buttonOf(fields: Fields): Button | null {
  const type = lineOf(fields['type'], 40)?.toUpperCase();
  const text = textOf(fields['text']);
  if (text === null) return null;
  switch (type) {
    case 'QUICK_REPLY':
      return { type, text };
    case 'URL': {
      const url = textOf(fields['url']);
      const example = textOf(listOf(fields['example'])[0]) ?? textOf(fields['example']);
      return url === null ? null : { type, text, url, ...(example !== null && { example }) };
    }
    case 'PHONE_NUMBER': {
      const phoneNumber = textOf(fields['phone_number']);
      return phoneNumber === null ? null : { type, text, phoneNumber };
    }
    default:
      return null;
  }
}

/** The most telling name: `IMAGE` for a header with an image, `FLOW` for a button that opens a form. */
function otherName(type: string, fields: Fields): string {
  if (type === 'HEADER') return lineOf(fields['format'], 64)?.toUpperCase() ?? type;
  if (type !== 'BUTTONS') return type;
  const strange = listOf(fields['buttons']).find((button) => buttonOf(fieldsOf(button)) === null);
  return lineOf(fieldsOf(strange)['type'], 64)?.toUpperCase() ?? type;
}

function other(originalType: string): StoredComponent {
  return { type: 'OTHER', originalType };
}
