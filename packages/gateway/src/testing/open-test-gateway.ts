import { createClient, type ProsaClient } from '@prosa/core';
import type { Agent } from '@prosa/core/contract';
import { signAgentToken } from '../admin/agent-token.ts';
import { signVisitorToken } from '../admin/visitor-token.ts';
import { createWebchatChannel, type WebchatChanges } from '../admin/webchat-channels.ts';
import { day, hour, minute, second } from '../clock.ts';
import { announce, openConversation, saveConversation } from '../commands/conversation-draft.ts';
import type { Database } from '../store/database.ts';
import { runUnit } from '../store/unit.ts';
import { openWorld, type World } from './open-world.ts';
import { plantSeed } from './seed.ts';
import { runEverythingDue, untilDelivered, untilSettled } from './settle.ts';
import type { TestDuration, TestGateway, TestGatewayOptions } from './test-gateway.ts';
import { testNetwork } from './test-network.ts';
import type {
  TestAgent,
  TestAgentOptions,
  TestClientOptions,
  TestTokenOptions,
  TestVisitorOptions,
} from './test-people.ts';
import { testVisitors } from './test-visitors.ts';

/** Where a browser does not have it yet, compilers of `await using` ask for this one. */
const asyncDispose: typeof Symbol.asyncDispose =
  (Symbol as Partial<SymbolConstructor>).asyncDispose ??
  (Symbol.for('Symbol.asyncDispose') as typeof Symbol.asyncDispose);

const undeliverable = { code: 131026, title: 'Message undeliverable' };

