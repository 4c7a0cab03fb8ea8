/** Largest sticker that does not move, in bytes (Meta, WhatsApp Cloud API, "Media": 100 kB, and 500 kB for one that does). */
export const stillStickerMaxBytes = 100 * 1024;

/** Whether a WebP has more pictures than one: a flag of its extended header ("WebP Container Specification"). */
export function isMoving(head: Uint8Array): boolean {
  const format = String.fromCharCode(...head.subarray(12, 16));
  return format === 'VP8X' && ((head[20] ?? 0) & 0x02) !== 0;
}
