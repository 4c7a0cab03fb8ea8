import { MediaTooLargeError, type MediaStore } from '../media/media-store.ts';

/** Files in memory, for tests. */
export function memoryMedia(): MediaStore {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    async put(key, body, { maxBytes }) {
      const bytes = new Uint8Array(await new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
      if (bytes.byteLength > maxBytes) throw new MediaTooLargeError(maxBytes);
      files.set(key, bytes);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return { size: bytes.byteLength, sha256, head: bytes.slice(0, 64 * 1024) };
    },
    get(key, range) {
      const bytes = files.get(key);
      if (!bytes) return Promise.resolve(null);
      const part = range ? bytes.slice(range.start, range.end + 1) : bytes;
      return Promise.resolve(new Blob([part]).stream());
    },
    delete(key) {
      files.delete(key);
      return Promise.resolve();
    },
  };
}
