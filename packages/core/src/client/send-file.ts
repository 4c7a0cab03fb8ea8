import type { UploadProgress } from './prosa-client.ts';

export interface FileRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  readonly signal: AbortSignal;
}

/** Sends a file with `XMLHttpRequest`, the only way for a browser to tell how much has left. */
export function sendFile(
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
    signal.onabort = () => {
      xhr.abort();
    };
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
