import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { TemplateButton, TemplateComponent } from '../state/template.ts';
import { given } from './fields.ts';
import { missingField, templateRefusal } from './template-refusal.ts';

const kinds = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'];

/** Meta writes the words of these templates itself, in each language. */
const words = {
  en: {
    body: '*{{1}}* is your verification code.',
    safety: 'For your security, do not share this code.',
    footer: (minutes: number) => `This code expires in ${minutes} minutes.`,
    button: 'Copy code',
  },
  es: {
    body: 'Tu código de verificación es *{{1}}*.',
    safety: 'Por tu seguridad, no lo compartas.',
    footer: (minutes: number) => `Este código caduca en ${minutes} minutos.`,
    button: 'Copiar código',
  },
  pt: {
    body: '*{{1}}* é o seu código de verificação.',
    safety: 'Para a sua segurança, não o compartilhe.',
    footer: (minutes: number) => `Este código expira em ${minutes} minutos.`,
    button: 'Copiar código',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

function wordsIn(language: string): Words {
  const base = language.split('_')[0];
  return base === 'pt' || base === 'es' ? words[base] : words.en;
}

function checkApps(button: JsonObject): void {
  const apps: unknown = button.supported_apps ?? [button];
  if (!Array.isArray(apps) || apps.length === 0 || apps.length > 5) {
    throw templateRefusal('invalid', 'supported_apps must be a list of 1 to 5 apps.');
  }
  for (const app of apps) {
    if (!isObject(app) || typeof app.package_name !== 'string') throw missingField('BUTTONS', 'package_name');
    if (typeof app.signature_hash !== 'string') throw missingField('BUTTONS', 'signature_hash');
  }
}

function readButton(component: JsonObject, own: Words): TemplateButton {
  const { buttons } = component;
  if (!Array.isArray(buttons) || buttons.length !== 1) throw missingField('BUTTONS', 'buttons');
  const [button]: readonly unknown[] = buttons;
  if (!isObject(button)) throw missingField('BUTTONS', 'type');
  if (String(button.type).toUpperCase() !== 'OTP') {
    throw templateRefusal('invalid', 'The button of a template of category AUTHENTICATION is of type OTP.');
  }
  if (button.otp_type === undefined) throw missingField('BUTTONS', 'otp_type');
  const kind = String(button.otp_type).toUpperCase();
  if (!kinds.includes(kind)) {
    throw templateRefusal(
      'invalid',
      `otp_type must be one of {${kinds.join(', ')}} - got "${String(button.otp_type)}".`,
    );
  }
  if (kind !== 'COPY_CODE') checkApps(button);
  if (kind === 'ZERO_TAP' && button.zero_tap_terms_accepted !== true) {
    throw templateRefusal('invalid', 'zero_tap_terms_accepted must be true.');
  }
  for (const key of ['text', 'autofill_text']) {
    const label = button[key];
    if (label === undefined) continue;
    if (typeof label !== 'string') throw templateRefusal('invalid', `${key} must be a string.`);
    if ([...label].length > 25) throw templateRefusal('tooLong', `${key} can have at most 25 characters.`);
  }
  return {
    type: 'OTP',
    text: typeof button.text === 'string' ? button.text : own.button,
    otp_type: kind,
    url: `https://www.whatsapp.com/otp/code/?otp_type=${kind}&code=otp{{1}}`,
    example: [`https://www.whatsapp.com/otp/code/?otp_type=${kind}&code=otp123456`],
  };
}

/** The components of an authentication template: fixed words, a footer with the minutes, and one OTP button. */
export function readAuthentication(raw: readonly unknown[], language: string): readonly TemplateComponent[] {
  const own = wordsIn(language);
  const read = raw.map((component): TemplateComponent => {
    if (!isObject(component) || typeof component.type !== 'string') {
      throw templateRefusal('missing', 'every component needs a type');
    }
    const type = component.type.toUpperCase();
    if (component.text !== undefined) {
      throw templateRefusal('invalid', 'Meta writes the text of templates of category AUTHENTICATION itself.');
    }
    switch (type) {
      case 'BODY': {
        const safe = component.add_security_recommendation;
        if (safe !== undefined && typeof safe !== 'boolean') {
          throw templateRefusal('invalid', 'add_security_recommendation must be true or false.');
        }
        const text = safe === true ? `${own.body} ${own.safety}` : own.body;
        return {
          type,
          text,
          example: { body_text: [['123456']] },
          ...given('add_security_recommendation', safe),
        };
      }
      case 'FOOTER': {
        const minutes = component.code_expiration_minutes;
        if (minutes === undefined) throw missingField('FOOTER', 'code_expiration_minutes');
        if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > 90) {
          throw templateRefusal('invalid', 'code_expiration_minutes must be between 1 and 90.');
        }
        return { type, text: own.footer(minutes), code_expiration_minutes: minutes };
      }
      case 'BUTTONS':
        return { type, buttons: [readButton(component, own)] };
      default:
        throw templateRefusal(
          'invalid',
          `Templates of category AUTHENTICATION cannot have components of type ${type}.`,
        );
    }
  });
  if (!read.some((each) => each.type === 'BUTTONS')) {
    throw templateRefusal('missing', 'component of type BUTTONS is missing');
  }
  return read;
}
