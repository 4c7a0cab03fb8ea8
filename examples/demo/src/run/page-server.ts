import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crmUsers, isCrmUserId } from '../crm/agents.ts';
import { signAgentToken, tokenLifeSeconds, type SigningKey } from '../crm/sign-agent-token.ts';
import { securityHeaders } from './security-headers.ts';

export interface PageServerOptions {
  /** Answered at `/demo`, to tell this demo from another one. */
  readonly id: string;
  /** Built scripts. */
  readonly pagesDir: string;
  readonly gatewayUrl: string;
  /** Another website: it is only shown here. */
  readonly shopUrl: string;
  /** Key that the CRM shares with the gateway. */
  readonly signingKey: SigningKey;
  readonly simulator: { fetch(request: Request): Promise<Response> };
}

const sources = join(dirname(fileURLToPath(import.meta.url)), '..', 'pages');
const documents: Readonly<Record<string, string>> = { '/': 'desk.html', '/crm': 'crm.html', '/phone': 'phone.html' };
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The CRM's own web server: its pages, its session endpoint, and the phone's way to the simulator. */
export function createPageServer(options: PageServerOptions): (request: Request) => Promise<Response> {
  const policy = securityHeaders(options.gatewayUrl, options.shopUrl);

  return async (request) => {
    const response = await answer(request, new URL(request.url), options);
    const headers = new Headers(response.headers);
    // What a phone uploaded comes with a stricter policy of its own.
    for (const [name, value] of Object.entries(policy)) if (!headers.has(name)) headers.set(name, value);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-cache');
    return new Response(response.body, { status: response.status, headers });
  };
}

async function answer(request: Request, url: URL, options: PageServerOptions): Promise<Response> {
  const { pathname } = url;
  if (pathname.startsWith('/simulator/')) return options.simulator.fetch(request);
  if (pathname === '/crm/session') return session(request, url, options);
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
  if (pathname === '/shop') return Response.redirect(`${options.shopUrl}/`, 302);
  if (pathname === '/demo') return new Response(options.id, { headers: { 'Content-Type': 'text/plain' } });
  const document = documents[pathname];
  if (document) return file(sources, document);
  if (/^\/assets\/[a-z0-9-]+\.(css|svg)$/.test(pathname)) return file(sources, pathname.slice('/assets/'.length));
  if (/^\/scripts\/[\w./-]+\.js(\.map)?$/.test(pathname) && !pathname.includes('..')) {
    return file(options.pagesDir, pathname.slice('/scripts/'.length));
  }
  return new Response('Não há nada neste endereço.', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

/** Stands for the session of whoever is logged in to the CRM: here the page says who that is. */
function session(request: Request, url: URL, { gatewayUrl, signingKey }: PageServerOptions): Response {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { Allow: 'POST' } });
  // A page of another site must not be able to ask for a token.
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== url.origin) return new Response(null, { status: 403 });
  const userId = url.searchParams.get('agent');
  if (!isCrmUserId(userId)) return Response.json({ error: 'unknown user' }, { status: 404 });
  return Response.json(
    {
      gatewayUrl,
      user: crmUsers[userId],
      token: signAgentToken(signingKey, userId),
      expiresInSeconds: tokenLifeSeconds,
    },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}

async function file(folder: string, name: string): Promise<Response> {
  try {
    const body = await readFile(join(folder, name));
    return new Response(body, { headers: { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' } });
  } catch {
    return new Response(null, { status: 404 });
  }
}
