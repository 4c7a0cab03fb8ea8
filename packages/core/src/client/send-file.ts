import type { UploadProgress } from './prosa-client.ts';

export interface FileRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  readonly signal: AbortSignal;
}

/** Sends a file, and tells how much has left. A service worker has no way to tell: its file goes all the same. */
export function sendFile(
  url: string,
  request: FileRequest,
  onProgress: (progress: UploadProgress) => void,
): Promise<Response> {
  if ('XMLHttpRequest' in globalThis) return sendFileByXhr(url, request, onProgress);
  return 'ServiceWorkerGlobalScope' in globalThis ? fetch(url, request) : sendFileAsStream(url, request, onProgress);
}

const partBytes = 64 * 1024;

/** In Node, Deno and Bun. Browsers send streams with HTTP/2 only. */
function sendFileAsStream(
  url: string,
  { body: file, ...request }: FileRequest,
  onProgress: (progress: UploadProgress) => void,
): Promise<Response> {
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
  // A stream needs to be told that its answer comes after it (WHATWG, "Fetch", `duplex`).
  const init: RequestInit & { readonly duplex: 'half' } = {
    ...request,
    body: parts,
    duplex: 'half',
  };
  return fetch(url, init);
}

/** Sends a file with `XMLHttpRequest`, the only way for a browser to tell how much has left. */
export function sendFileByXhr(
  url: string,
  { method, headers, body, signal }: FileRequest,
  onProgress: (progress: UploadProgress) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => {
      onProgress({ loadedBytes: loaded, totalBytes: body.size });
    };
    xhr.onload = () => {
      resolve(responseOf(xhr));
    };
    xhr.onerror = () => {
      reject(new TypeError('XMLHttpRequest failed'));
    };
    signal.addEventListener('abort', () => {
      xhr.abort();
    });
    xhr.send(body);
  });
}

function responseOf(xhr: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const name of ['retry-after', 'x-request-id']) {
    const value = xhr.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(xhr.responseText || null, { status: xhr.status, headers });
}
