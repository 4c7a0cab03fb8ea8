import { bundlePage } from '@prosa/build';
import { createClient } from '@prosa/core';
import { launchBrowser } from '@prosa/test-browser';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addOrigin } from '../packages/gateway/src/admin/origins.ts';
import { createWebchatChannel } from '../packages/gateway/src/admin/webchat-channels.ts';
import { signAgentToken } from '../packages/gateway/src/admin/agent-token.ts';
import { webchatCustomers } from '../packages/gateway/src/conformance/customers.ts';
import { startGateway, type RunningGateway } from '../packages/gateway/src/node/start-gateway.ts';
import { newId } from '../packages/gateway/src/domain/ids.ts';

/**
 * How long a conversation takes to open in the inbox, in a browser, from a gateway on SQLite, and what the page then
 * holds, however many messages there are. Figures are for reading, side by side in one run; nothing fails because of them.
 */

const sizes = [50, 1000, 100_000];
const rounds = 9;
const site = 'https://loja.test';
const text = (position: number) => `Mensagem ${position} da conversa`;

/** A conversation that an agent attends, with as many messages as wanted: those after the first few are copies. */
async function conversationWith(gateway: RunningGateway, count: number, key: string, token: string): Promise<string> {
  const { url, database } = gateway;
  const wire = { url, fetch, violations: { answers: [], problems: [], frames: [] }, timeoutMs: 15_000 };
  const visitor = await webchatCustomers(wire, { key, origin: site }).newCustomer();
  const id = await visitor.says('Oi');
  if (id === null) throw new Error('the conversation has no id');
  const agent = createClient({ baseUrl: url, token });
  await agent.conversations.accept(id);
  await agent.messages.send(id, { type: 'text', text: 'Bom dia' });
  agent.destroy();
  await database.transaction(async (tx) => {
    const rows = await tx.selectFrom('messages').selectAll().where('conversationId', '=', id).execute();
    const kinds = ['inbound', 'outbound'].map((direction) => rows.find((row) => row.direction === direction));
    const [first, second] = kinds;
    if (!first || !second) throw new Error('unable to measure; nobody wrote');
    const from = Math.max(...rows.map(({ position }) => position)) + 1;
    const copies = Array.from({ length: count - rows.length }, (_, index) => ({
      ...(index % 3 === 0 ? second : first),
      id: newId('message', Date.now()),
      position: from + index,
      content: JSON.stringify({ type: 'text', text: text(from + index), entities: [] }),
      clientId: null,
      providerId: null,
      createdAt: Date.now() - (count - index) * 20_000,
    }));
    for (let at = 0; at < copies.length; at += 400) {
      await tx
        .insertInto('messages')
        .values(copies.slice(at, at + 400))
        .execute();
    }
    await tx
      .updateTable('conversations')
      .set({ nextPosition: from + copies.length })
      .where('id', '=', id)
      .execute();
  });
  return id;
}

async function servePage(folder: string): Promise<{ url: string; close: () => void }> {
  await bundlePage({ page: fileURLToPath(new URL('pages/inbox.ts', import.meta.url)) }, folder, { sourcemap: false });
  const html =
    '<!doctype html><html lang="pt-BR"><meta charset="utf-8"><style>html,body,prosa-inbox{height:100%;margin:0}</style>' +
    '<prosa-inbox></prosa-inbox><script type="module" src="/page.js"></script></html>';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const isPage = pathname === '/';
    if (!isPage && !pathname.endsWith('.js')) return void response.writeHead(404).end();
    response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
    response.end(isPage ? html : readFileSync(join(folder, pathname)));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const whole = (value: number) => Math.round(value).toLocaleString('en-US');

const folder = mkdtempSync(join(tmpdir(), 'prosa-bench-'));
const gateway = await startGateway({ dataDir: join(folder, 'data'), databaseUrl: null });
const page = await servePage(join(folder, 'page'));
const browser = await launchBrowser();
try {
  const scope = { db: gateway.database, clock: Date };
  const token = await signAgentToken({ ...gateway.agentKey, sub: 'ana', name: 'Ana', expiresInSeconds: 3600 });
  const { key } = await createWebchatChannel(scope, gateway.workspace.id, { settings: { origins: [site] } });
  await addOrigin(scope, gateway.workspace.id, page.url);
  const ids = new Map<number, string>();
  for (const count of sizes) ids.set(count, await conversationWith(gateway, count, key, token));

  const view = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await view.goto(page.url);
  const session = await view.context().newCDPSession(view);
  const heapMb = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 1024 / 1024;
  };
  await view.evaluate(([url, secret]) => window.bench.start(url, secret), [gateway.url, token] as const);
  const open = (count: number) =>
    view.evaluate(([id, words]) => window.bench.open(id, words), [ids.get(count) ?? '', text(count)] as const);
  const leave = () => view.evaluate(() => window.bench.leave());

  // What is loaded when it is first needed is loaded, and code that runs often is compiled.
  for (const count of sizes) await open(count).then(leave);
  const empty = await heapMb();
  const times = new Map(sizes.map((count) => [count, [] as number[]]));
  const heaps = new Map<number, number>();
  // In turn, so that whatever else the machine does is shared.
  for (let round = 0; round < rounds; round++) {
    for (const count of sizes) {
      times.get(count)?.push(await open(count));
      if (round === rounds - 1) heaps.set(count, await heapMb());
      await leave();
    }
  }
  console.log('from choosing a conversation to its newest messages on the screen, median of', rounds);
  const first = median(times.get(sizes[0] ?? 0) ?? []);
  for (const count of sizes) {
    const ms = median(times.get(count) ?? []);
    const heap = (heaps.get(count) ?? NaN).toFixed(1);
    console.log(
      `  ${whole(count).padStart(7)} messages: ${whole(ms)} ms (${(ms / first).toFixed(2)}), heap ${heap} MB`,
    );
  }
  const longest = sizes.at(-1) ?? 0;
  await open(longest);
  await view.evaluate(() => window.bench.goBack(20));
  console.log(
    `  heap with no conversation ${empty.toFixed(1)} MB, twenty pages further up ${(await heapMb()).toFixed(1)} MB`,
  );
} finally {
  await browser.close();
  page.close();
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
}
