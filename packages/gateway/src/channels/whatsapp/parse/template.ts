import { codeButtonKinds, templateHeaderFormats, type TemplateStatus } from '@prosa/core/contract';
import {
  componentOf as partOf,
  placeholdersOf,
  type StoredButton,
  type StoredComponent,
  type TemplateCard,
} from '../../../domain/hsm.ts';
import type { ProviderTemplate } from '../../channel.ts';
import { fieldsOf, idOf, lineOf, listOf, textOf, type Fields } from './fields.ts';
import { categoryOf, languageOf, qualityOf, statusOfEvent, warningOf } from './template-fields.ts';

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
  return {
    providerId,
    name,
    language,
    category,
    status,
    reason: reasonOf(status, fields),
    quality: qualityOf(fieldsOf(fields['quality_score'])['score']),
    previousCategory: categoryOf(fields['previous_category']),
    components: listOf(fields['components']).map((component) => componentOf(fieldsOf(component))),
  };
}

/** One that may be sent can be warned of nonetheless: then its status is the warning. */
function reasonOf(status: TemplateStatus, fields: Fields): string | null {
  if (status === 'submitted') return null;
  return status === 'approved' ? warningOf(fields['status']) : rejectionOf(fields);
}

function rejectionOf(fields: Fields): string | null {
  const reason = lineOf(fields['rejected_reason'], 300);
  return reason === 'NONE' ? null : reason;
}

function componentOf(fields: Fields): StoredComponent {
  const type = typeOf(fields);
  return knownComponent(type, fields) ?? other(otherName(type, fields));
}

function knownComponent(type: string, fields: Fields): StoredComponent | null {
  const text = textOf(fields['text']);
  switch (type) {
    case 'HEADER':
      return headerOf(fields, text);
    case 'BODY':
      return bodyOf(fields, text);
    case 'FOOTER': {
      const minutes = fields['code_expiration_minutes'];
      const code = typeof minutes === 'number' && Number.isInteger(minutes) && { codeExpirationMinutes: minutes };
      return text === null ? null : { type, text, ...code };
    }
    case 'BUTTONS': {
      const buttons = buttonsOf(fields);
      return buttons === null ? null : { type, buttons };
    }
    case 'LIMITED_TIME_OFFER': {
      const offer = fieldsOf(fields['limited_time_offer']);
      const words = textOf(offer['text']);
      return words === null ? null : { type: 'OFFER', text: words, expires: offer['has_expiration'] === true };
    }
    case 'CAROUSEL': {
      const cards = listOf(fields['cards']).map((card) => cardOf(fieldsOf(card)));
      return cards.length > 0 && cards.every((card) => card !== null) ? { type, cards } : null;
    }
    default:
      return null;
  }
}

function headerOf(fields: Fields, text: string | null): StoredComponent | null {
  const type = 'HEADER';
  const wanted = lineOf(fields['format'], 40)?.toUpperCase();
  const format = templateHeaderFormats.find((known) => known === wanted);
  if (format === undefined) return null;
  if (format !== 'TEXT') return { type, format, examples: [] };
  if (text === null) return null;
  const example = fieldsOf(fields['example']);
  const named = namedExamples(example['header_text_named_params']);
  return { type, format, text, examples: examplesFor(text, example['header_text'], named) };
}

function bodyOf(fields: Fields, text: string | null): StoredComponent | null {
  if (text === null) return null;
  const safe = fields['add_security_recommendation'];
  const examples = bodyExamples(text, fieldsOf(fields['example']));
  return { type: 'BODY', text, examples, ...(typeof safe === 'boolean' && { securityRecommendation: safe }) };
}

/** One for each variable. The first list of `body_text` is the one that was reviewed. */
function bodyExamples(text: string, example: Fields): string[] {
  return examplesFor(text, listOf(example['body_text'])[0], namedExamples(example['body_text_named_params']));
}

function namedExamples(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    listOf(value).map((item) => {
      const { param_name: name, example } = fieldsOf(item);
      return [textOf(name) ?? '', textOf(example) ?? ''];
    }),
  );
}

function examplesFor(text: string, examples: unknown, named: ReadonlyMap<string, string>): string[] {
  const given = listOf(examples).map((example) => textOf(example) ?? '');
  return placeholdersOf(text).map((name, index) => named.get(name) ?? given[index] ?? '');
}

