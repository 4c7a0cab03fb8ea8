import type { JsonObject } from '../json.ts';
import type { Billing } from '../state/message.ts';
import type { RichCard, RichContent } from '../state/rich-content.ts';
import { componentOf, findTemplate } from '../state/template.ts';
import type { Template, TemplateComponent } from '../state/template.ts';
import type { Draft, LinkedFile, Reading } from './draft.ts';
import { given, requireObject, requireObjects, requireText } from './fields.ts';
import { GraphRefusal, invalidParameter, missingParameter } from './refusal.ts';
import { linkedCard, linkedHeader } from './rich-header.ts';
import { hydrate, parametersOf } from './template-parameters.ts';
import { readTemplateButtons } from './template-send-buttons.ts';
import { readTemplateHeader } from './template-send-header.ts';

const sendable = ['body', 'button', 'carousel', 'header', 'limited_time_offer', 'tap_target_configuration'];
const oneTimeCodeMax = 15;
const cardBodyMax = 160;

function requireTemplate(reading: Reading, name: string, language: string): Template {
  const { context, number } = reading;
  const found = findTemplate(context.state.templates.values(), number.wabaId, name, language);
  if (!found || found.status === 'DELETED') {
    throw new GraphRefusal(132001, { details: `template name (${name}) does not exist in ${language}` });
  }
  if (found.status === 'PAUSED') throw new GraphRefusal(132015);
  if (found.status === 'DISABLED') throw new GraphRefusal(132016);
  if (found.status !== 'APPROVED') {
    throw new GraphRefusal(132001, { details: `template name (${name}) is not approved in ${language}` });
  }
  return found;
}

interface Components {
  readonly one: (type: string) => JsonObject | undefined;
  readonly buttons: readonly JsonObject[];
}

/** `components` by type, in whatever case: Meta's examples mix them. */
function componentsIn(parent: JsonObject, path: string): Components {
  const sent = parent.components === undefined ? [] : requireObjects(parent, 'components', path);
  const typed = sent.map((component, index) => {
    if (typeof component.type !== 'string') throw invalidParameter(`Param ${path}[${index}]['type'] is required.`);
    const type = component.type.toLowerCase();
    if (!sendable.includes(type)) {
      const known = sendable.map((each) => each.toUpperCase()).join(', ');
      throw invalidParameter(`Param ${path}[${index}]['type'] must be one of {${known}} - got "${component.type}".`);
    }
    return { type, component };
  });
  const ofType = (type: string): readonly JsonObject[] =>
    typed.filter((each) => each.type === type).map((each) => each.component);
  for (const type of sendable.filter((each) => each !== 'button')) {
    if (ofType(type).length > 1) throw new GraphRefusal(132018, { details: `${type}: given twice` });
  }
  return { one: (type) => ofType(type)[0], buttons: ofType('button') };
}

