import type { SimulatorContext } from '../context.ts';
import { businessScopedUserId } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import type { Customer } from '../state/customer.ts';
import { normalizeAddress, numberForms } from '../state/number-forms.ts';
import { findByUserId, findCustomer } from '../state/state.ts';
import { GraphRefusal, invalidParameter, invalidValue } from './refusal.ts';

export interface Recipient {
  readonly waId: string;
  /** Absent when nobody on WhatsApp has the number: Meta accepts, and reports 131026 later. */
  readonly customer: Customer | undefined;
  /** Entry of `contacts[]` in the answer; `wa_id` is the real one, whatever form was asked for. */
  readonly answer: JsonObject;
  /** The group with the id `waId`, not a person. */
  readonly group?: boolean;
}

/** `to` (any form of the number) or, without it, `recipient` (business-scoped user id). */
export function readRecipient(context: SimulatorContext, number: BusinessNumber, body: JsonObject): Recipient {
  const { recipient_type: kind, to, recipient } = body;
  if (kind === 'group') return byGroup(context, number, to);
  if (kind !== undefined && kind !== 'individual') {
    throw invalidParameter(`Param recipient_type must be one of {INDIVIDUAL, GROUP} - got "${String(kind)}".`);
  }
  if (to === undefined && typeof recipient === 'string') return byUserId(context, number, recipient);
  if (to === undefined || to === null || to === '') {
    throw new GraphRefusal(100, { message: '(#100) The parameter to is required.' });
  }
  if (typeof to !== 'string' && typeof to !== 'number') throw invalidParameter('Param to must be a string.');
  const input = String(to);
  const own = number.displayPhoneNumber.replace(/\D/g, '');
  const digits = normalizeAddress(input, own);
  if (digits === undefined) throw invalidValue('Recipient phone number is not a valid phone number.');
  if (numberForms(own).includes(digits)) throw new GraphRefusal(131021);
  const customer = findCustomer(context.state, digits);
  const waId = customer?.waId ?? digits;
  return { waId, customer, answer: { input, wa_id: waId } };
}

function byUserId(context: SimulatorContext, number: BusinessNumber, userId: string): Recipient {
  const customer = findByUserId(context.state, userId, number.wabaId);
  if (!customer) throw invalidValue(`User with ID '${userId}' does not exist for this business.`);
  const answer = { input: userId, user_id: businessScopedUserId(customer.waId, number.wabaId) };
  return { waId: customer.waId, customer, answer };
}

function byGroup(context: SimulatorContext, number: BusinessNumber, to: unknown): Recipient {
  if (to === undefined) throw new GraphRefusal(100, { message: '(#100) The parameter to is required.' });
  const group = typeof to === 'string' ? context.state.groups.get(to) : undefined;
  if (group?.phoneNumberId !== number.phoneNumberId)
    throw invalidValue(`Group with ID '${String(to)}' does not exist.`);
  return { waId: group.id, customer: undefined, answer: { input: group.id, wa_id: group.id }, group: true };
}
