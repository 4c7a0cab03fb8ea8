/**
 * The forms that one mobile number goes by on WhatsApp: Brazil with and without the ninth digit,
 * Mexico with and without the 1 after the country code. The given form comes first.
 * Meta calls this standard behaviour: "the extra added prefix of the phone number may be modified".
 */
export function numberForms(digits: string): readonly string[] {
  const brazilLong = /^55(\d\d)9([6-9]\d{7})$/.exec(digits);
  if (brazilLong) return [digits, `55${brazilLong[1]}${brazilLong[2]}`];
  const brazilShort = /^55(\d\d)([6-9]\d{7})$/.exec(digits);
  if (brazilShort) return [digits, `55${brazilShort[1]}9${brazilShort[2]}`];
  const mexicoLong = /^521(\d{10})$/.exec(digits);
  if (mexicoLong) return [digits, `52${mexicoLong[1]}`];
  const mexicoShort = /^52(\d{10})$/.exec(digits);
  if (mexicoShort) return [digits, `521${mexicoShort[1]}`];
  return [digits];
}

/**
 * Digits of a `to` as Meta reads it: `+`, `-`, brackets, dots and spaces go; without `+` a national number gets
 * the country code of the business. Undefined when it cannot be a phone number.
 */
export function normalizeAddress(to: string, businessDigits: string): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(to.trim())) return undefined;
  const digits = to.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  const national = !to.trim().startsWith('+') && businessDigits.startsWith('55') && /^[1-9]\d9?\d{8}$/.test(digits);
  return national ? `55${digits}` : digits;
}
