import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Listener } from '../node/listen.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openDesk, whoAmI, type TestDesk } from '../testbed/desk.ts';
import { listeningClient, listenOn, type ListeningClient } from '../testbed/desk-over-http.ts';
import { freshPostgres } from '../testbed/engines.ts';
import { openBufferingProxy, type BufferingProxy } from '../testbed/fault-proxy.ts';

/** Two gateways on one PostgreSQL; pages of one agent at each of them, one behind a proxy that holds streams back. */
let databases: Database[];
let desks: TestDesk[];
let listeners: Listener[];
let proxy: BufferingProxy;
let readers: ListeningClient[];

beforeEach(async () => {
  const url = await freshPostgres();
  databases = [await openPostgres({ url, poolSize: 3 }), await openPostgres({ url, poolSize: 3 })];
  await migrate(databases[0] as Database);
  desks = databases.map((database) => openDesk(database));
  listeners = await Promise.all(desks.map((desk) => listenOn(desk)));
  proxy = await openBufferingProxy((listeners[1] as Listener).url);
  readers = [];
});
afterEach(async () => {
  for (const { client } of readers) client.destroy();
  await proxy.close();
  for (const { gateway } of desks) await gateway.close();
  for (const listener of listeners) await listener.close({ deadlineMs: 0 });
  for (const database of databases) await database.close();
});

it('an agent who is deactivated at one instance is out at all of them within five seconds, by stream, pages and REST', async () => {
  const [first, second] = desks as [TestDesk, TestDesk];
  const workspace = await first.workspace('Cacau');
  const ana = await workspace.agent('ana', { name: 'Ana' });
  const { id } = await whoAmI(ana);
  readers = [
    ...listeners.map(({ url }) => listeningClient(url, ana)),
    // The five seconds after which a stream is held back are over soon.
    listeningClient(proxy.url, ana, { speed: 20 }),
  ];
  const states = () => readers.map(({ client }) => client.connection.current.state);
  await vi.waitFor(() => expect(states()).toEqual(['connected', 'connected', 'connected']), { timeout: 20_000 });
  expect(readers.map(({ client }) => client.connection.current.transport)).toEqual(['sse', 'sse', 'poll']);

  await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
  await vi.waitFor(() => expect(states()).toEqual(['needs_auth', 'needs_auth', 'needs_auth']), {
    timeout: 20_000,
    interval: 20,
  });
  for (const desk of [first, second]) {
    const { status, body } = await desk.caller(ana.token).call('GET', '/v1/conversations');
    expect([status, body]).toMatchObject([401, { code: 'agent_deactivated' }]);
    for (const path of ['/v1/events', '/v1/events/poll']) {
      expect((await desk.caller(ana.token).call('GET', path)).status).toBe(401);
    }
  }
});
