import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { TemplateCardComponent, TemplateComponent } from '../state/template.ts';
import { given } from './fields.ts';
import { readButtons } from './template-buttons.ts';
import { missingField, templateRefusal } from './template-refusal.ts';
import { readBody, readHeader } from './template-texts.ts';
import type { TemplateRules } from './template-texts.ts';

type Component<T extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: T }>;

const offerTextMax = 16;
const cardBodyMax = 160;

/** `LIMITED_TIME_OFFER`: marketing only. */
export function readOffer(component: JsonObject, rules: TemplateRules): Component<'LIMITED_TIME_OFFER'> {
  if (rules.category !== 'MARKETING') {
    throw templateRefusal('invalid', 'A limited-time offer is for templates of category MARKETING.');
  }
  const offer = component.limited_time_offer;
  if (!isObject(offer)) throw missingField('LIMITED_TIME_OFFER', 'limited_time_offer');
  const { text, has_expiration: expires } = offer;
  if (typeof text !== 'string' || text.trim() === '') throw missingField('LIMITED_TIME_OFFER', 'text');
  if ([...text].length > offerTextMax) {
    throw templateRefusal('tooLong', `The text of an offer can have at most ${offerTextMax} characters.`);
  }
  if (expires !== undefined && typeof expires !== 'boolean') {
    throw templateRefusal('invalid', 'has_expiration must be true or false.');
  }
  return { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text, ...given('has_expiration', expires) } };
}

function readCardPart(component: unknown, rules: TemplateRules): TemplateCardComponent {
  if (!isObject(component) || typeof component.type !== 'string') throw missingField('CAROUSEL', 'type');
  const type = component.type.toUpperCase();
  if (type === 'HEADER') {
    const header = readHeader(component, rules);
    if (!['IMAGE', 'VIDEO', 'PRODUCT'].includes(header.format)) {
      throw templateRefusal('headerFormat', 'The header of a card is an image, a video or a product.');
    }
    return header;
  }
  if (type === 'BODY') return readBody(component, { ...rules, bodyMax: cardBodyMax });
  if (type === 'BUTTONS') return readButtons(component, 2);
  throw templateRefusal('invalid', `A card cannot have components of type ${type}.`);
}

function shapeOf(components: readonly TemplateCardComponent[]): string {
  return components
    .map((each) => {
      if (each.type === 'HEADER') return each.format;
      return each.type === 'BUTTONS' ? each.buttons.map((button) => button.type).join('+') : each.type;
    })
    .join(' ');
}

/** `CAROUSEL`: two to ten cards, all made of the same components. */
export function readCarousel(component: JsonObject, rules: TemplateRules): Component<'CAROUSEL'> {
  const { cards: raw } = component;
  if (!Array.isArray(raw)) throw missingField('CAROUSEL', 'cards');
  if (raw.length < 2 || raw.length > 10) throw templateRefusal('invalid', 'A carousel has 2 to 10 cards.');
  const cards = raw.map((card: unknown) => {
    if (!isObject(card) || !Array.isArray(card.components)) throw missingField('CAROUSEL', 'components');
    const components = card.components.map((each) => readCardPart(each, rules));
    if (!components.some((each) => each.type === 'HEADER')) throw missingField('CAROUSEL', 'HEADER');
    return { components };
  });
  if (new Set(cards.map((card) => shapeOf(card.components))).size > 1) {
    throw templateRefusal('invalid', 'All cards must have the same components.');
  }
  return { type: 'CAROUSEL', cards };
}

/** What an offer asks of the rest of its template. */
export function checkOffer(components: readonly TemplateComponent[]): void {
  if (!components.some((each) => each.type === 'LIMITED_TIME_OFFER')) return;
  if (components.some((each) => each.type === 'FOOTER')) {
    throw templateRefusal('footerFormat', "A template with a limited-time offer can't have a footer.");
  }
  for (const each of components) {
    if (each.type === 'HEADER' && each.format !== 'IMAGE' && each.format !== 'VIDEO') {
      throw templateRefusal('headerFormat', 'The header of a limited-time offer is an image or a video.');
    }
    if (each.type !== 'BUTTONS') continue;
    const code = each.buttons.find((button) => button.type === 'COPY_CODE')?.example;
    const [sample]: readonly unknown[] = Array.isArray(code) ? code : [];
    if (typeof sample === 'string' && sample.length > 15) {
      throw templateRefusal('tooLong', 'The code of a limited-time offer can have at most 15 characters.');
    }
  }
}
