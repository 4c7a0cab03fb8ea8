/** Area codes in use (Anatel, "Códigos Nacionais"). */
const areaCodes = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 64 ' +
    '65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99'
  ).split(' '),
);

interface BrazilianPhone {
  readonly area: string;
  /** Eight or nine digits. */
  readonly subscriber: string;
}

/** Whether it is an area code (DDD) in use: `83`. */
export function isAreaCode(area: string): boolean {
  return areaCodes.has(area);
}

/**
 * Nine digits start with 9: it is what was put before the eight of a mobile (Anatel, Resolução 553/2010). Eight never
 * start with 0 or 1: those are services and carriers.
 */
const subscriberPattern = /^(?:9\d{8}|[2-9]\d{7})$/;

function parseBrazilian(e164: string): BrazilianPhone | null {
  const match = /^\+55(\d{2})(\d{8,9})$/.exec(e164);
  if (!match?.[1] || !match[2] || !isAreaCode(match[1]) || !subscriberPattern.test(match[2])) return null;
  return { area: match[1], subscriber: match[2] };
}

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

/** `+5583999142210` → `+55 83 9 9914-2210`; numbers of North America as `+1 650 555 1234`; others as they are. */
export function formatPhone(e164: string): string {
  const phone = parseBrazilian(e164);
  if (!phone) return formatForeign(e164);
  const { area, subscriber } = phone;
  const last = subscriber.slice(-4);
  const first = subscriber.slice(0, -4);
  const grouped = first.length === 5 ? `${first.slice(0, 1)} ${first.slice(1)}` : first;
  return `+55 ${area} ${grouped}-${last}`;
}

function formatForeign(e164: string): string {
  const match = /^\+(1)(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return match ? `+${match.slice(1).join(' ')}` : e164;
}
