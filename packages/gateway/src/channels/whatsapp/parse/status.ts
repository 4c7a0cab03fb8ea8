import type { InboundStatus } from '../../../commands/inbound.ts';
import { againOf } from '../errors.ts';
import { failureReason } from '../failure-reasons.ts';
import { eachOf, fieldsOf, idOf, lineOf, nameOf, timeOf, type Fields } from './fields.ts';

export type ParsedStatus = Omit<InboundStatus, 'channel'>;

const statuses = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
const detailLength = 500;

/** News about a message of ours, or why it is none that we follow. */
export function statusOf(item: Fields, receivedAt: number): ParsedStatus | { readonly ignored: string } {
  const name = nameOf(item['status']);
  const status = statuses.find((known) => known === name);
  // Payments and calls have statuses of the same names, that say nothing of the message (Meta, "Payments", "Calling").
  const kind = nameOf(item['type']) ?? 'message';
  if (kind !== 'message') return { ignored: `status of a ${kind}` };
  const providerId = idOf(item['id']);
  if (status === undefined) return { ignored: `status ${name ?? 'missing'}` };
  if (providerId === null) return { ignored: 'status without id' };
  if (item['recipient_type'] === 'group') return { ignored: 'group' };
  return {
    providerId,
    messageId: messageIdOf(item['biz_opaque_callback_data']),
    status,
    at: timeOf(item['timestamp'], receivedAt),
    ...(status === 'failed' ? failedOf(failureOf(eachOf(item['errors'])[0])) : { failure: null, again: null }),
    pricing: pricingOf(item['pricing']),
  };
}

function failedOf(failure: {
  readonly code: string;
  readonly detail: string;
}): Pick<ParsedStatus, 'failure' | 'again'> {
  return { failure: { ...failure, reason: failureReason(failure.code) }, again: againOf(failure.code) };
}

const wordLength = 64;

/** As it was reported: new names of types and categories appear without notice (Meta, "Pricing"). */
function pricingOf(value: unknown): ParsedStatus['pricing'] {
  const { billable, pricing_model: model, type, category } = fieldsOf(value);
  const pricing = {
    billable: typeof billable === 'boolean' ? billable : null,
    model: lineOf(model, wordLength),
    type: lineOf(type, wordLength),
    category: lineOf(category, wordLength),
  };
  return Object.values(pricing).some((part) => part !== null) ? pricing : null;
}

/** `code`, and the most precise text there is. `title` is the last choice: Meta is retiring it ("Error codes"). */
export function failureOf(error: unknown): { readonly code: string; readonly detail: string } {
  const fields = fieldsOf(error);
  const { details } = fieldsOf(fields['error_data']);
  const texts = [details, fields['message'], fields['title']];
  const detail = texts.map((text) => lineOf(text, detailLength)).find((text) => text !== null);
  return { code: idOf(fields['code']) ?? 'unknown', detail: detail ?? 'WhatsApp gave no reason' };
}

/** What we sent along is our message id; other systems on the same number send their own things. */
function messageIdOf(value: unknown): string | null {
  return typeof value === 'string' && /^msg_[0-9a-z]{26}$/.test(value) ? value : null;
}
