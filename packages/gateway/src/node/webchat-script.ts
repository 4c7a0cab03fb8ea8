import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder of `@prosa/widget-webchat` with the script for websites.
 * @returns `null` when the package is not installed beside the gateway
 */
export function findWebchatFolder(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@prosa/widget-webchat/package.json')), 'dist', 'cdn');
  } catch {
    return null;
  }
}

/** `/webchat.js`, which every website names, and what it loads, under names that change with the content. */
const paths = /^\/webchat(?:\.js|\/[\w-]+\.js)$/;

/**
 * Serves the webchat to websites: public code, for every origin. Which pages may use a key is decided when they call.
 *
 * @param folder holds `webchat.js` and `webchat/`
 * @returns answers a request for one of these files; `null` for everything else
 */
export function serveWebchatScript(folder: string | null): (request: Request) => Promise<Response | null> {
  return async ({ url, method }) => {
    const { pathname } = new URL(url);
    if (!paths.test(pathname)) return null;
    if (method !== 'GET' && method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
    const file = folder === null ? null : await read(join(folder, pathname));
    if (file === null) {
      const why = 'The webchat is not built or not installed here; see PROSA_WEBCHAT_DIR.';
      return new Response(why, { status: 404, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' } });
    }
    return new Response(method === 'HEAD' ? null : file, {
      headers: {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': pathname === '/webchat.js' ? 'public, max-age=300' : 'public, max-age=31536000, immutable',
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  };
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}
