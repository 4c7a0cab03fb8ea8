import { businessScopedUserId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Customer } from '../state/customer.ts';

/** One entry of `entry[].changes`, with the account it belongs to. */
export interface WebhookChange {
  readonly wabaId: string;
  readonly field: string;
  readonly value: JsonObject;
  /** Seconds; only for fields other than `messages`. */
  readonly time?: number;
}

/** The body of one POST: changes of one account share an entry, as Meta batches them. */
export function buildEnvelope(changes: readonly WebhookChange[]): JsonObject {
  const accounts = [...new Set(changes.map((change) => change.wabaId))];
  return {
    object: 'whatsapp_business_account',
    entry: accounts.map((id) => {
      const own = changes.filter((change) => change.wabaId === id);
      const time = own.find((change) => change.time !== undefined)?.time;
      return {
        id,
        ...(time === undefined ? {} : { time }),
        changes: own.map(({ value, field }) => ({ value, field })),
      };
    }),
  };
}

export function messagesChange(number: BusinessNumber, content: JsonObject): WebhookChange {
  return {
    wabaId: number.wabaId,
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: {
        display_phone_number: number.displayPhoneNumber.replace(/\D/g, ''),
        phone_number_id: number.phoneNumberId,
      },
      ...content,
    },
  };
}

/** `contacts[]` entry; a customer who hides the number is known by the business-scoped user id alone. */
export function contactOf(number: BusinessNumber, customer: Customer): JsonObject {
  return {
    profile: {
      name: customer.name,
      ...(customer.username === undefined ? {} : { username: customer.username }),
    },
    ...(customer.hidesNumber ? {} : { wa_id: customer.waId }),
    user_id: businessScopedUserId(customer.waId, number.wabaId),
  };
}
