import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation, Page } from '@prosa/core/contract';
import { vi } from 'vitest';
import type { AgentRole } from '../admin/agent-token.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { openSqlite } from '../node/sqlite/open-sqlite.ts';
import type { Database } from '../store/database.ts';
import { openDesk, whoAmI, type Caller, type TestWorkspace } from './desk.ts';
import { freshPostgres } from './engines.ts';
import { startProcess, type GatewayProcess } from './gateway-process.ts';
import { openGraphServer, type GraphServer } from './graph-server.ts';
import { threadOf } from './queues.ts';
import { readStream, type StreamReading } from './read-stream.ts';
import { contactOf, envelopeOf, postWebhook, textMessage } from './webhooks.ts';

/** Real gateway processes over one database: two on PostgreSQL; on SQLite, which has one, `a` and `b` are the same. */
export interface Processes {
  readonly a: GatewayProcess;
  readonly b: GatewayProcess;
  /** For what no route does: making workspaces, and turning time back. */
  readonly database: Database;
  /** What left for WhatsApp, whichever process sent it. */
  readonly graph: GraphServer;
  workspace(name: string): Promise<ProcessWorkspace>;
  /** One more process on the same database. */
  start(): Promise<GatewayProcess>;
  close(): Promise<void>;
}

export interface ProcessAgent extends Caller {
  readonly id: string;
}

export interface Listening extends ProcessAgent {
  readonly stream: StreamReading;
}

export interface ProcessMessage {
  readonly phone: string;
  readonly text: string;
  readonly name?: string;
  readonly id?: string;
}

export interface ProcessWorkspace {
  readonly id: string;
  readonly server: Caller;
  agent(name: string, role?: AgentRole): Promise<ProcessAgent>;
  /** An agent whose page is connected to that process. */
  online(at: GatewayProcess, name: string): Promise<Listening>;
  /** Meta hands a message to that process; resolves when either of the two has processed it. */
  says(at: GatewayProcess, phone: string, text: string, name?: string): Promise<Conversation>;
  /** What Meta posts to that process, and its answer; the same `id` again is the same message. */
  webhook(at: GatewayProcess, message: ProcessMessage): Promise<Response>;
}

export async function openProcesses(engine: 'sqlite' | 'postgres'): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), 'prosa-processes-'));
  const graph = await openGraphServer();
  const url = engine === 'postgres' ? await freshPostgres() : null;
  const started: GatewayProcess[] = [];
  const start = async () => {
    // Each its own folder for what it makes; only media and database are shared.
    const own = url === null ? folder : join(folder, String(started.length + Math.random()));
    const one = await startProcess({
      PROSA_DATA_DIR: own,
      PROSA_MEDIA_URL: new URL(`file://${join(folder, 'media')}`).href,
      PROSA_AUTH_SECRET: 'a-secret-that-all-the-processes-share',
      PROSA_SECRET_KEY: 'a-key-that-all-the-processes-share-too',
      ...(url !== null && { DATABASE_URL: url }),
    });
    started.push(one);
    return one;
  };
  // At once, on an empty database: one of the two makes the tables, the other one waits for them.
  const [a, b = a] = await Promise.all(url === null ? [start()] : [start(), start()]);
  if (!a || !b) throw new Error('no process was started');
  const database =
    url === null
      ? await openSqlite({ path: join(folder, 'prosa.db'), lock: 'none' })
      : await openPostgres({ url, poolSize: 3 });
  const desk = openDesk(database, { graphUrl: graph.url });
  const streams: StreamReading[] = [];
  return {
    a,
    b,
    database,
    graph,
    start,
    async workspace(name) {
      return workspaceAt(a, await desk.workspace(name), streams);
    },
    async close() {
      await Promise.all(streams.map((stream) => stream.stop()));
      await Promise.all(started.map((one) => one.kill()));
      await Promise.all([desk.gateway.close(), graph.close()]);
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function workspaceAt(first: GatewayProcess, workspace: TestWorkspace, streams: StreamReading[]): ProcessWorkspace {
  const server = first.as(workspace.server);
  const agentOf = async (at: GatewayProcess, name: string, role: AgentRole): Promise<ProcessAgent> => {
    const caller = at.as(await workspace.agent(name.toLowerCase(), { name, role }));
    return { ...caller, id: (await whoAmI(caller)).id };
  };
  const webhook: ProcessWorkspace['webhook'] = (
    at,
    { phone, text, name = 'Cliente', id = `wamid.${crypto.randomUUID()}` },
  ) => {
    const waId = phone.slice(1);
    const value = { contacts: [contactOf(name, waId)], messages: [textMessage(id, text, waId)] };
    return postWebhook(at, envelopeOf(workspace, value), { workspace });
  };
  return {
    id: workspace.id,
    server,
    agent: (name, role = 'agent') => agentOf(first, name, role),
    async online(at, name) {
      const one = await agentOf(at, name, 'agent');
      const headers = { authorization: `Bearer ${one.token}` };
      const stream = await readStream(await at.request('/v1/events', { headers }));
      streams.push(stream);
      // A killed process cuts it off.
      void stream.ended.catch(() => undefined);
      return { ...one, stream };
    },
    webhook,
    async says(at, phone, text, name = 'Cliente') {
      const { status } = await webhook(at, { phone, text, name });
      if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
      return await vi.waitFor(
        async () => {
          const { body } = await server.call<Page<Conversation>>('GET', '/v1/conversations?limit=100');
          const found = body.data.find(({ contact }) => contact.phone === phone);
          if (!found || !(await threadOf(server, found.id)).said.includes(`< ${text}`)) {
            throw new Error(`"${text}" has not arrived`);
          }
          // As it is since then: the list may be older than the message.
          return (await threadOf(server, found.id)).conversation;
        },
        { timeout: 15_000, interval: 20 },
      );
    },
  };
}
