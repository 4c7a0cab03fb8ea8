import type { JsonObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { Customer } from '../state/customer.ts';
import type { ContactCard, MessageContent, StoredMessage } from '../state/message.ts';
import type { ChoiceKind, Form, RichContent } from '../state/rich-content.ts';

/** What a person gives back to a message that asks for more than a tap: exactly one of these. */
export type Answer =
  /** Fills in the form of a flow or of an address message, by field name. */
  | { readonly form: Readonly<Record<string, string>> }
  /** Orders products of a product, catalogue or multi-product message: quantity by product id. */
  | { readonly order: Readonly<Record<string, number>>; readonly note?: string | undefined }
  | {
      readonly location: {
        readonly latitude: number;
        readonly longitude: number;
        readonly name?: string | undefined;
        readonly address?: string | undefined;
      };
    }
  /** Shares the own number. */
  | { readonly contact: true }
  | { readonly call: 'accept' | 'reject' };

export interface AnswerDraft {
  readonly wire: JsonObject;
  readonly content: MessageContent;
}

const week = 7 * 24 * 60 * 60;
/** The simulator has no catalogue, so everything costs the same. */
const itemPrice = 24.9;

function requireRich(message: StoredMessage, kind: ChoiceKind): RichContent {
  const { content } = message;
  const rich = content.type === 'interactive' || content.type === 'template' ? content : undefined;
  if (rich?.buttons.some((each) => each.kind === kind)) return rich;
  throw new SimulatorError('unknown_message', `unable to answer; message ${message.id} does not ask for that`);
}

function formAnswer(form: Form, values: Readonly<Record<string, string>>): AnswerDraft {
  const address = form.name === 'address_message';
  const response = address ? { values } : { ...values, flow_token: form.token ?? 'unused' };
  const filled = form.fields.flatMap(({ name, label }) => {
    const value = values[name]?.trim() ?? '';
    return value === '' ? [] : [`${label}: ${value}`];
  });
  const description = filled.join('\n');
  return {
    wire: {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: {
          name: form.name,
          body: address ? description : 'Sent',
          response_json: JSON.stringify(response),
        },
      },
    },
    content: {
      type: 'reply',
      kind: 'nfm_reply',
      id: form.name,
      title: address ? 'Endereço enviado' : 'Formulário enviado',
      ...(description === '' ? {} : { description }),
    },
  };
}

function orderAnswer(
  content: RichContent,
  wanted: Readonly<Record<string, number>>,
  note: string | undefined,
): AnswerDraft {
  const products = content.products?.sections.flatMap((section) => section.products) ?? [];
  const chosen = products.flatMap(({ retailerId, name }) => {
    const quantity = wanted[retailerId] ?? 0;
    return Number.isInteger(quantity) && quantity > 0 ? [{ retailerId, name, quantity }] : [];
  });
  if (chosen.length === 0)
    throw new SimulatorError('unknown_message', 'unable to order; none of the products is wanted');
  return {
    wire: {
      type: 'order',
      order: {
        catalog_id: content.products?.catalogId ?? '',
        ...(note === undefined || note === '' ? {} : { text: note }),
        product_items: chosen.map(({ retailerId, quantity }) => ({
          product_retailer_id: retailerId,
          quantity,
          item_price: itemPrice,
          currency: 'BRL',
        })),
      },
    },
    content: {
      type: 'order',
      lines: chosen.map(({ name, quantity }) => ({ name, quantity })),
      ...(note === undefined || note === '' ? {} : { note }),
    },
  };
}

/** The card that a person shares when asked for the number; Meta says why it came. */
function ownContact(customer: Customer): AnswerDraft {
  const card: ContactCard = {
    name: { formatted_name: customer.name, first_name: customer.name.split(' ')[0] ?? customer.name },
    phones: [{ phone: `+${customer.waId}`, wa_id: customer.waId }],
    origin: 'contact_request',
  };
  return { wire: { type: 'contacts', contacts: [card] }, content: { type: 'contacts', contacts: [card] } };
}

/** Raises `unknown_message` when the message does not ask for such an answer. */
export function answerTo(message: StoredMessage, answer: Answer, customer: Customer, now: number): AnswerDraft {
  if ('form' in answer) {
    const { form } = requireRich(message, 'flow');
    return formAnswer(form ?? { name: 'flow', title: '', fields: [] }, answer.form);
  }
  if ('order' in answer) return orderAnswer(requireRich(message, 'products'), answer.order, answer.note);
  if ('location' in answer) {
    requireRich(message, 'location');
    const { latitude, longitude, name, address } = answer.location;
    const place = {
      latitude,
      longitude,
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    };
    return { wire: { type: 'location', location: place }, content: { type: 'location', ...place } };
  }
  if ('contact' in answer) {
    requireRich(message, 'contact');
    return ownContact(customer);
  }
  requireRich(message, 'call');
  const accepted = answer.call === 'accept';
  const until = accepted ? { expiration_timestamp: Math.floor(now / 1000) + week } : {};
  return {
    wire: {
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: { response: answer.call, ...until, response_source: 'user_action' },
      },
    },
    content: {
      type: 'reply',
      kind: 'call_permission_reply',
      id: answer.call,
      title: accepted ? 'Ligações permitidas' : 'Ligações recusadas',
    },
  };
}
