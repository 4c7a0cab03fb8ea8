import type { Bytes } from '../bytes.ts';

/**
 * Puts the Opus packets of a WebM recording into an OGG file, without coding anything anew: browsers record WebM,
 * WhatsApp knows voice notes as OGG only. Reads what `MediaRecorder` writes (RFC 9559: one audio track, simple blocks,
 * sizes that may be unknown) and writes RFC 3533 pages with RFC 7845 headers.
 */
export function webmToOgg(webm: Uint8Array): Bytes | undefined {
  const found = readWebm(webm);
  if (!found || found.packets.length === 0) return undefined;
  const { head, packets } = found;
  const pages: Uint8Array[] = [page({ packets: [head], granule: 0n, sequence: 0, flags: 2 })];
  pages.push(page({ packets: [tags()], granule: 0n, sequence: 1, flags: 0 }));
  let granule = 0n;
  let at = 0;
  while (at < packets.length) {
    const own: Uint8Array[] = [];
    let segments = 0;
    for (let packet = packets[at]; packet && own.length < packetsInPage; packet = packets[at]) {
      const needed = Math.floor(packet.length / 255) + 1;
      if (segments + needed > 255) break;
      segments += needed;
      own.push(packet);
      granule += BigInt(samplesOf(packet));
      at += 1;
    }
    // A packet that fits into no page is no Opus packet.
    if (own.length === 0) return undefined;
    const last = at >= packets.length;
    pages.push(page({ packets: own, granule, sequence: pages.length, flags: last ? 4 : 0 }));
  }
  return joined(pages);
}

/** One second of 20 ms packets. */
const packetsInPage = 50;
const serial = 0x50524f53;

const ids = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  tracks: 0x1654ae6b,
  track: 0xae,
  codecPrivate: 0x63a2,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
};
const containers: readonly number[] = [ids.segment, ids.cluster, ids.tracks, ids.track, ids.blockGroup];

interface Found {
  head: Uint8Array;
  packets: Uint8Array[];
}

interface Number_ {
  readonly value: number;
  readonly length: number;
  readonly unknown: boolean;
}

/** A variable-length number; with its marker for ids, without for sizes. */
function readNumber(bytes: Uint8Array, at: number, keepMarker: boolean): Number_ | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = keepMarker ? first : first & (0xff >> length);
  let ones = (first & (0xff >> length)) === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value = value * 256 + byte;
    ones &&= byte === 0xff;
  }
  return { value, length, unknown: ones };
}

function readWebm(bytes: Uint8Array): Found | undefined {
  let head: Uint8Array | undefined;
  const packets: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const id = readNumber(bytes, at, true);
    if (!id) break;
    const size = readNumber(bytes, at + id.length, false);
    if (!size) break;
    at += id.length + size.length;
    // Into a container one goes; what is inside follows.
    if (containers.includes(id.value)) continue;
    if (size.unknown) return undefined;
    const body = bytes.subarray(at, at + size.value);
    at += size.value;
    if (id.value === ids.codecPrivate) head = body;
    if (id.value === ids.simpleBlock || id.value === ids.block) {
      const track = readNumber(body, 0, false);
      if (!track) return undefined;
      const flags = body[track.length + 2] ?? 0;
      // Several frames in one block are not what recorders write.
      if ((flags & 0x06) !== 0) return undefined;
      packets.push(body.subarray(track.length + 3));
    }
  }
  const isOpus = head && new TextDecoder().decode(head.subarray(0, 8)) === 'OpusHead';
  return head && isOpus ? { head, packets } : undefined;
}

/** Samples at 48 kHz that an Opus packet stands for (RFC 6716, section 3.1). */
function samplesOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  let frame: number;
  if (config < 12) frame = [480, 960, 1920, 2880][config % 4] ?? 960;
  else if (config < 16) frame = config % 2 === 0 ? 480 : 960;
  else frame = [120, 240, 480, 960][config % 4] ?? 960;
  const code = toc & 3;
  if (code === 0) return frame;
  return code === 3 ? frame * ((packet[1] ?? 1) & 0x3f) : frame * 2;
}

function tags(): Uint8Array {
  const vendor = new TextEncoder().encode('whatsapp-simulator');
  const body = new Uint8Array(8 + 4 + vendor.length + 4);
  body.set(new TextEncoder().encode('OpusTags'));
  new DataView(body.buffer).setUint32(8, vendor.length, true);
  body.set(vendor, 12);
  return body;
}

interface PageInput {
  readonly packets: readonly Uint8Array[];
  readonly granule: bigint;
  readonly sequence: number;
  readonly flags: number;
}

function page({ packets, granule, sequence, flags }: PageInput): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  const header = new Uint8Array(27 + lacing.length);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode('OggS'));
  header[5] = flags;
  view.setBigUint64(6, granule, true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  header[26] = lacing.length;
  header.set(lacing, 27);
  const whole = joined([header, ...packets]);
  new DataView(whole.buffer).setUint32(22, checksum(whole), true);
  return whole;
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** OGG's own CRC: polynomial 0x04c11db7, nothing reflected. */
const table = Uint32Array.from({ length: 256 }, (_each, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ (table[((crc >>> 24) & 0xff) ^ byte] ?? 0);
  return crc >>> 0;
}
