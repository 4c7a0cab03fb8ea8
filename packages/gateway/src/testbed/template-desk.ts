import type { MessageTemplate } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { expect } from 'vitest';
import { silentLog } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { JobsTable } from '../store/schema.ts';
import { createWorkers } from '../workers.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from './desk.ts';
import { statusWebhook, templateGraph, type StoredTemplate, type TemplateGraph } from './template-graph.ts';
import { plainTemplate } from './templates.ts';
import { postWebhook } from './webhooks.ts';

/** How long a test waits for what happens in the background. */
export const soon = { timeout: 20_000, interval: 20 };

/** A desk whose background work speaks with a Graph that knows templates. */
export interface TemplateDesk {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly server: Caller;
  readonly graph: TemplateGraph;
  create(body?: object): Promise<MessageTemplate>;
  /** With Meta, and approved there. */
  approved(body?: object): Promise<MessageTemplate>;
  get(template: { readonly id: string }): Promise<MessageTemplate>;
  becomes(template: { readonly id: string }, expected: object): Promise<void>;
  /** Until no job is left. */
  idle(): Promise<void>;
  /** The newest of a kind. */
  job(kind: string): Promise<Selectable<JobsTable> | undefined>;
  /** Posts it and waits until it has been taken. */
  webhook(body: object): Promise<void>;
  /** What was told of templates: the type, and the status then. */
  eventsOf(): Promise<readonly (readonly [string, string])[]>;
  onlyStored(): StoredTemplate;
  close(): Promise<void>;
}

export async function openTemplateDesk(database: Database): Promise<TemplateDesk> {
  const graph = templateGraph();
  const desk = openDesk(database, { fetch: graph.fetch });
  const workspace = await desk.workspace('Cacau');
  const { server } = workspace;
  const { media, clock } = desk;
  const workers = createWorkers({ db: database, clock, media, log: silentLog, fetch: graph.fetch });
  workers.start();

  async function count(table: 'jobs' | 'envelopes', states: readonly string[]): Promise<number> {
    const rows = await database.read.selectFrom(table).select('id').where('state', 'in', states).execute();
    return rows.length;
  }

  const bed: TemplateDesk = {
    desk,
    workspace,
    server,
    graph,
    create: async (body = plainTemplate) => (await server.call<MessageTemplate>('POST', '/v1/hsm', body)).body,
    async approved(body) {
      const template = await bed.create(body);
      await bed.idle();
      const stored = [...graph.templates.values()].at(-1);
      if (!stored) throw new Error('nothing is stored');
      stored.status = 'APPROVED';
      await bed.webhook(statusWebhook(desk, stored.id, 'APPROVED'));
      await bed.becomes(template, { status: 'approved' });
      return await bed.get(template);
    },
    get: async ({ id }) => (await server.call<MessageTemplate>('GET', `/v1/hsm/${id}`)).body,
    async becomes(template, expected) {
      await expect.poll(() => bed.get(template), soon).toMatchObject(expected);
    },
    async idle() {
      await expect.poll(() => count('jobs', ['queued', 'running', 'calling']), soon).toBe(0);
    },
    job: (kind) =>
      database.read
        .selectFrom('jobs')
        .selectAll()
        .where('kind', '=', kind)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    async webhook(body) {
      expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
      await expect.poll(() => count('envelopes', ['pending']), soon).toBe(0);
    },
    async eventsOf() {
      const rows = await database.read.selectFrom('events').select(['type', 'data']).orderBy('seq').execute();
      return rows
        .filter(({ type }) => type.startsWith('template.'))
        .map(({ type, data }) => [type, (JSON.parse(data) as { template: MessageTemplate }).template.status] as const);
    },
    onlyStored() {
      const [stored] = graph.templates.values();
      if (!stored) throw new Error('nothing is stored');
      return stored;
    },
    async close() {
      await workers.stop();
      await desk.gateway.close();
    },
  };
  return bed;
}
