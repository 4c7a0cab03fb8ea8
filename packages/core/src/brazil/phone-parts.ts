/** Area codes in use (Anatel, "Códigos Nacionais"). */
const areaCodes = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 63 64 ' +
    '65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99'
  ).split(' '),
);

export interface BrazilianPhone {
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

/** `null` when it is none, or cannot be one. */
export function parseBrazilian(e164: string): BrazilianPhone | null {
  const match = /^\+55(\d{2})(\d{8,9})$/.exec(e164);
  if (!match?.[1] || !match[2] || !isAreaCode(match[1]) || !subscriberPattern.test(match[2])) return null;
  return { area: match[1], subscriber: match[2] };
}
