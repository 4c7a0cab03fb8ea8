import { expect, it } from 'vitest';
import type { StoredComponent } from '../../domain/hsm.ts';
import { withWords } from '../../domain/hsm-words.ts';
import { templateOf } from './parse/template.ts';
import { templateComponents } from './template-body.ts';

const apps = [{ packageName: 'br.cacau.loja', signatureHash: 'K8a0AINcGX7' }];
const read = (category: string, components: unknown) =>
  templateOf({ id: '7412', name: 'novo', language: 'pt_BR', category, status: 'APPROVED', components })?.components;
const attachmentId = (place: number) => `att_0000000000000000000000000${place}`;

const code: readonly StoredComponent[] = withWords(
  [
    { type: 'BODY', examples: [], securityRecommendation: true },
    { type: 'FOOTER', codeExpirationMinutes: 10 },
    {
      type: 'BUTTONS',
      buttons: [{ type: 'OTP', otpType: 'ZERO_TAP', autofillText: 'Preencher', apps, acceptsZeroTapTerms: true }],
    },
  ],
  'pt_BR',
);

it('asks Meta for its words in a template for a code, and names the apps that take it', () => {
  expect(templateComponents(code)).toEqual([
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 10 },
    {
      type: 'BUTTONS',
      buttons: [
        {
          type: 'OTP',
          otp_type: 'ZERO_TAP',
          text: 'Copiar código',
          autofill_text: 'Preencher',
          supported_apps: [{ package_name: 'br.cacau.loja', signature_hash: 'K8a0AINcGX7' }],
          zero_tap_terms_accepted: true,
        },
      ],
    },
  ]);
});

it('shows the words in the language of the template until those of Meta are here', () => {
  const bodyIn = (language: string) => withWords([{ type: 'BODY', examples: [] }], language)[0];
  expect(bodyIn('pt_BR')).toMatchObject({ text: '*{{1}}* é seu código de verificação.' });
  expect(bodyIn('es')).toMatchObject({ text: 'Tu código de verificación es *{{1}}*.' });
  expect(bodyIn('de')).toMatchObject({ text: '*{{1}}* is your verification code.' });
});

it('reads back what was chosen for a code, as far as Meta tells it', () => {
  const words = { type: 'BODY', text: '*{{1}}* é o seu código.', add_security_recommendation: true };
  const button = { type: 'OTP', text: 'Copiar', otp_type: 'one_tap', supported_apps: [{ package_name: 'a' }, 7] };
  expect(read('AUTHENTICATION', [words, { type: 'BUTTONS', buttons: [button] }])).toEqual([
    { type: 'BODY', text: '*{{1}}* é o seu código.', examples: [''], securityRecommendation: true },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copiar', otpType: 'ONE_TAP' }] },
  ]);
});

it('writes nothing of a code whose button Meta does not tell whole', () => {
  const unnamed: StoredComponent = { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copiar' }] };
  const withoutApps: StoredComponent = {
    type: 'BUTTONS',
    buttons: [{ type: 'OTP', text: 'Copiar', otpType: 'ONE_TAP' }],
  };
  expect(templateComponents([unnamed])).toBe(null);
  expect(templateComponents([withoutApps])).toBe(null);
});

it('writes an offer and a carousel, and reads them back', () => {
  const offer: readonly StoredComponent[] = [
    { type: 'OFFER', text: 'Só hoje', expires: true },
    { type: 'BODY', text: 'Trufas com desconto.', examples: [] },
  ];
  const written = templateComponents(offer);
  expect(written?.[0]).toEqual({
    type: 'LIMITED_TIME_OFFER',
    limited_time_offer: { text: 'Só hoje', has_expiration: true },
  });
  expect(read('MARKETING', written)).toEqual(offer);

  const card = (place: number) => ({
    format: 'IMAGE' as const,
    text: 'Trufa de {{1}} hoje',
    examples: ['caju'],
    buttons: [{ type: 'QUICK_REPLY' as const, text: 'Quero' }],
    ...(place > 0 && { attachmentId: attachmentId(place) }),
  });
  const handles = new Map([1, 2].map((place) => [attachmentId(place), `4::${place}`]));
  const cards = templateComponents([{ type: 'CAROUSEL', cards: [card(1), card(2)] }], handles);
  expect(cards).toEqual([
    {
      type: 'CAROUSEL',
      cards: ['4::1', '4::2'].map((handle) => ({
        components: [
          { type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } },
          { type: 'BODY', text: 'Trufa de {{1}} hoje', example: { body_text: [['caju']] } },
          { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }] },
        ],
      })),
    },
  ]);
  expect(read('MARKETING', cards), 'Meta gives no ids of ours back').toEqual([
    { type: 'CAROUSEL', cards: [card(0), card(0)] },
  ]);
  expect(templateComponents([{ type: 'CAROUSEL', cards: [card(1), card(0)] }], handles)).toBe(null);
});

it('writes a phone number without the blanks that people put in', () => {
  const call = { type: 'PHONE_NUMBER', text: 'Ligar', phoneNumber: '+55 (83) 3000-1000' } as const;
  expect(templateComponents([{ type: 'BUTTONS', buttons: [call] }])).toEqual([
    { type: 'BUTTONS', buttons: [{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+558330001000' }] },
  ]);
});
