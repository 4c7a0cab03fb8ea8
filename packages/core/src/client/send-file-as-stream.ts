import type { UploadProgress } from './prosa-client.ts';
import type { FileRequest } from './send-file.ts';

const partBytes = 64 * 1024;

/**
 * Sends a file, and tells how much has left, where there is no `XMLHttpRequest`: in Node, Deno and Bun. A service worker has
 * no way to tell, as browsers send streams with HTTP/2 only: its file goes all the same.
 */
export function sendFile(
  url: string,
  { body: file, ...request }: FileRequest,
  onProgress: (progress: UploadProgress) => void,
): Promise<Response> {
  if ('ServiceWorkerGlobalScope' in globalThis) return fetch(url, { ...request, body: file });
  let loadedBytes = 0;
  const parts = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = new Uint8Array(await file.slice(loadedBytes, loadedBytes + partBytes).arrayBuffer());
      if (part.byteLength === 0) {
        controller.close();
        return;
      }
      controller.enqueue(part);
      loadedBytes += part.byteLength;
      onProgress({ loadedBytes, totalBytes: file.size });
    },
  });
  // The answer comes after the stream, which has to be said (WHATWG, "Fetch", `duplex`).
  const init: RequestInit & { readonly duplex: 'half' } = { ...request, body: parts, duplex: 'half' };
  return fetch(url, init);
}
