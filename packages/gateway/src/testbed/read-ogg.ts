export interface OggFile {
  readonly pages: readonly { readonly flags: number; readonly granule: number }[];
  readonly packets: readonly Uint8Array[];
  /** Of the last page. */
  readonly granule: number;
}

/** Takes an Ogg file apart (RFC 3533) and throws where it is not one. Written independently of what writes it. */
export function readOgg(bytes: Uint8Array): OggFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages: { flags: number; granule: number }[] = [];
  const packets: Uint8Array[] = [];
  let partial: number[] = [];
  for (let at = 0; at < bytes.length;) {
    if (view.getUint32(at) !== 0x4f676753 || bytes[at + 4] !== 0) throw new Error(`no page at ${at}`);
    if (view.getUint32(at + 18, true) !== pages.length) throw new Error('pages out of order');
    const table = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    const start = at + 27 + table.length;
    const end = start + table.reduce((sum, size) => sum + size, 0);
    const whole = bytes.slice(at, end);
    whole.fill(0, 22, 26);
    if (crc(whole) !== view.getUint32(at + 22, true)) throw new Error('the checksum of a page is wrong');
    pages.push({ flags: bytes[at + 5] ?? 0, granule: Number(view.getBigUint64(at + 6, true)) });
    let from = start;
    for (const size of table) {
      partial.push(...bytes.subarray(from, from + size));
      from += size;
      if (size === 255) continue;
      packets.push(Uint8Array.from(partial));
      partial = [];
    }
    at = end;
  }
  if (partial.length > 0) throw new Error('the last packet does not end');
  if (pages.at(-1)?.flags !== 4 || pages[0]?.flags !== 2) throw new Error('the stream has no beginning or no end');
  return { pages, packets, granule: pages.at(-1)?.granule ?? 0 };
}

/** Bit by bit. */
function crc(bytes: Uint8Array): number {
  let rest = 0;
  for (const byte of bytes) {
    rest ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  }
  return rest >>> 0;
}
