/** The prefix tells what an id names. */
export const idPrefixes = {
  workspace: 'wsp',
  apiKey: 'key',
  queue: 'que',
  agent: 'agt',
  agentStream: 'ast',
  profile: 'prf',
  tag: 'tag',
  channel: 'chn',
  contact: 'ctt',
  customer: 'cus',
  conversation: 'cnv',
  message: 'msg',
  attachment: 'att',
  template: 'hsm',
  dispatch: 'dsp',
  dispatchRecipient: 'dsr',
  survey: 'srv',
  surveyResponse: 'svr',
  visitorSession: 'vss',
  job: 'job',
  envelope: 'env',
  request: 'req',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** Crockford's base 32: no letter that can be taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeCharacters = 10;
const randomCharacters = 16;

let last: { readonly time: number; readonly random: Uint8Array } | null = null;

/**
 * A new id: its prefix, 48 bits of time, 80 random bits. Ids made later sort later: within one millisecond this process
 * counts the random part up, so that what was put in line first also goes first.
 */
export function newId(kind: IdKind, now: number): string {
  const random = last?.time === now ? successor(last.random) : freshRandom();
  last = { time: now, random };
  let time = '';
  for (let rest = now, i = 0; i < timeCharacters; i++) {
    time = `${alphabet[rest % 32]}${time}`;
    rest = Math.floor(rest / 32);
  }
  return `${idPrefixes[kind]}_${time}${Array.from(random, (digit) => alphabet[digit]).join('')}`;
}

/** Digits of base 32. The first starts in its lower half, so that counting up never runs over. */
function freshRandom(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(randomCharacters)).map((byte, i) => byte & (i === 0 ? 15 : 31));
}

function successor(digits: Uint8Array): Uint8Array {
  const next = digits.slice();
  for (let i = next.length - 1; i >= 0; i--) {
    const digit = next[i] ?? 0;
    next[i] = digit === 31 ? 0 : digit + 1;
    if (digit !== 31) break;
  }
  return next;
}
