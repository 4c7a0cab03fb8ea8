import type { Conversation, Message, MessageContent, Page } from '@prosa/core/contract';
import { processDue } from '../channels/whatsapp/envelope-worker.ts';
import { silentLog } from '../log.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from './desk.ts';
import type { OpenDatabase } from './engines.ts';
import { marinaWaId, postWebhook } from './webhooks.ts';

export const ownNumber = '558330001000';

/** One number of ours to which Meta posts, and an agent who looks at what came of it. */
export interface WebhookDesk {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly ana: Caller;
  /** Posts one change, and does what it says. */
  post(value: object, field?: string): Promise<void>;
  /** One message of Marina, or of whoever `from` names. */
  say(message: object, value?: object): Promise<void>;
  /** What is stored and not yet processed. */
  work(): Promise<void>;
  conversations(): Promise<readonly Conversation[]>;
  /** Oldest first, with or without the lines of the timeline. */
  thread(conversationId?: string): Promise<readonly Message[]>;
  said(conversationId?: string): Promise<readonly Message[]>;
  /** Of the only message that a customer wrote. */
  onlyContent(): Promise<MessageContent>;
  contacts(): Promise<readonly ContactColumns[]>;
  /** What was put on its way to customers: it must be nothing where nobody answers. */
  sending(): Promise<readonly string[]>;
  lastNote(): Promise<string | null>;
  close(): Promise<void>;
}

interface ContactColumns {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly userId: string | null;
  readonly marketingAllowed: number | null;
}

export async function openWebhookDesk(opened: OpenDatabase): Promise<WebhookDesk> {
  const { database } = opened;
  const desk = openDesk(database);
  const workspace = await desk.workspace('Cacau');
  const ana = await workspace.agent('ana', { name: 'Ana', role: 'supervisor' });
  const metadata = { display_phone_number: ownNumber, phone_number_id: workspace.channel.externalId };

  const work = async () => {
    while (await processDue({ db: database, clock: desk.clock, log: silentLog }));
  };
  let posts = 0;
  // Each is a POST of its own, however often it says the same.
  const post = async (value: object, field = 'messages') => {
    posts += 1;
    const change = { field, value: { messaging_product: 'whatsapp', metadata, posts, ...value } };
    const entry = [{ id: '10800000000001', time: Math.floor(desk.clock.now() / 1000), changes: [change] }];
    const response = await postWebhook(desk, { object: 'whatsapp_business_account', entry }, { workspace });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    await work();
  };
  const conversations = async () => {
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?limit=100');
    return body.data;
  };
  const thread = async (conversationId?: string) => {
    const id = conversationId ?? (await conversations())[0]?.id ?? 'none';
    const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`);
    return body.data.toReversed();
  };
  const said = async (conversationId?: string) =>
    (await thread(conversationId)).filter(
      ({ direction, author }) => direction !== 'internal' && author.kind !== 'system',
    );

  return {
    desk,
    workspace,
    ana,
    post,
    work,
    conversations,
    thread,
    said,
    async say(message, value = {}) {
      const timestamp = String(Math.floor(desk.clock.now() / 1000));
      await post({
        messages: [{ from: marinaWaId, timestamp, id: `wamid.${crypto.randomUUID()}`, ...message }],
        ...value,
      });
    },
    async onlyContent() {
      const [message, ...others] = (await said()).filter(({ direction }) => direction === 'inbound');
      if (!message || others.length > 0) throw new Error('there is not one message');
      return message.content;
    },
    async contacts() {
      const columns = ['id', 'name', 'phone', 'address', 'userId', 'marketingAllowed'] as const;
      return await database.read.selectFrom('contacts').select(columns).orderBy('id').execute();
    },
    async sending() {
      const rows = await database.read
        .selectFrom('jobs')
        .innerJoin('messages', 'messages.id', 'jobs.subjectId')
        .select('messages.content')
        .where('jobs.kind', '=', 'send_message')
        .execute();
      return rows.map(({ content }) => content);
    },
    async lastNote() {
      const row = await database.read
        .selectFrom('envelopes')
        .select('error')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      return row.error;
    },
    async close() {
      await desk.gateway.close();
      await opened.close();
    },
  };
}