/** A card without a picture or video shows a product: those are sent from a catalogue. */
function cardOf(fields: Fields): TemplateCard | null {
  const parts = listOf(fields['components']).map((part) => knownComponent(typeOf(fieldsOf(part)), fieldsOf(part)));
  if (parts.some((part) => part === null)) return null;
  const components = parts.filter((part) => part !== null);
  const format = partOf(components, 'HEADER')?.format;
  const body = partOf(components, 'BODY');
  const buttons = partOf(components, 'BUTTONS')?.buttons ?? [];
  if (format !== 'IMAGE' && format !== 'VIDEO') return null;
  const known = buttons.filter((button) => button.type !== 'OTP');
  if (known.length !== buttons.length) return null;
  return { format, text: body?.text ?? null, examples: [...(body?.examples ?? [])], buttons: known };
}

function buttonsOf(fields: Fields): StoredButton[] | null {
  const buttons = listOf(fields['buttons']).map((button) => buttonOf(fieldsOf(button)));
  return buttons.length > 0 && buttons.every((button) => button !== null) ? buttons : null;
}

function buttonOf(fields: Fields): StoredButton | null {
  const type = lineOf(fields['type'], 40)?.toUpperCase();
  const text = textOf(fields['text']);
  // The text of these is WhatsApp's own, and may be absent.
  if (type === 'OTP') return codeButtonOf(fields, text);
  if (type === 'COPY_CODE') {
    const example = textOf(listOf(fields['example'])[0]) ?? textOf(fields['example']) ?? '';
    return { type, text: text ?? 'Copiar código', example };
  }
  if (text === null) return null;
  switch (type) {
    case 'QUICK_REPLY':
      return { type, text };
    case 'URL': {
      const url = textOf(fields['url']);
      if (url === null) return null;
      // So Meta gives the button of a code back.
      if (url.startsWith('https://www.whatsapp.com/otp/')) return codeButtonOf(fields, text, url);
      const example = textOf(listOf(fields['example'])[0]) ?? textOf(fields['example']);
      return { type, text, url, ...(example !== null && { example }) };
    }
    case 'PHONE_NUMBER': {
      const phoneNumber = textOf(fields['phone_number']);
      return phoneNumber === null ? null : { type, text, phoneNumber };
    }
    case 'FLOW': {
      const action =
        lineOf(fields['flow_action'], 40)?.toLowerCase() === 'data_exchange' ? 'data_exchange' : 'navigate';
      const screen = lineOf(fields['navigate_screen'], 200);
      return { type, text, flowId: idOf(fields['flow_id']) ?? '', action, ...(screen !== null && { screen }) };
    }
    default:
      return null;
  }
}

/** The button of a code; its kind may stand in the address only. */
function codeButtonOf(fields: Fields, text: string | null, url = ''): StoredButton {
  const named = lineOf(fields['otp_type'], 40) ?? /[?&]otp_type=(\w{1,40})/.exec(url)?.[1];
  const otpType = codeButtonKinds.find((kind) => kind === named?.toUpperCase());
  const autofillText = lineOf(fields['autofill_text'], 200);
  const apps = listOf(fields['supported_apps']).flatMap((app) => {
    const { package_name: name, signature_hash: hash } = fieldsOf(app);
    const packageName = lineOf(name, 224);
    const signatureHash = lineOf(hash, 40);
    return packageName === null || signatureHash === null ? [] : [{ packageName, signatureHash }];
  });
  return {
    type: 'OTP',
    text: text ?? 'Copiar código',
    ...(otpType !== undefined && { otpType }),
    ...(autofillText !== null && { autofillText }),
    ...(apps.length > 0 && { apps }),
    ...(fields['zero_tap_terms_accepted'] === true && { acceptsZeroTapTerms: true }),
  };
}

function typeOf(fields: Fields): string {
  return lineOf(fields['type'], 64)?.toUpperCase() ?? 'UNKNOWN';
}

/** The most telling name: `PRODUCT` for a header with a product, `CATALOG` for a button that opens the catalogue. */
function otherName(type: string, fields: Fields): string {
  if (type === 'HEADER') return lineOf(fields['format'], 64)?.toUpperCase() ?? type;
  if (type !== 'BUTTONS') return type;
  const strange = listOf(fields['buttons']).find((button) => buttonOf(fieldsOf(button)) === null);
  return lineOf(fieldsOf(strange)['type'], 64)?.toUpperCase() ?? type;
}

function other(originalType: string): StoredComponent {
  return { type: 'OTHER', originalType };
}
