/** The prefix tells what an id names. */
export const idPrefixes = {
  workspace: 'wsp',
  apiKey: 'key',
  queue: 'que',
  agent: 'agt',
  channel: 'chn',
  contact: 'ctt',
  customer: 'cus',
  conversation: 'cnv',
  message: 'msg',
  attachment: 'att',
  job: 'job',
  envelope: 'env',
  request: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Crockford's base 32: no letter that can be taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeCharacters = 10;
const randomCharacters = 16;

/** A new id: its prefix, 48 bits of time, 80 random bits. Ids made later sort later, to the millisecond. */
export function newId(kind: IdKind, now: number): string {
  let time = '';
  for (let rest = now, i = 0; i < timeCharacters; i++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(randomCharacters))) random += alphabet[byte & 31];
  return `${idPrefixes[kind]}_${time}${random}`;
}
