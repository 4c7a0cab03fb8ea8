/**
 * What an address counts as when calls are counted by address: an IPv4 address stands for itself, an IPv6 address for
 * its /64, which is what one subscriber is given (RFC 6177). An IPv4 address inside an IPv6 one is the IPv4 address.
 *
 * @returns the text as it is when it is no address
 */
export function networkOf(address: string): string {
  const words = address.includes(':') ? wordsOf(address) : null;
  if (!words) return address;
  const isMapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  if (isMapped) return words.slice(6).flatMap(bytesOf).join('.');
  return `${words
    .slice(0, 4)
    .map((word) => word.toString(16))
    .join(':')}::/64`;
}

/** The eight words of an IPv6 address. */
function wordsOf(address: string): readonly number[] | null {
  const [withoutZone = ''] = address.split('%');
  const host = `http://[${withoutZone}]`;
  if (!/^[\da-f:.]+$/i.test(withoutZone) || !URL.canParse(host)) return null;
  // Written in the one canonical way, without an IPv4 part.
  const [left = [], right] = new URL(host).hostname.slice(1, -1).split('::').map(hexWords);
  if (right === undefined) return left;
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function hexWords(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
}

function bytesOf(word: number): readonly number[] {
  return [word >> 8, word & 0xff];
}