/** @param openDatabase an empty database, that the gateway closes in the end; `reset` asks for another */
export async function openTestGateway(
  openDatabase: () => Promise<Database>,
  options: TestGatewayOptions,
): Promise<TestGateway> {
  const { baseUrl = 'http://gateway.test', origin = pageOrigin() } = options;
  const beginWorld = async () => await openWorld(await openDatabase(), { ...options, baseUrl, origin });
  let world = await beginWorld();
  let visitors = visitorsOf(world);
  let closed: Promise<void> | null = null;
  const clients = new Set<ProsaClient>();
  const network = testNetwork((input, init) => world.fetch(input, init), baseUrl);

  function clientOf(
    token: string | (() => Promise<string>),
    { storage = null, timeoutMs, cursor }: TestClientOptions = {},
    fetch = network.fetch,
  ): ProsaClient {
    const client = createClient({ baseUrl, token, fetch, storage, timeoutMs, cursor, clock: world.clock });
    clients.add(client);
    return client;
  }

  async function agentToken({ name, externalId = name, expiresInSeconds = 3600, ...rest }: TestTokenOptions) {
    const isOver = expiresInSeconds <= 0;
    const claims = { ...world.agentKey, sub: externalId, name, ...rest };
    const now = world.clock.now();
    return await signAgentToken(
      isOver
        ? // Long ago: the gateway allows clocks to differ a little.
          { ...claims, now: now + expiresInSeconds * second - hour, expiresInSeconds: minute / second }
        : { ...claims, now, expiresInSeconds },
    );
  }

  async function createAgent(agent: TestAgentOptions): Promise<TestAgent> {
    const token = () => agentToken(agent);
    // The first request of an agent makes them known.
    const response = await world.fetch(`${baseUrl}/v1/agents/me`, {
      headers: { authorization: `Bearer ${await token()}` },
    });
    if (!response.ok) throw new Error(`unable to create the agent; ${await response.text()}`);
    return { ...((await response.json()) as Agent), token, client: (options) => clientOf(token, options) };
  }

  async function createWebchat(settings: WebchatChanges = {}): Promise<string> {
    const { scope, workspaceId } = world;
    return (await createWebchatChannel(scope, workspaceId, { settings: { origins: [origin], ...settings } })).key;
  }

  async function visitorToken({ externalId: sub, expiresInSeconds = 3600, ...claims }: TestVisitorOptions) {
    const now = world.clock.now();
    return await signVisitorToken({ ...world.visitorKey, sub, expiresInSeconds, now, ...claims });
  }

  function visitorsOf({ fetch }: World) {
    return testVisitors({
      baseUrl,
      fetch,
      visitorToken,
      createWebchat: () => createWebchat({ form: { name: 'optional' } }),
    });
  }

  /** What the test itself does is no request of a page: it goes past the network that can break. */
  async function asServer<Result>(work: (server: ProsaClient) => Promise<Result>): Promise<Result> {
    const server = clientOf(world.apiKey, {}, world.fetch);
    return await work(server).finally(() => {
      server.destroy();
      clients.delete(server);
    });
  }

  /** Who waits for their next attempt need not. */
  function retryNow(): void {
    for (const { connection } of clients) connection.retry();
  }

  function destroyClients(): void {
    for (const client of clients) client.destroy();
    clients.clear();
    network.restore();
  }

  async function close(): Promise<void> {
    if (!closed) destroyClients();
    await (closed ??= world.close());
  }

  const gateway: TestGateway = {
    baseUrl,
    fetch: network.fetch,
    get clock() {
      return world.clock;
    },
    get apiKey() {
      return world.apiKey;
    },
    get phoneMessages() {
      return world.graph.arrived;
    },
    agentToken,
    createAgent,
    deactivate: ({ id }) =>
      asServer(async ({ agents }) => {
        await agents.update(id, { active: false });
      }),
    serverClient: (options) => clientOf(world.apiKey, options),
    createWebchat,
    visitorToken,
    seed: (seed) =>
      asServer((server) =>
        plantSeed(
          {
            server,
            createAgent,
            clientOf: ({ token }) => clientOf(token, {}, world.fetch),
            customerSays: (text, customer) => world.customers.says(text, customer),
          },
          seed,
        ),
      ),
    customerSays: (text, customer = {}) => world.customers.says(text, customer),
    customerTaps: (title, customer = {}) => world.customers.taps(title, customer),
    customerReads: (customer = {}) => world.customers.reads(customer),
    async visitorSays(text, visitor = {}) {
      const id = await visitors.says(text, visitor);
      return await asServer(({ conversations }) => conversations.get(id));
    },
    delivered: () => untilSettled(world.scope, world.log),
    async sentToCustomer(customer) {
      await untilDelivered(world.scope);
      return customer ? await world.customers.sentTo(customer) : [...world.graph.arrived];
    },
    refuseNextMessage: (refusal) => {
      world.graph.refuseNext(refusal);
    },
    deliverStatus: ({ id }, status, refusal = undeliverable) =>
      world.customers.hearOf(id, status, status === 'failed' ? refusal : undefined),
    async reviewTemplate({ id }, status, reason) {
      await untilSettled(world.scope, world.log);
      await world.templates.review(id, status, reason);
    },
    closeWindow: ({ id }) =>
      runUnit(world.scope, world.workspaceId, async (unit) => {
        const draft = await openConversation(unit, id);
        if (draft.row.windowExpiresAt === null) return;
        draft.row.windowExpiresAt = Math.min(draft.row.windowExpiresAt, unit.now);
        announce(unit, draft, 'conversation.updated');
        await saveConversation(unit, draft);
      }),
    advance: async (by) => {
      world.clock.advance(millisecondsOf(by));
      // To them it was as if the device had slept.
      retryNow();
      await runEverythingDue(world.scope, world.log);
      retryNow();
    },
    goOffline: network.goOffline,
    goOnline: () => {
      network.goOnline();
      retryNow();
    },
    cutStreams: network.cutStreams,
    failNext: network.failNext,
    delayNext: network.delayNext,
    async reset() {
      if (closed) throw new Error('unable to reset the gateway; it was closed');
      destroyClients();
      const before = world;
      world = await beginWorld();
      visitors = visitorsOf(world);
      await before.close();
    },
    close,
    [asyncDispose]: close,
  };
  return gateway;
}

function millisecondsOf(by: TestDuration | number): number {
  if (typeof by === 'number') return by;
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = by;
  return days * day + hours * hour + minutes * minute + seconds * second;
}

/** Where the page is. Files and sandboxed frames have no origin that could be listed. */
function pageOrigin(): string {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location?.origin.startsWith('http') ? location.origin : 'http://crm.test';
}
