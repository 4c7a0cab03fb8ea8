import { serve } from '@hono/node-server';
import { bundlePage } from '@prosa/build';
import { Hono } from 'hono';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { CustomerBook } from './customer-book.ts';
import { customersRoutes } from './customers-routes.ts';
import { firstCustomers } from './first-customers.ts';
import { securityHeaders } from './security-headers.ts';
import { endedSessionCookie, sessionCookie, userOfRequest } from './session.ts';
import { signAgentToken, tokenLifeSeconds, type AgentKey } from './sign-agent-token.ts';
import { userOf, users } from './users.ts';

export interface CrmOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly gatewayUrl: string;
  readonly agentKey: AgentKey;
  /** `index.html`, styles, pictures. */
  readonly publicDir: string;
  /** The page's script; it is bundled when the CRM starts. */
  readonly entry: string;
}

export interface Crm {
  readonly url: string;
  readonly customers: CustomerBook;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A small CRM: a page, a session, customers of its own, and tokens for the gateway. */
export async function startCrm({ port, gatewayUrl, agentKey, publicDir, entry }: CrmOptions): Promise<Crm> {
  const scripts = mkdtempSync(join(tmpdir(), 'example-crm-'));
  await bundlePage({ crm: entry }, scripts);
  const customers = new CustomerBook(firstCustomers);
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    const headers = securityHeaders(gatewayUrl);
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  });

  app.get('/api/sessao', (context) => {
    const user = userOfRequest(context.req.raw);
    return context.json({ usuario: user ?? null, usuarios: users, gatewayUrl });
  });
  app.post('/api/sessao', async (context) => {
    const { usuario } = await context.req.json<{ usuario?: string }>();
    const user = userOf(usuario);
    if (!user) return context.json({ mensagem: 'Usuário desconhecido.' }, 404);
    context.header('Set-Cookie', sessionCookie(user));
    return context.json({ usuario: user });
  });
  app.delete('/api/sessao', (context) => {
    context.header('Set-Cookie', endedSessionCookie);
    return context.body(null, 204);
  });

  // Everything below is for who is logged in.
  app.use('/api/*', async (context, next) =>
    userOfRequest(context.req.raw) ? await next() : context.json({ mensagem: 'Entre de novo.' }, 401),
  );
  app.post('/api/token', (context) => {
    const user = userOfRequest(context.req.raw);
    if (!user) return context.body(null, 401);
    context.header('Cache-Control', 'no-store');
    return context.json({ token: signAgentToken(agentKey, user), expiresInSeconds: tokenLifeSeconds });
  });
  app.route('/api/clientes', customersRoutes(customers));

  app.get('/scripts/*', (context) => file(scripts, context.req.path.slice('/scripts/'.length)));
  app.get('/*', (context) => file(publicDir, context.req.path === '/' ? 'index.html' : context.req.path.slice(1)));

  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    customers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          rmSync(scripts, { recursive: true, force: true });
          resolve();
        });
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

async function file(folder: string, name: string): Promise<Response> {
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(name) || name.includes('..')) return new Response(null, { status: 404 });
  try {
    const body = await readFile(join(folder, name));
    return new Response(body, {
      headers: { 'Content-Type': types[extname(name)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' },
    });
  } catch {
    return new Response('Não há nada neste endereço.', { status: 404 });
  }
}
