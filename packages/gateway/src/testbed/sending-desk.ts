import type { Conversation, Message } from '@prosa/core/contract';
import { expect } from 'vitest';
import { silentLog } from '../log.ts';
import type { Background } from '../background.ts';
import type { ChannelRow } from '../channels/channel.ts';
import type { JobRow } from '../delivery/jobs.ts';
import type { Database } from '../store/database.ts';
import { createWorkers } from '../workers.ts';
import { oldestWaiting, openDesk, type Answer, type Caller, type TestDesk, type TestWorkspace } from './desk.ts';

type Body = Readonly<Record<string, unknown>>;

export interface GraphCall {
  readonly method: string;
  readonly path: string;
  readonly body: Body;
  readonly token: string;
  /** Epoch milliseconds of the desk's clock. */
  readonly at: number;
}

type Reply = Response | undefined | Promise<Response | undefined>;

/** Meta's Graph as far as sending goes. It takes everything, unless `answer` says otherwise. */
export interface SendingGraph {
  readonly fetch: typeof fetch;
  readonly calls: GraphCall[];
  /** What came to `messages`, in the order in which it came. */
  readonly bodies: () => readonly Body[];
  readonly texts: () => readonly string[];
  answer: (call: GraphCall) => Reply;
}

export function graphRefusal(code: number, { status = 400, headers = {} }: ResponseInit = {}): Response {
  const error = { message: `(#${code}) no`, code, error_data: { details: `Details of ${code}` } };
  return Response.json({ error }, { status, headers });
}

export function sendingGraph(clock: { now(): number }): SendingGraph {
  const calls: GraphCall[] = [];
  const messages = () => calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  const graph: SendingGraph = {
    calls,
    answer: () => undefined,
    bodies: () => messages().map(({ body }) => body),
    texts: () => messages().flatMap(({ body }) => (body['text'] as { body: string } | undefined)?.body ?? []),
    async fetch(input, init) {
      const request = new Request(input, init);
      const { pathname: path } = new URL(request.url);
      const isUpload = path.endsWith('/media');
      const text = isUpload ? '' : await request.text();
      const call: GraphCall = {
        method: request.method,
        path,
        body: (text === '' ? {} : JSON.parse(text)) as Body,
        token: request.headers.get('authorization') ?? '',
        at: clock.now(),
      };
      // Others may come while this one is answered.
      const place = String(calls.push(call));
      const scripted = await graph.answer(call);
      if (scripted) return scripted;
      if (isUpload) return Response.json({ id: `5550${place}` });
      if (call.method === 'GET') return Response.json({ id: path.split('/').at(-1) });
      if (call.body['status'] === 'read') return Response.json({ success: true });
      return Response.json({ messages: [{ id: `wamid.out${place}` }] });
    },
  };
  return graph;
}

export interface SendingDesk {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly ana: Caller;
  readonly graph: SendingGraph;
  /** A customer writes, and Ana attends them; what the gateway itself has to say is taken away. */
  attend(phone: string, text?: string): Promise<Conversation>;
  send(conversation: { readonly id: string }, body: object): Promise<Message>;
  tries<Result = Message>(conversation: { readonly id: string }, body: object): Promise<Answer<Result>>;
  says(conversation: { readonly id: string }, text: string): Promise<Message>;
  message(of: Pick<Message, 'id' | 'conversationId'>): Promise<Message>;
  upload(file: Blob, fileName: string): Promise<string>;
  job(subjectId: string): Promise<JobRow | undefined>;
  becomes(subjectId: string, state: string): Promise<void>;
  channel(): Promise<ChannelRow>;
  configure(changes: object): Promise<void>;
  /** One more process that works, as far as the database can tell. */
  work(): Background;
  close(): Promise<void>;
}

const soon = { timeout: 20_000, interval: 20 };

export async function openSendingDesk(database: Database, clock?: TestDesk['clock']): Promise<SendingDesk> {
  const now = { now: () => desk.clock.now() };
  const graph = sendingGraph(now);
  const desk = openDesk(database, { fetch: graph.fetch, ...(clock && { clock }) });
  const workspace = await desk.workspace('Cacau');
  const ana = await workspace.agent('ana', { name: 'Ana', expiresInSeconds: 7 * 24 * 3600 });
  const running: Background[] = [];
  const messages = ({ id }: { readonly id: string }) => `/v1/conversations/${id}/messages`;
  const bed: SendingDesk = {
    desk,
    workspace,
    ana,
    graph,
    async attend(phone, text = 'Oi') {
      await workspace.customerSays(phone, text);
      const conversation = await oldestWaiting(ana);
      await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
      await database.transaction((tx) => tx.deleteFrom('jobs').where('orderKey', '=', conversation.id).execute());
      return conversation;
    },
    tries: (conversation, body) => ana.call('POST', messages(conversation), body),
    async send(conversation, body) {
      const answer = await ana.call<Message>('POST', messages(conversation), body);
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
      return answer.body;
    },
    says: (conversation, text) => bed.send(conversation, { type: 'text', text }),
    async message({ id, conversationId }) {
      return (await ana.call<Message>('GET', `${messages({ id: conversationId })}/${id}`)).body;
    },
    async upload(file, fileName) {
      const response = await desk.request(`/v1/attachments?fileName=${fileName}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
        body: file,
      });
      return ((await response.json()) as { id: string }).id;
    },
    job: (subjectId) =>
      database.read
        .selectFrom('jobs')
        .selectAll()
        .where('subjectId', '=', subjectId)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    async becomes(subjectId, state) {
      await expect.poll(async () => (await bed.job(subjectId))?.state, soon).toBe(state);
    },
    channel: () =>
      database.read.selectFrom('channels').selectAll().where('id', '=', workspace.channel.id).executeTakeFirstOrThrow(),
    async configure(changes) {
      const { config } = await bed.channel();
      const next = JSON.stringify({ ...(JSON.parse(config) as object), ...changes });
      await database.transaction((tx) =>
        tx
          .updateTable('channels')
          .set((eb) => ({ config: next, version: eb('version', '+', 1) }))
          .where('id', '=', workspace.channel.id)
          .execute(),
      );
    },
    work() {
      const scope = { db: database, clock: desk.clock, log: silentLog };
      const workers = createWorkers({ ...scope, media: desk.media, fetch: graph.fetch });
      workers.start();
      running.push(workers);
      return workers;
    },
    async close() {
      await Promise.all(running.map((workers) => workers.stop()));
      await desk.gateway.close();
    },
  };
  return bed;
}
