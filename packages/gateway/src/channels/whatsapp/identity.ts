import { phoneKey } from '../../domain/phone-key.ts';

/** A `wa_id`, or what looks like one: 5 to 20 digits, its country code first. `null` for anything else. */
export function addressOf(value: string | null): string | null {
  const digits = value?.replace(/^\+/, '') ?? '';
  return /^\d{5,20}$/.test(digits) ? digits : null;
}

/** A `wa_id` as E.164. */
export function phoneOf(address: string | null): string | null {
  return address === null ? null : `+${address}`;
}

/** Whether two addresses are the same phone, with and without Brazil's ninth digit. */
export function isSamePhone(a: string, b: string): boolean {
  return a === b || samePhoneKey(a) === samePhoneKey(b);
}

/** The same text for addresses that are the same phone. */
export function samePhoneKey(address: string): string {
  return phoneKey(`+${address}`);
}

/** A business-scoped user id: `CC.` and up to 128 letters and digits (Meta, "Business-scoped user IDs"). */
export function isUserId(value: string): boolean {
  return /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(value);
}
