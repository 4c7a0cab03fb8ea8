import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface PageServerOptions {
  readonly port: number;
  /** Built pages. */
  readonly folder: string;
  readonly gatewayUrl: string;
  /** `/config.json`, `/crm/session`: the CRM's own backend. `null`: not one of its addresses. */
  readonly backend: (request: Request) => Promise<Response | null>;
  /** The phone's side: same origin as the pages, because Meta's side is no business of a CRM. */
  readonly simulator: (request: Request) => Promise<Response>;
}

const pages: Readonly<Record<string, string>> = { '/': 'home.html', '/crm': 'crm.html', '/phone': 'phone.html' };
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/** Serves the demo's pages under the policy that a careful host would set. */
export async function servePages(options: PageServerOptions): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return { close: () => closeNow(server) };
}

/** The gateway is the only other origin, and only for data and files. */
export function contentSecurityPolicy(gatewayUrl: string): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ${gatewayUrl}`,
    `img-src 'self' blob: ${gatewayUrl}`,
    `media-src 'self' blob: ${gatewayUrl}`,
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
  ].join('; ');
}

async function answer(options: PageServerOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`);
  if (url.pathname.startsWith('/simulator/')) {
    return await pass(await options.simulator(requestOf(incoming, url)), outgoing);
  }
  const response = await options.backend(requestOf(incoming, url));
  if (response) return await pass(response, outgoing);
  await serveFile(options, url.pathname, outgoing);
}

async function serveFile({ folder, gatewayUrl }: PageServerOptions, pathname: string, outgoing: ServerResponse) {
  const file = pages[pathname] ?? normalize(pathname).replace(/^\/+/, '');
  const path = join(folder, file);
  const found = path.startsWith(folder) && (await stat(path).catch(() => null))?.isFile();
  outgoing.setHeader('Content-Security-Policy', contentSecurityPolicy(gatewayUrl));
  outgoing.setHeader('X-Content-Type-Options', 'nosniff');
  outgoing.setHeader('Referrer-Policy', 'no-referrer');
  outgoing.setHeader('Cache-Control', 'no-cache');
  if (!found) {
    outgoing.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Não há nada aqui.');
    return;
  }
  outgoing.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
  await pipeline(createReadStream(path), outgoing);
}

function requestOf(incoming: IncomingMessage, url: URL): Request {
  const gone = new AbortController();
  incoming.socket.once('close', () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, String(value));
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream);
  return new Request(url, {
    method,
    headers,
    signal: gone.signal,
    ...(body && { body, duplex: 'half' }),
  } as RequestInit);
}

async function pass(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void outgoing.end();
  outgoing.flushHeaders();
  // A stream ends when either side goes away; that is no failure.
  await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => undefined);
}

function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
