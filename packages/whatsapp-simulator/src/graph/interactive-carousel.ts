import type { JsonObject } from '../json.ts';
import type { ChoiceButton, RichCard } from '../state/rich-content.ts';
import type { Draft, LinkedFile, Reading } from './draft.ts';
import { given, requireObject, requireObjects, requireText } from './fields.ts';
import { readButtons, readLink } from './interactive-choices.ts';
import { productOf } from './interactive-commerce.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';
import { linkedCard, readHeader } from './rich-header.ts';

const cardBodyMax = 160;

export interface CardsDraft {
  readonly cards: readonly RichCard[];
  readonly linked: readonly LinkedFile[];
  readonly failure: Draft['failure'];
}

interface ReadCard {
  readonly card: RichCard;
  /** Which buttons it has: the same on each card. */
  readonly shape: string;
  readonly linked: readonly LinkedFile[];
  readonly failure: Draft['failure'];
}

function readActions(action: JsonObject): { readonly buttons: readonly ChoiceButton[]; readonly shape: string } {
  if (action.name !== undefined) return { buttons: readLink(action), shape: 'cta_url' };
  const buttons = readButtons(action, 'quick_reply', 2);
  return { buttons, shape: `quick_reply ${buttons.length}` };
}

function readCard(reading: Reading, card: JsonObject, index: number): ReadCard {
  const path = `cards[${index}]`;
  if (card.card_index === undefined) throw missingParameter(`Parameter '${path}['card_index']' is mandatory`);
  if (Number(card.card_index) !== index) throw invalidValue(`${path}['card_index'] must be ${index}.`);
  const action = requireObject(card, 'action', `${path}['action']`);
  if (card.type === 'product') {
    requireText(action, 'catalog_id', { max: 100, name: 'catalog_id' });
    const product = productOf(action);
    return {
      card: { header: { type: 'product', product }, buttons: [] },
      shape: 'product',
      linked: [],
      failure: undefined,
    };
  }
  if (card.type !== 'cta_url') throw invalidParameter(`Param ${path}['type'] must be one of {CTA_URL, PRODUCT}.`);
  const header = readHeader(reading, card, path, ['image', 'video']);
  if (!header.header) throw missingParameter(`Parameter '${path}['header']' is mandatory`);
  const body =
    card.body === undefined
      ? undefined
      : requireText(requireObject(card, 'body', `${path}['body']`), 'text', {
          max: cardBodyMax,
          name: 'Card body text',
        });
  const { buttons, shape } = readActions(action);
  return {
    card: { header: header.header, buttons, ...given('body', body) },
    shape: `${header.header.type} ${shape}`,
    linked: linkedCard(header, index),
    failure: header.failure,
  };
}

/** Two to ten cards with a file each, and the same kind of buttons on all of them. */
export function readCarousel(reading: Reading, action: JsonObject): CardsDraft {
  const raw = requireObjects(action, 'cards', "interactive['action']['cards']");
  if (raw.length < 2 || raw.length > 10) throw invalidValue('Invalid cards count. Min allowed: 2, Max allowed: 10');
  const read = raw.map((card, index) => readCard(reading, card, index));
  if (new Set(read.map((each) => each.shape)).size > 1) {
    throw invalidValue('All cards must have the same kind of header and the same kind and number of buttons.');
  }
  return {
    cards: read.map((each) => each.card),
    linked: read.flatMap((each) => each.linked),
    failure: read.find((each) => each.failure)?.failure,
  };
}
