import { graphErrors } from '../graph/error-table.ts';
import { businessScopedUserId, randomHex } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Customer } from '../state/customer.ts';
import type { StoredMessage } from '../state/message.ts';
import { serviceWindowMs } from '../state/thread.ts';
import { contactOf, messagesChange } from './envelope.ts';
import type { WebhookChange } from './envelope.ts';

export interface DeliveryFailure {
  readonly code: number;
  readonly details?: string;
}

export interface StatusReport {
  readonly number: BusinessNumber;
  readonly message: StoredMessage;
  readonly status: 'delivered' | 'failed' | 'played' | 'read' | 'sent';
  /** Milliseconds. */
  readonly at: number;
  /** Absent when nobody with that number is on WhatsApp. */
  readonly customer?: Customer | undefined;
  readonly failure?: DeliveryFailure | undefined;
  /** `pricing` comes with `sent` and with one of `delivered` and `read`. */
  readonly priced: boolean;
}

const errorsPage = '/documentation/business-messaging/whatsapp/support/error-codes';

/** Error as it stands in `statuses[].errors` and `messages[].errors`. */
export function webhookError(failure: DeliveryFailure): JsonObject {
  const known = graphErrors[failure.code];
  const title = known?.title ?? 'Something went wrong';
  return {
    code: failure.code,
    title,
    message: title,
    error_data: { details: failure.details ?? known?.details ?? title },
    href: errorsPage,
  };
}

function graphVersion(version: string): number {
  return Number.parseFloat(version.replace(/^v/, '')) || 25;
}

function money(report: StatusReport): JsonObject {
  const { billing } = report.message;
  if (!billing || !report.priced || report.status === 'failed') return {};
  const pricing = {
    billable: billing.type === 'regular',
    pricing_model: 'PMP',
    type: billing.type,
    category: billing.category,
  };
  // Since v24 `conversation` comes only in a free entry point window; before, each message had its own.
  const old = graphVersion(report.number.webhookVersion) < 24;
  if (!old && billing.type !== 'free_entry_point') return { pricing };
  const conversation = {
    id: randomHex(32),
    ...(report.status === 'sent'
      ? { expiration_timestamp: String(Math.floor((report.at + serviceWindowMs) / 1000)) }
      : {}),
    origin: { type: billing.type === 'free_entry_point' ? 'referral_conversion' : billing.category },
  };
  return { conversation, pricing };
}

/** Webhook for one step of an outgoing message. `contacts` comes with all statuses but `failed`. */
export function statusChange(report: StatusReport): WebhookChange {
  const { number, message, customer } = report;
  const hidden = customer?.hidesNumber === true;
  const status = {
    id: message.id,
    status: report.status,
    timestamp: String(Math.floor(report.at / 1000)),
    ...(hidden ? {} : { recipient_id: message.waId }),
    ...(message.group === true ? { recipient_type: 'group' } : {}),
    ...(customer ? { recipient_user_id: businessScopedUserId(customer.waId, number.wabaId) } : {}),
    ...(message.callbackData === undefined ? {} : { biz_opaque_callback_data: message.callbackData }),
    ...money(report),
    ...(report.failure ? { errors: [webhookError(report.failure)] } : {}),
  };
  return messagesChange(number, {
    ...(customer && report.status !== 'failed' ? { contacts: [contactOf(number, customer)] } : {}),
    statuses: [status],
  });
}