function readOffer(template: Template, sent: JsonObject | undefined): RichContent['offer'] {
  const offer = componentOf(template.components, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  if (!offer) {
    if (sent) throw new GraphRefusal(132018, { details: 'limited_time_offer: the template has no such component' });
    return undefined;
  }
  if (offer.has_expiration !== true) return { text: offer.text };
  const [parameter] = parametersOf(sent);
  if (!parameter) throw missingParameter('limited_time_offer: expiration_time_ms is mandatory');
  const value = requireObject(parameter, 'limited_time_offer').expiration_time_ms;
  if (value === undefined) throw missingParameter('limited_time_offer: expiration_time_ms is mandatory');
  // Described as a moment; Meta's own sample is a length of time. Both are positive.
  if (typeof value !== 'number' || !Number.isInteger(value) || value <= 0) {
    throw invalidParameter('Param expiration_time_ms must be a positive integer.');
  }
  return { text: offer.text, endsAt: value };
}

type CardsDraft = Pick<Draft, 'failure'> & {
  readonly cards?: readonly RichCard[];
  readonly linked: readonly LinkedFile[];
};

function readCards(reading: Reading, template: Template, sent: JsonObject | undefined): CardsDraft {
  const carousel = componentOf(template.components, 'CAROUSEL');
  if (!carousel) {
    if (sent) throw new GraphRefusal(132018, { details: 'carousel: the template has no carousel' });
    return { linked: [] };
  }
  if (!sent) throw new GraphRefusal(132000, { details: 'carousel: the cards are missing' });
  const given_ = requireObjects(sent, 'cards', "carousel['cards']");
  if (given_.length !== carousel.cards.length) {
    throw new GraphRefusal(132000, {
      details: `carousel: number of cards (${given_.length}) does not match the expected number (${carousel.cards.length})`,
    });
  }
  const read = carousel.cards.map((card, index) => {
    const own = given_.find((each) => Number(each.card_index) === index);
    if (!own) throw missingParameter(`carousel: there is no card with card_index ${index}`);
    const parts = componentsIn(own, `cards[${index}]['components']`);
    const header = readTemplateHeader(reading, template, componentOf(card.components, 'HEADER'), parts.one('header'));
    const text = componentOf(card.components, 'BODY')?.text;
    const body =
      text === undefined ? undefined : hydrate(template, 'body', text, parametersOf(parts.one('body')), cardBodyMax);
    const { buttons } = readTemplateButtons(componentOf(card.components, 'BUTTONS')?.buttons ?? [], parts.buttons);
    return {
      card: { buttons, ...given('header', header.header), ...given('body', body) },
      linked: linkedCard(header, index),
      failure: header.failure,
    };
  });
  return {
    cards: read.map((each) => each.card),
    linked: read.flatMap((each) => each.linked),
    failure: read.find((each) => each.failure)?.failure,
  };
}

function checkTapTarget(sent: JsonObject | undefined): void {
  for (const parameter of parametersOf(sent)) {
    for (const target of requireObjects(parameter, 'tap_target_configuration')) {
      if (target.url === undefined) throw missingParameter("Parameter 'tap_target_configuration['url']' is mandatory");
      requireText(target, 'title', { max: 256, name: "tap_target_configuration['title']" });
      if (typeof target.url !== 'string' || !/^https?:\/\//i.test(target.url)) {
        throw invalidParameter("Param tap_target_configuration['url'] must be a valid URL.");
      }
    }
  }
}

function checkCode(template: Template, sent: JsonObject | undefined): void {
  if (template.category !== 'AUTHENTICATION') return;
  const code = parametersOf(sent)[0]?.text;
  if (typeof code === 'string' && code.length > oneTimeCodeMax) {
    throw new GraphRefusal(132018, { details: `body: a one-time code must be at most ${oneTimeCodeMax} characters` });
  }
}

function specialButtons(components: readonly TemplateComponent[]): RichContent['buttons'] {
  if (!componentOf(components, 'CALL_PERMISSION_REQUEST')) return [];
  return [{ kind: 'call', title: 'Permitir ligações', value: 'call_permission_request' }];
}

/** Template messages go out at any time; what they cost follows the template's category. */
export function readTemplate(reading: Reading, message: JsonObject): Draft {
  const sent = requireObject(message, 'template');
  const name = requireText(sent, 'name', { max: 512, name: "template['name']" });
  const language = requireObject(sent, 'language', "template['language']");
  const code = requireText(language, 'code', { max: 100, name: "template['language']['code']" });
  if (language.policy !== undefined && language.policy !== 'deterministic') {
    throw invalidParameter("Param template['language']['policy'] must be one of {DETERMINISTIC}.");
  }
  const template = requireTemplate(reading, name, code);
  const { components } = template;
  const parts = componentsIn(sent, "template['components']");

  const offer = readOffer(template, parts.one('limited_time_offer'));
  const carousel = readCards(reading, template, parts.one('carousel'));
  const header = readTemplateHeader(reading, template, componentOf(components, 'HEADER'), parts.one('header'));
  const body = hydrate(template, 'body', componentOf(components, 'BODY')?.text ?? '', parametersOf(parts.one('body')));
  checkCode(template, parts.one('body'));
  checkTapTarget(parts.one('tap_target_configuration'));
  const { buttons, ...behind } = readTemplateButtons(componentOf(components, 'BUTTONS')?.buttons ?? [], parts.buttons);
  const content: RichContent = {
    type: 'template',
    kind: template.name,
    body,
    buttons: [...buttons, ...specialButtons(components)],
    ...behind,
    ...productOffer(header.header),
    ...given('header', header.header),
    ...given('footer', componentOf(components, 'FOOTER')?.text),
    ...given('offer', offer),
    ...given('cards', carousel.cards),
  };
  return {
    content,
    failure: header.failure ?? carousel.failure,
    linked: [...linkedHeader(header), ...carousel.linked],
    category: template.category.toLowerCase() as Billing['category'],
  };
}

/** A single-product template offers the product of its header. */
function productOffer(header: RichContent['header']): Partial<Pick<RichContent, 'products'>> {
  if (header?.type !== 'product') return {};
  return { products: { catalogId: 'catalogo', sections: [{ products: [header.product] }] } };
}
