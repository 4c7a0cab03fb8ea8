import type { OpusStream } from './webm-opus.ts';

const encoder = new TextEncoder();
/** There is one stream in the file, so its number need only be one: the same recording becomes the same bytes. */
const serial = 0x50726f73;
const sampleRate = 48_000;
/** As encoders that say nothing else do (RFC 7845, 4.2). */
const usualPreSkip = 3840;
/** A page has at most 255 segments of at most 255 bytes. */
const segmentsPerPage = 255;
/** Pages of a second, at most, so that players find their way. */
const samplesPerPage = sampleRate;

/**
 * Opus in Ogg (RFC 7845), with the very packets of the recording. It says that it is mono, as WhatsApp wants it: what was
 * recorded in stereo is mixed by the decoder (RFC 7845, 5.1.1).
 * @throws RangeError for a packet that Opus cannot have
 */
export function writeOggOpus({ head, preSkip, packets }: Omit<OpusStream, 'channels'>): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [page([headPacket(head, preSkip)], 0, 0, 0x02), page([tagsPacket()], 0, 1, 0)];
  let samples = 0;
  let waiting: Uint8Array[] = [];
  let waitingSegments = 0;
  let waitingSamples = 0;
  const flush = (flags: number) => {
    pages.push(page(waiting, samples, pages.length, flags));
    [waiting, waitingSegments, waitingSamples] = [[], 0, 0];
  };
  for (const packet of packets) {
    const segments = segmentsOf(packet);
    if (segments > segmentsPerPage) throw new RangeError('unable to write the packet; it is larger than Opus has them');
    if (waitingSegments + segments > segmentsPerPage || waitingSamples >= samplesPerPage) flush(0);
    const duration = samplesOf(packet);
    waiting.push(packet);
    waitingSegments += segments;
    waitingSamples += duration;
    samples += duration;
  }
  flush(0x04);
  return joined(pages);
}

/** How long a packet sounds, samples at 48 kHz (RFC 6716, 3.1). 0: it is none of Opus. */
export function samplesOf(packet: Uint8Array): number {
  const [toc = 0, count = 0] = packet;
  const config = toc >> 3;
  const silk = [480, 960, 1920, 2880];
  const celt = [120, 240, 480, 960];
  const frame = config < 12 ? silk[config & 3] : config < 16 ? [480, 960][config & 1] : celt[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? count & 0x3f : 2;
  return (frame ?? 0) * frames;
}

function segmentsOf({ length }: Uint8Array): number {
  return Math.floor(length / 255) + 1;
}

function headPacket(given: Uint8Array | null, preSkip: number): Uint8Array {
  const isHead =
    given !== null && given.length >= 19 && new TextDecoder('latin1').decode(given.subarray(0, 8)) === 'OpusHead';
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  head.set(encoder.encode('OpusHead'));
  head[8] = 1;
  head[9] = 1;
  view.setUint16(10, preSkip > 0 && preSkip < 0xffff ? preSkip : usualPreSkip, true);
  view.setUint32(12, sampleRate, true);
  // What the recorder says of itself: samples to skip, input rate, gain.
  if (isHead) head.set(given.subarray(10, 18), 10);
  return head;
}

function tagsPacket(): Uint8Array {
  const vendor = encoder.encode('Prosa');
  const packet = new Uint8Array(8 + 4 + vendor.length + 4);
  packet.set(encoder.encode('OpusTags'));
  new DataView(packet.buffer).setUint32(8, vendor.length, true);
  packet.set(vendor, 12);
  return packet;
}

/** RFC 3533, 6. */
function page(packets: readonly Uint8Array[], granule: number, sequence: number, flags: number): Uint8Array {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: segmentsOf(packet) - 1 }, () => 255),
    packet.length % 255,
  ]);
  const header = new Uint8Array(27 + lacing.length);
  const view = new DataView(header.buffer);
  header.set(encoder.encode('OggS'));
  header[5] = flags;
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  header[26] = lacing.length;
  header.set(lacing, 27);
  const bytes = joined([header, ...packets]);
  new DataView(bytes.buffer).setUint32(22, crcOf(bytes), true);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** CRC-32 as Ogg has it: polynomial 0x04c11db7, nothing mirrored, begun and ended with zero. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
  return rest >>> 0;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}
