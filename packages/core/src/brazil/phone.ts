import { parseBrazilian } from './phone-parts.ts';

/**
 * A phone as E.164 however it was written: `(83) 99914-2210`, `083 9914-2210`, `+55 83 9 9914-2210`, `5583999142210`.
 * Without `+` it is a Brazilian number, with or without the country code. `null` when it cannot be one.
 */
export function normalizePhone(input: string): string | null {
  const trimmed = input.trim();
  if (!/^[+\d\s().\-/]+$/.test(trimmed)) return null;
  const digits = trimmed.replace(/\D/g, '');
  if (trimmed.startsWith('+')) {
    const e164 = `+${digits}`;
    if (e164.startsWith('+55')) return parseBrazilian(e164) ? e164 : null;
    return /^\+[1-9]\d{6,14}$/.test(e164) ? e164 : null;
  }
  const national = digits.replace(/^0+/, '');
  for (const candidate of [`+55${national}`, `+${national}`]) {
    if (parseBrazilian(candidate)) return candidate;
  }
  return null;
}

/** What a phone number is for. */
export type PhoneKind = 'mobile' | 'landline' | 'foreign';

/**
 * What a phone is. Of eight digits, those from 2 to 5 are land lines (Anatel); those from 6 to 9 are mobiles as they were
 * before the ninth digit, which WhatsApp still uses for many. `foreign`: of another country, which is not known here;
 * `null`: no phone in E.164.
 */
export function phoneKind(e164: string): PhoneKind | null {
  const phone = parseBrazilian(e164);
  if (phone) return phone.subscriber.length === 9 || /^[6-9]/.test(phone.subscriber) ? 'mobile' : 'landline';
  return !e164.startsWith('+55') && normalizePhone(e164) === e164 ? 'foreign' : null;
}

/**
 * Every way the same phone is known: a Brazilian mobile with and without the ninth digit, since WhatsApp keeps the
 * short form for many accounts (Meta, "Phone numbers": the extra prefix may be modified). The given form comes first.
 * Mobiles from 9 0 to 9 5 were never without their ninth digit: what is left without it is somebody's land line.
 */
export function phoneForms(e164: string): readonly string[] {
  const phone = parseBrazilian(e164);
  if (!phone) return [e164];
  const { area, subscriber } = phone;
  if (subscriber.length === 9 && /^9[6-9]/.test(subscriber)) return [e164, `+55${area}${subscriber.slice(1)}`];
  if (subscriber.length === 8 && /^[6-9]/.test(subscriber)) return [e164, `+55${area}9${subscriber}`];
  return [e164];
}
