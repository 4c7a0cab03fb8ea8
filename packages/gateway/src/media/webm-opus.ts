/** Opus as a browser records it into WebM, and what a player needs to know of it. */
export interface OpusStream {
  /** The OpusHead of the recording (RFC 7845, 5.1); `null`: it has none. */
  readonly head: Uint8Array | null;
  readonly channels: number;
  /** Samples at 48 kHz that come before the sound. */
  readonly preSkip: number;
  readonly packets: readonly Uint8Array[];
}

/** The file is no WebM with Opus and nothing else, or is cut short before its first sound. */
export class WebmError extends Error {
  override readonly name = 'WebmError';
}

/** Elements of Matroska that matter here (RFC 9559; WebM container guidelines). */
const ids = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  codecDelay: 0x56aa,
  contentEncodings: 0x6d80,
  audio: 0xe1,
  channels: 0x9f,
  cluster: 0x1f43b675,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
} as const;

/** Those whose children are looked at. A recording that was streamed does not say how long the first ones are. */
const parents: ReadonlySet<number> = new Set([
  ids.segment,
  ids.tracks,
  ids.trackEntry,
  ids.audio,
  ids.cluster,
  ids.blockGroup,
]);

interface Track {
  number: number;
  type: number;
  codec: string;
  head: Uint8Array | null;
  channels: number;
  delayNs: number;
  encoded: boolean;
}

/** Whether these first bytes are WebM with one track, of Opus. */
export function isWebmOpus(head: Uint8Array): boolean {
  try {
    opusTrack(read(head, false).tracks);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes a recording apart. What is cut off at the end is left out, as players do.
 * @throws WebmError
 */
export function readWebmOpus(bytes: Uint8Array): OpusStream {
  const { tracks, blocks } = read(bytes, true);
  const { number, head, channels, delayNs } = opusTrack(tracks);
  const packets = blocks.flatMap((block) => framesOf(block, number));
  if (packets.length === 0) throw new WebmError('unable to read the recording; there is no sound in it');
  return { head, channels, preSkip: Math.round((delayNs * 48) / 1_000_000), packets };
}

function opusTrack(tracks: readonly Track[]): Track {
  const [track, ...others] = tracks;
  const isOpus = track?.type === 2 && track.codec === 'A_OPUS' && track.channels <= 2 && !track.encoded;
  if (!track || !isOpus || others.length > 0) {
    throw new WebmError('unable to read the recording; it must have one track, of Opus in mono or stereo');
  }
  return track;
}

function read(bytes: Uint8Array, withBlocks: boolean): { tracks: readonly Track[]; blocks: readonly Uint8Array[] } {
  const tracks: Track[] = [];
  const blocks: Uint8Array[] = [];
  let at = 0;
  let isWebm = false;
  while (at < bytes.length) {
    const element = elementAt(bytes, at);
    if (!element) break;
    const { id, start, end } = element;
    if (at === 0 && id !== ids.ebml) break;
    if (id === ids.ebml) isWebm = docTypeOf(bytes.subarray(start, end)) === 'webm';
    if (!isWebm) break;
    if (id === ids.cluster && !withBlocks) break;
    if (parents.has(id)) {
      if (id === ids.trackEntry) {
        tracks.push({ number: 0, type: 0, codec: '', head: null, channels: 1, delayNs: 0, encoded: false });
      }
      at = start;
      continue;
    }
    // One that is cut off is not whole.
    if (end > bytes.length) break;
    const data = bytes.subarray(start, end);
    const track = tracks.at(-1);
    if (id === ids.simpleBlock || id === ids.block) blocks.push(data);
    else if (track) describe(track, id, data);
    at = end;
  }
  return { tracks, blocks };
}

function describe(track: Track, id: number, data: Uint8Array): void {
  switch (id) {
    case ids.trackNumber:
      track.number = unsigned(data);
      break;
    case ids.trackType:
      track.type = unsigned(data);
      break;
    case ids.codecId:
      track.codec = latin1.decode(data).replace(/\0+$/, '');
      break;
    case ids.codecPrivate:
      track.head = data;
      break;
    case ids.codecDelay:
      track.delayNs = unsigned(data);
      break;
    case ids.channels:
      track.channels = unsigned(data);
      break;
    case ids.contentEncodings:
      track.encoded = true;
  }
}

function docTypeOf(header: Uint8Array): string | null {
  for (let at = 0; at < header.length;) {
    const element = elementAt(header, at);
    if (!element || element.end > header.length) return null;
    if (element.id === ids.docType) return latin1.decode(header.subarray(element.start, element.end));
    at = element.end;
  }
  return null;
}

const latin1 = new TextDecoder('latin1');

/** `end` is the end of the file when the element does not say how long it is. */
function elementAt(bytes: Uint8Array, at: number): { id: number; start: number; end: number } | null {
  const id = vintAt(bytes, at, 4, true);
  const size = id && vintAt(bytes, at + id.length, 8, false);
  if (!id || !size) return null;
  const start = at + id.length + size.length;
  return { id: id.value, start, end: size.value === null ? bytes.length : start + size.value };
}

/** A number of EBML (RFC 8794, 4): how many zeros lead says how many bytes it has. `null` value: unknown size. */
function vintAt(bytes: Uint8Array, at: number, longest: number, isId: true): { value: number; length: number } | null;
function vintAt(
  bytes: Uint8Array,
  at: number,
  longest: number,
  isId: false,
): { value: number | null; length: number } | null;
function vintAt(bytes: Uint8Array, at: number, longest: number, isId: boolean) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > longest || at + length > bytes.length) return null;
  let value = isId ? first : first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    isUnknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  if (!isId && isUnknown) return { value: null, length };
  return Number.isSafeInteger(value) ? { value, length } : null;
}

