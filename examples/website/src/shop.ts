import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { securityHeaders } from './security-headers.ts';
import { signVisitorToken, type ShopCustomer, type VisitorKey } from './sign-visitor-token.ts';

export interface ShopOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly gatewayUrl: string;
  /** `wck_…`: which webchat. It stands in the page and is no secret. */
  readonly webchatKey: string;
  /** With it, whoever is logged in to the shop is known in the conversation. */
  readonly visitorKey?: VisitorKey | undefined;
  /** Pages that may show the shop in a frame. */
  readonly frameAncestors?: readonly string[] | undefined;
}

export interface Shop {
  readonly url: string;
  close(): Promise<void>;
}

/** The one customer of this shop that has an account. A real shop knows who is logged in by its own session. */
const account: ShopCustomer = { id: 'cliente-2041', name: 'Helena Duarte', email: 'helena@exemplo.com.br' };

const publicFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'public');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves the shop: its pages with the webchat's line in them, and `/conta/identidade` for the webchat. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const headers = securityHeaders(options.gatewayUrl, options.frameAncestors ?? []);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response, options).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ShopOptions): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://shop.invalid');
  if (pathname === '/conta/identidade' && request.method === 'POST') {
    identity(request, response, options);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405).end();
    return;
  }
  const name = pages[pathname] ?? (/^\/[a-z-]+\.(css|js|svg)$/.test(pathname) ? pathname.slice(1) : null);
  if (name === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Esta página não existe.');
    return;
  }
  let body: string;
  try {
    body = await readFile(join(publicFolder, name), 'utf8');
  } catch {
    response.writeHead(404).end();
    return;
  }
  if (name.endsWith('.html')) body = withWebchat(body, options);
  response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain', 'Cache-Control': 'no-cache' });
  response.end(body);
}

const pages: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/entrega': 'entrega.html',
};

/** What a shop pastes before `</body>`: one line. */
function withWebchat(html: string, { gatewayUrl, webchatKey }: ShopOptions): string {
  const line = `<script async src="${gatewayUrl}/webchat.js" data-key="${webchatKey}"></script>`;
  return html.replace('<!-- webchat -->', line);
}

/** Only the shop's own pages may ask who is logged in. */
function identity(request: IncomingMessage, response: ServerResponse, { visitorKey }: ShopOptions): void {
  const { origin, host } = request.headers;
  if (origin !== `http://${host ?? ''}` || !visitorKey) {
    response.writeHead(403).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  response.end(signVisitorToken(visitorKey, account));
}
