import { expect, it } from 'vitest';
import { acceptFile } from './accept-file.ts';
import { isMoving, stillStickerMaxBytes } from './sticker.ts';

/** The beginning of a WebP: its kind, and the flags of the extended one. */
function webp(format: string, flags = 0): Uint8Array {
  const head = new TextEncoder().encode(`RIFF\x24\0\0\0WEBP${format}\x0a\0\0\0\0\0\0\0`);
  head[20] = flags;
  return head;
}
const still = [webp('VP8 '), webp('VP8L'), webp('VP8X'), webp('VP8X', 0x10), webp('VP8 ', 0x02)];
const moving = webp('VP8X', 0x12);
const accepted = (head: Uint8Array, size: number, stickers = true) =>
  acceptFile({ size, sha256: '', head } as Parameters<typeof acceptFile>[0], 'oi.webp', { stickers });

it('moves when its header says so, and only then', () => {
  expect([isMoving(moving), ...still.map(isMoving)]).toEqual([true, false, false, false, false, false]);
  expect(isMoving(new Uint8Array())).toBe(false);
});

it('may have 100 kB, and 500 kB when it moves', () => {
  for (const head of still) {
    expect(accepted(head, stillStickerMaxBytes)).toMatchObject({ outcome: 'accepted', type: { kind: 'sticker' } });
    expect(accepted(head, stillStickerMaxBytes + 1)).toEqual({
      outcome: 'too_large',
      detail: 'A sticker that does not move can have at most 102400 bytes.',
    });
  }
  expect(accepted(moving, 500 * 1024)).toMatchObject({ outcome: 'accepted' });
  expect(accepted(moving, 500 * 1024 + 1)).toMatchObject({ outcome: 'too_large' });
});

it('is a picture like any other where nobody sends stickers', () => {
  expect(accepted(webp('VP8 '), 400 * 1024, false)).toMatchObject({ outcome: 'accepted' });
});