function unsigned(data: Uint8Array): number {
  return data.length > 8 ? 0 : data.reduce((value, byte) => value * 256 + byte, 0);
}

/** The frames of a block of the track: one, or several that are laced (RFC 9559, 10.3). */
function framesOf(block: Uint8Array, track: number): readonly Uint8Array[] {
  const number = vintAt(block, 0, 8, false);
  if (number?.value !== track) return [];
  const flags = block[number.length + 2];
  if (flags === undefined) return [];
  const body = block.subarray(number.length + 3);
  const lacing = (flags & 0x06) >> 1;
  const frames = lacing === 0 ? [body] : laced(body, lacing);
  return frames.filter(({ length }) => length > 0);
}

function laced(body: Uint8Array, lacing: number): readonly Uint8Array[] {
  const count = (body[0] ?? 0) + 1;
  if (lacing === 2) {
    const size = (body.length - 1) / count;
    if (!Number.isInteger(size)) return [];
    return Array.from({ length: count }, (_, i) => body.subarray(1 + i * size, 1 + (i + 1) * size));
  }
  const told = lacing === 1 ? xiphSizes(body, count - 1) : ebmlSizes(body, count - 1);
  if (!told) return [];
  const frames: Uint8Array[] = [];
  let at = told.end;
  for (const size of told.sizes) {
    frames.push(body.subarray(at, at + size));
    at += size;
  }
  return at > body.length ? [] : [...frames, body.subarray(at)];
}

interface Sizes {
  readonly sizes: readonly number[];
  readonly end: number;
}

function xiphSizes(body: Uint8Array, count: number): Sizes | null {
  const sizes: number[] = [];
  let at = 1;
  for (let i = 0; i < count; i++) {
    let size = 0;
    let byte = 255;
    while (byte === 255) {
      if (at >= body.length) return null;
      byte = body[at] ?? 0;
      size += byte;
      at += 1;
    }
    sizes.push(size);
  }
  return { sizes, end: at };
}

/** The first as it is, the others as differences, which are shifted so that none is negative. */
function ebmlSizes(body: Uint8Array, count: number): Sizes | null {
  const sizes: number[] = [];
  let at = 1;
  for (let i = 0; i < count; i++) {
    const told = vintAt(body, at, 8, false);
    if (told?.value == null) return null;
    const size = i === 0 ? told.value : (sizes[i - 1] ?? 0) + told.value - (2 ** (7 * told.length - 1) - 1);
    if (size < 0) return null;
    sizes.push(size);
    at += told.length;
  }
  return { sizes, end: at };
}
