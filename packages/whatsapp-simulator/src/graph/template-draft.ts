import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { TemplateCategory, TemplateComponent } from '../state/template.ts';
import { readAuthentication } from './template-authentication.ts';
import { readButtons } from './template-buttons.ts';
import { templateRefusal } from './template-refusal.ts';
import { checkOffer, readCarousel, readOffer } from './template-special.ts';
import { readBody, readFooter, readHeader } from './template-texts.ts';
import type { TemplateRules } from './template-texts.ts';

const categories = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;

/** Seconds an undelivered message may live; -1 is 30 days. */
const lifetimes: Readonly<Record<TemplateCategory, { readonly min: number; readonly max: number }>> = {
  AUTHENTICATION: { min: 30, max: 900 },
  UTILITY: { min: 30, max: 43_200 },
  MARKETING: { min: 43_200, max: 2_592_000 },
};

function required(name: string): never {
  throw templateRefusal('invalid', `The parameter ${name} is required.`);
}

export function readName(value: unknown): string {
  if (value === undefined || value === null) required('name');
  if (typeof value !== 'string' || !/^[a-z0-9_]{1,512}$/.test(value)) {
    throw templateRefusal('invalid', 'name: only lower-case letters, digits and underscores, at most 512.');
  }
  return value;
}

export function readLanguage(value: unknown): string {
  if (value === undefined || value === null) required('language');
  if (typeof value !== 'string' || !/^[a-z]{2,3}(?:_[A-Z]{2,3})?$/.test(value)) {
    throw templateRefusal('invalid', `language: ${String(value)} is not a supported code, such as pt_BR.`);
  }
  return value;
}

export function readCategory(value: unknown): TemplateCategory {
  if (value === undefined || value === null) required('category');
  const known = categories.find((each) => each === String(value).toUpperCase());
  if (!known) {
    throw templateRefusal('invalid', `category must be one of {${categories.join(', ')}} - got "${String(value)}".`);
  }
  return known;
}

export function readFormat(value: unknown): 'NAMED' | 'POSITIONAL' {
  if (value === undefined || value === null) return 'POSITIONAL';
  const format = String(value).toUpperCase();
  if (format === 'NAMED' || format === 'POSITIONAL') return format;
  throw templateRefusal('invalid', `parameter_format must be one of {NAMED, POSITIONAL} - got "${String(value)}".`);
}

export function readLifetime(value: unknown, category: TemplateCategory): number | undefined {
  if (value === undefined || value === null) return undefined;
  const { min, max } = lifetimes[category];
  const seconds = Number(value);
  const forever = seconds === -1 && category !== 'MARKETING';
  if (!forever && (!Number.isInteger(seconds) || seconds < min || seconds > max)) {
    throw templateRefusal('invalid', `message_send_ttl_seconds must be between ${min} and ${max} for ${category}.`);
  }
  return seconds;
}

function readComponent(component: unknown, rules: TemplateRules): TemplateComponent {
  if (!isObject(component) || typeof component.type !== 'string') {
    throw templateRefusal('missing', 'every component needs a type');
  }
  const type = component.type.toUpperCase();
  switch (type) {
    case 'HEADER':
      return readHeader(component, rules);
    case 'BODY':
      return readBody(component, rules);
    case 'FOOTER':
      return readFooter(component);
    case 'BUTTONS':
      return readButtons(component);
    case 'LIMITED_TIME_OFFER':
      return readOffer(component, rules);
    case 'CAROUSEL':
      return readCarousel(component, rules);
    case 'CALL_PERMISSION_REQUEST':
      return { type };
    default:
      throw templateRefusal('invalid', `Components of type ${type} are not known.`);
  }
}

const order: readonly TemplateComponent['type'][] = [
  'HEADER',
  'LIMITED_TIME_OFFER',
  'BODY',
  'FOOTER',
  'BUTTONS',
  'CAROUSEL',
  'CALL_PERMISSION_REQUEST',
];

const offerBodyMax = 600;

function hasOffer(raw: readonly unknown[]): boolean {
  return raw.some((each) => isObject(each) && String(each.type).toUpperCase() === 'LIMITED_TIME_OFFER');
}

/** All components, in Meta's own order and case whatever the order in which they came. */
export function readComponents(
  body: JsonObject,
  rules: TemplateRules & { readonly language: string },
): readonly TemplateComponent[] {
  const { components: raw } = body;
  if (raw === undefined || raw === null) required('components');
  if (!Array.isArray(raw)) throw templateRefusal('invalid', 'components must be an array.');
  const own = hasOffer(raw) ? { ...rules, bodyMax: offerBodyMax } : rules;
  const read =
    rules.category === 'AUTHENTICATION'
      ? [...readAuthentication(raw, rules.language)]
      : raw.map((component) => readComponent(component, own));
  for (const type of order) {
    if (read.filter((each) => each.type === type).length > 1) {
      throw templateRefusal('invalid', `A template can have one component of type ${type}.`);
    }
  }
  if (!read.some((each) => each.type === 'BODY')) throw templateRefusal('missing', 'component of type BODY is missing');
  checkOffer(read);
  return Object.freeze(read.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type)));
}
