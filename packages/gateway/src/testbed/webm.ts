/** How a recorder may lay out what it records. */
export interface WebmLayout {
  readonly perCluster: number;
  /** A recorder that streams does not know how long segment and clusters become. */
  readonly sizes: 'known' | 'unknown';
  readonly blocks: 'simple' | 'group';
  readonly lacing: 'none' | 'xiph' | 'ebml' | 'fixed';
  /** Elements that nobody asked for. */
  readonly extras: boolean;
  readonly head: boolean;
  readonly track: number;
  readonly docType?: string;
  readonly codec?: string;
  readonly type?: number;
  readonly channels?: number;
  readonly tracks?: number;
}

/** A packet as Opus has them: the byte that says how it is coded, then what it wants. */
export function opusPacket([toc, body]: readonly [number, Uint8Array]): Uint8Array {
  // Code 3 needs a byte that counts its frames.
  return Uint8Array.of(toc, ...((toc & 3) === 3 ? [1] : []), ...body);
}

/** Opus in WebM, written independently of what reads it. */
export function webmOf(packets: readonly Uint8Array[], layout: WebmLayout): Uint8Array {
  const { channels = 1, codec = 'A_OPUS', docType = 'webm', tracks = 1, type = 2, extras, sizes } = layout;
  const nothing = extras ? ebml(0xec, Uint8Array.of(1, 2, 3)) : new Uint8Array();
  const head = Uint8Array.of(...text('OpusHead'), 1, channels, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0);
  const entry = (number: number) =>
    ebml(
      0xae,
      nothing,
      ebml(0xd7, Uint8Array.of(number)),
      ebml(0x83, Uint8Array.of(type)),
      ebml(0x86, text(codec)),
      layout.head ? ebml(0x63a2, head) : nothing,
      ebml(0x56aa, Uint8Array.of(0x63, 0x2e, 0xa0)),
      ebml(0xe1, ebml(0xb5, Uint8Array.of(0x47, 0x3b, 0x80, 0)), ebml(0x9f, Uint8Array.of(channels))),
    );
  const entries = Array.from({ length: tracks }, (_, i) => entry(layout.track + i));
  const clusters: Uint8Array[] = [];
  for (let at = 0; at < packets.length; at += layout.perCluster) {
    const blocks = blocksOf(packets.slice(at, at + layout.perCluster), layout);
    clusters.push(ebmlSized(0x1f43b675, sizes, ebml(0xe7, Uint8Array.of(0)), nothing, ...blocks));
  }
  return joined([
    ebml(0x1a45dfa3, ebml(0x4286, Uint8Array.of(1)), ebml(0x4282, text(docType))),
    ebmlSized(
      0x18538067,
      sizes,
      ebml(0x1549a966, ebml(0x2ad7b1, Uint8Array.of(0x0f, 0x42, 0x40))),
      nothing,
      ebml(0x1654ae6b, ...entries),
      ...clusters,
      extras ? ebml(0x1254c367, new Uint8Array(20)) : new Uint8Array(),
    ),
  ]);
}

export function ebml(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  return ebmlSized(id, 'known', ...content);
}

function ebmlSized(id: number, sizes: WebmLayout['sizes'], ...content: readonly Uint8Array[]): Uint8Array {
  const idBytes = [24, 16, 8, 0].map((shift) => (id >>> shift) & 0xff);
  const body = joined(content);
  const size = sizes === 'unknown' ? [0x01, ...Array.from({ length: 7 }, () => 0xff)] : vint(body.length);
  return joined([Uint8Array.from(idBytes.slice(idBytes.findIndex((byte) => byte > 0))), Uint8Array.from(size), body]);
}

function vint(value: number): number[] {
  for (let length = 1; ; length++) {
    if (value >= 2 ** (7 * length) - 1) continue;
    const bytes = Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) & 0xff);
    bytes[0] = (bytes[0] ?? 0) | (0x80 >> (length - 1));
    return bytes;
  }
}

function blocksOf(packets: readonly Uint8Array[], { blocks, lacing, track }: WebmLayout): Uint8Array[] {
  const block = (flags: number, body: Uint8Array) => {
    const bytes = joined([Uint8Array.of(0x80 | track, 0, 0, flags), body]);
    return blocks === 'simple' ? ebml(0xa3, bytes) : ebml(0xa0, ebml(0xa1, bytes), ebml(0x9b, Uint8Array.of(20)));
  };
  const isEven = packets.every(({ length }) => length === packets[0]?.length);
  if (lacing === 'none' || packets.length < 2 || (lacing === 'fixed' && !isEven)) {
    return packets.map((packet) => block(0x80, packet));
  }
  const sizes = packets.slice(0, -1).map(({ length }) => length);
  const told =
    lacing === 'fixed'
      ? []
      : lacing === 'xiph'
        ? sizes.flatMap((size) => [...Array.from({ length: Math.floor(size / 255) }, () => 255), size % 255])
        : sizes.flatMap((size, i) => (i === 0 ? vint(size) : difference(size - (sizes[i - 1] ?? 0))));
  const flags = { xiph: 0x82, fixed: 0x84, ebml: 0x86 }[lacing];
  return [block(flags, joined([Uint8Array.of(packets.length - 1, ...told), ...packets]))];
}

/** In two bytes, which hold any difference between packets as tests have them. */
function difference(value: number): number[] {
  const shifted = value + 8191;
  return [0x40 | (shifted >> 8), shifted & 0xff];
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
