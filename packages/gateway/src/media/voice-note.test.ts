import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOgg } from '../testbed/read-ogg.ts';
import { ebml, opusPacket, webmOf, type WebmLayout } from '../testbed/webm.ts';
import { samplesOf, writeOggOpus } from './ogg-opus.ts';
import { sniff } from './sniff.ts';
import { isWebmOpus, readWebmOpus, WebmError } from './webm-opus.ts';

const packets = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ minLength: 0, maxLength: 600 })).map(opusPacket),
  { minLength: 1, maxLength: 120 },
);
const layout: fc.Arbitrary<WebmLayout> = fc.record({
  perCluster: fc.integer({ min: 1, max: 40 }),
  sizes: fc.constantFrom('known', 'unknown'),
  blocks: fc.constantFrom('simple', 'group'),
  lacing: fc.constantFrom('none', 'xiph', 'ebml', 'fixed'),
  extras: fc.boolean(),
  head: fc.boolean(),
  track: fc.integer({ min: 1, max: 126 }),
});
const plain: WebmLayout = {
  perCluster: 50,
  sizes: 'unknown',
  blocks: 'simple',
  lacing: 'none',
  extras: false,
  head: true,
  track: 1,
};
const two = [opusPacket([8, Uint8Array.of(1, 2, 3)]), opusPacket([8, Uint8Array.of(4)])];

describe('a recording', () => {
  it('is no other file, whatever that calls itself', () => {
    const others = [
      new Uint8Array(),
      new TextEncoder().encode('<html>'),
      webmOf(two, { ...plain, docType: 'matroska' }),
      webmOf(two, { ...plain, codec: 'A_VORBIS' }),
      webmOf(two, { ...plain, codec: 'V_VP8', type: 1 }),
      webmOf(two, { ...plain, tracks: 2 }),
      webmOf(two, { ...plain, channels: 6 }),
    ];
    for (const bytes of others) {
      expect(isWebmOpus(bytes)).toBe(false);
      expect(sniff(bytes)?.mimeType).not.toBe('audio/webm');
      expect(() => readWebmOpus(bytes)).toThrow(WebmError);
    }
    expect(() => readWebmOpus(webmOf([], plain))).toThrow('no sound');
    expect(sniff(webmOf(two, plain))).toEqual({ mimeType: 'audio/webm', kind: 'audio' });
  });

  it('goes to Ogg with the very same packets, however its container is laid out', () => {
    fc.assert(
      fc.property(packets, layout, (given, how) => {
        const stream = readWebmOpus(webmOf(given, how));
        expect(stream.packets).toEqual(given);
        const ogg = readOgg(writeOggOpus(stream));
        expect(ogg.packets.slice(2)).toEqual(given);
        expect(ogg.granule).toBe(given.reduce((samples, packet) => samples + samplesOf(packet), 0));
      }),
      { numRuns: 150 },
    );
  });

  it('is read, or refused, when it is spoiled or cut, and nothing else happens', () => {
    fc.assert(
      fc.property(
        packets,
        layout,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.nat(),
        (given, how, changes, cut) => {
          const bytes = webmOf(given, how);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          try {
            writeOggOpus(readWebmOpus(bytes.subarray(0, cut % (bytes.length + 1))));
          } catch (error) {
            expect(error instanceof WebmError || error instanceof RangeError).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('loses only what is cut off at its end', () => {
    const bytes = webmOf(two, plain);
    expect(readWebmOpus(bytes.subarray(0, -1)).packets).toEqual(two.slice(0, 1));
  });

  it('does not take long to refuse what only pretends to be one', () => {
    const nested = ebml(0x1f43b675, new Uint8Array(4_000_000));
    const bytes = webmOf([], plain);
    const all = new Uint8Array(bytes.length + nested.length);
    all.set(bytes);
    all.set(nested, bytes.length);
    expect(() => readWebmOpus(all)).toThrow(WebmError);
  });
});

describe('the Ogg file', () => {
  it('begins as players want it: mono, with what the recorder skips, then the tags', () => {
    const ogg = readOgg(writeOggOpus(readWebmOpus(webmOf(two, { ...plain, channels: 2 }))));
    const [head = new Uint8Array(), tags = new Uint8Array()] = ogg.packets;
    expect(new TextDecoder('latin1').decode(head.subarray(0, 8))).toBe('OpusHead');
    expect([head[8], head[9], new DataView(head.buffer, head.byteOffset).getUint16(10, true), head[18]]).toEqual([
      1, 1, 312, 0,
    ]);
    expect(new TextDecoder('latin1').decode(tags.subarray(0, 8))).toBe('OpusTags');
    expect(ogg.pages.map(({ flags }) => flags)).toEqual([2, 0, 4]);
  });

  it('is the same each time', () => {
    const stream = readWebmOpus(webmOf(two, plain));
    expect(writeOggOpus(stream)).toEqual(writeOggOpus(stream));
  });

  it('knows how long packets sound', () => {
    // One frame of 20 ms (SILK, hybrid, CELT), two of 2.5 ms, three of 60 ms.
    for (const [packet, samples] of [
      [[0x08], 960],
      [[0x68], 960],
      [[0x98], 960],
      [[0x81], 240],
      [[0x1b, 0x03], 8640],
    ] as const)
      expect(samplesOf(Uint8Array.from(packet))).toBe(samples);
  });
});
