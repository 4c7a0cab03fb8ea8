import { refuse } from '../domain/problems.ts';

/** Largest JSON body in bytes. The longest thing that anybody writes is a message of 4,096 characters. */
export const maxJsonBytes = 256 * 1024;

/** The whole body, never more than `maxBytes` of it in memory whatever `Content-Length` says. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > maxBytes) await tooLarge(request, maxBytes);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) await tooLarge(request, maxBytes);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

async function tooLarge(request: Request, maxBytes: number): Promise<never> {
  await request.body?.cancel().catch(() => undefined);
  refuse('payload_too_large', { detail: `At most ${maxBytes} bytes are accepted here.` });
}

/** What a body may say that it is; one that says nothing is taken for JSON. */
const jsonType = /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i;

/** `undefined` for an empty body. */
export async function readJson(request: Request, maxBytes = maxJsonBytes): Promise<unknown> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.byteLength === 0) return undefined;
  const type = request.headers.get('content-type');
  if (type !== null && !jsonType.test(type)) {
    refuse('malformed_json', { detail: 'The body must be JSON: send `Content-Type: application/json`.' });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    refuse('malformed_json', { detail: 'The body must be JSON in UTF-8.' });
  }
}
