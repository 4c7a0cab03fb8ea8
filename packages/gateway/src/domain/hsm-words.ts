import type { TemplateComponent } from '@prosa/core/contract';
import type { StoredComponent } from './hsm.ts';

interface Words {
  readonly code: string;
  readonly safety: string;
  readonly expires: (minutes: number) => string;
  readonly copy: string;
}

/**
 * What Meta writes in templates for codes, in the languages of the desk (Meta, "Authentication templates"). It is shown
 * until the list of Meta brings its own words, which other languages have to wait for.
 */
const wordsByLanguage: Readonly<Record<'pt' | 'es' | 'en', Words>> = {
  pt: {
    code: '*{{1}}* é seu código de verificação.',
    safety: 'Para sua segurança, não o compartilhe.',
    expires: (minutes) => `Este código expira em ${minutes} minutos.`,
    copy: 'Copiar código',
  },
  es: {
    code: 'Tu código de verificación es *{{1}}*.',
    safety: 'Por tu seguridad, no lo compartas.',
    expires: (minutes) => `Este código caduca en ${minutes} minutos.`,
    copy: 'Copiar código',
  },
  en: {
    code: '*{{1}}* is your verification code.',
    safety: 'For your security, do not share this code.',
    expires: (minutes) => `This code expires in ${minutes} minutes.`,
    copy: 'Copy code',
  },
};

/** Components as they are kept, once nothing is wrong with them: Meta's words are put in where Meta writes them. */
export function withWords(components: readonly TemplateComponent[], language: string): readonly StoredComponent[] {
  const base = language.split('_')[0];
  const words = wordsByLanguage[base === 'pt' || base === 'es' ? base : 'en'];
  return components.map((component): StoredComponent => {
    switch (component.type) {
      case 'BODY': {
        const { text, examples, securityRecommendation } = component;
        if (text !== undefined) return { type: 'BODY', text, examples };
        return {
          type: 'BODY',
          text: securityRecommendation === true ? `${words.code} ${words.safety}` : words.code,
          examples: ['123456'],
          securityRecommendation: securityRecommendation ?? false,
        };
      }
      case 'FOOTER': {
        const { text, codeExpirationMinutes } = component;
        if (codeExpirationMinutes === undefined) return { type: 'FOOTER', text: text ?? '' };
        return { type: 'FOOTER', text: words.expires(codeExpirationMinutes), codeExpirationMinutes };
      }
      case 'BUTTONS':
        return {
          type: 'BUTTONS',
          buttons: component.buttons.map((button) =>
            button.type === 'OTP'
              ? { ...button, otpType: button.otpType ?? 'COPY_CODE', text: button.text ?? words.copy }
              : button,
          ),
        };
      default:
        return component;
    }
  });
}
