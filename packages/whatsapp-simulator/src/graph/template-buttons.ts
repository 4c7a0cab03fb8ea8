import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { variablesOf } from '../state/template.ts';
import type { TemplateButton, TemplateButtonType, TemplateComponent } from '../state/template.ts';
import { given } from './fields.ts';
import { missingField, templateRefusal } from './template-refusal.ts';

const textMax = 25;
const urlMax = 2000;
const phoneMax = 20;
const codeMax = 20;

/** How many of a kind one template may have. */
const most: Readonly<Partial<Record<string, number>>> = {
  CATALOG: 1,
  COPY_CODE: 1,
  FLOW: 1,
  MPM: 1,
  ORDER_DETAILS: 1,
  OTP: 1,
  PHONE_NUMBER: 1,
  QUICK_REPLY: 10,
  REQUEST_CONTACT_INFO: 1,
  SPM: 1,
  URL: 2,
  VOICE_CALL: 1,
};

/** Buttons that have words and no more; for some, Meta's own words when none are given. */
const plain: Readonly<Partial<Record<string, string>>> = {
  CATALOG: '',
  MPM: '',
  ORDER_DETAILS: 'Conferir e pagar',
  REQUEST_CONTACT_INFO: 'Compartilhar contato',
  SPM: '',
  VOICE_CALL: '',
};

function refuse(message: string): never {
  throw templateRefusal('invalid', message);
}

function readLabel(button: JsonObject): string {
  const { text } = button;
  if (typeof text !== 'string' || text.trim() === '') throw missingField('BUTTONS', 'text');
  if ([...text].length > textMax) {
    throw templateRefusal('tooLong', `The text of a button can have at most ${textMax} characters.`);
  }
  if (/\{\{|[\n\r]/.test(text)) refuse("The text of a button can't have variables or new lines.");
  return text;
}

function readUrl(button: JsonObject): Pick<TemplateButton, 'example' | 'url'> {
  const { url, example } = button;
  if (typeof url !== 'string' || url === '') throw missingField('BUTTONS', 'url');
  if (url.length > urlMax) throw templateRefusal('tooLong', `A URL can have at most ${urlMax} characters.`);
  const names = variablesOf(url);
  const fixed = url.replace(/\{\{\s*[a-z0-9_]+\s*\}\}$/, '');
  if (/\{\{|\}\}/.test(fixed)) refuse('A URL can have one variable, at its end.');
  if (!/^https?:\/\//i.test(fixed) || !URL.canParse(fixed)) refuse('A URL must be a valid http or https address.');
  if (names.length === 0) return { url };
  const samples: readonly unknown[] = Array.isArray(example) ? example : [example];
  if (typeof samples[0] !== 'string' || samples[0] === '') throw missingField('BUTTONS', 'example');
  return { url, example: samples };
}

/** Where a deep link leads; kept as it came. */
function readDeepLink(button: JsonObject): JsonObject | undefined {
  const link = button.app_deep_link;
  if (link === undefined) return undefined;
  if (!isObject(link) || link.meta_app_id === undefined || typeof link.android_deep_link !== 'string') {
    throw missingField('BUTTONS', 'app_deep_link');
  }
  return link;
}

function readFlow(button: JsonObject): TemplateButton {
  const ids = ['flow_id', 'flow_name', 'flow_json'].filter((key) => button[key] !== undefined);
  if (ids.length === 0) throw missingField('BUTTONS', 'flow_id');
  if (ids.length > 1) refuse('A flow is named by one of flow_id, flow_name and flow_json.');
  const step = button.flow_action === undefined ? undefined : String(button.flow_action).toLowerCase();
  if (step !== undefined && step !== 'navigate' && step !== 'data_exchange') {
    refuse('flow_action must be one of {NAVIGATE, DATA_EXCHANGE}.');
  }
  if (step === 'navigate' && button.flow_json === undefined && typeof button.navigate_screen !== 'string') {
    throw missingField('BUTTONS', 'navigate_screen');
  }
  const id = button.flow_id ?? button.flow_name ?? 'flow_json';
  return { type: 'FLOW', text: readLabel(button), flow_id: String(id) };
}

function readButton(button: unknown): TemplateButton {
  if (!isObject(button) || typeof button.type !== 'string') throw missingField('BUTTONS', 'type');
  const type = button.type.toUpperCase();
  switch (type) {
    case 'QUICK_REPLY':
      return { type, text: readLabel(button) };
    case 'URL':
      return { type, text: readLabel(button), ...readUrl(button), ...given('app_deep_link', readDeepLink(button)) };
    case 'PHONE_NUMBER': {
      const phone = button.phone_number;
      if (typeof phone !== 'string' || phone === '') throw missingField('BUTTONS', 'phone_number');
      if (phone.length > phoneMax || !/^\+?\d{7,}$/.test(phone)) {
        refuse(`A phone number has digits only, at most ${phoneMax} characters.`);
      }
      return { type, text: readLabel(button), phone_number: phone };
    }
    case 'COPY_CODE': {
      const sample: unknown = Array.isArray(button.example) ? button.example[0] : button.example;
      if (typeof sample !== 'string' || sample === '') throw missingField('BUTTONS', 'example');
      if (sample.length > codeMax) throw templateRefusal('tooLong', `A code can have at most ${codeMax} characters.`);
      return { type, text: 'Copiar código', example: [sample] };
    }
    case 'FLOW':
      return readFlow(button);
    case 'OTP':
      return refuse('Buttons of type OTP are for templates of category AUTHENTICATION.');
    default: {
      const usual = plain[type];
      if (usual === undefined) return refuse(`Buttons of type ${type} are not known.`);
      const text = button.text === undefined && usual !== '' ? usual : readLabel(button);
      return { type: type as TemplateButtonType, text };
    }
  }
}

/** `BUTTONS`: ten at most (two on a card), few of each kind, quick replies side by side. */
export function readButtons(
  component: JsonObject,
  count = 10,
): Extract<TemplateComponent, { readonly type: 'BUTTONS' }> {
  const { buttons: raw } = component;
  if (!Array.isArray(raw) || raw.length === 0) throw missingField('BUTTONS', 'buttons');
  if (raw.length > count) refuse(`There can be at most ${count} buttons.`);
  const buttons = raw.map(readButton);
  for (const [type, max] of Object.entries(most)) {
    const count = buttons.filter((each) => each.type === type).length;
    if (max !== undefined && count > max) refuse(`A template can have at most ${max} buttons of type ${type}.`);
  }
  const order = buttons.map((each) => (each.type === 'QUICK_REPLY' ? 'q' : 'o')).join('');
  if (!/^(?:q*o*|o*q*)$/.test(order)) {
    refuse('Quick replies must be grouped together, before or after the other buttons.');
  }
  if (new Set(buttons.map((each) => each.text)).size < buttons.length) refuse('Buttons must have different texts.');
  return { type: 'BUTTONS', buttons };
}
