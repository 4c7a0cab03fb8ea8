/// <reference lib="esnext.disposable" preserve="true" />
import type { Clock, ProsaClient } from '@prosa/core';
import type { Agent, Conversation, Message, MessageTemplate } from '@prosa/core/contract';
import type { WebchatChanges } from '../admin/webchat-channels.ts';
import type { Log } from '../log.ts';
import type { PhoneMessage, Refusal } from './pretend-graph.ts';
import type { Seed, Seeded } from './seed.ts';
import type { TestFailure, TestRequestFilter } from './test-network.ts';
import type {
  TestAgent,
  TestAgentOptions,
  TestClientOptions,
  TestCustomer,
  TestFiles,
  TestTokenOptions,
  TestVisitor,
  TestVisitorOptions,
} from './test-people.ts';
import type { TestReview } from './test-templates.ts';

/** What is different from a usual test gateway. */
export interface TestGatewayOptions {
  /** The address that clients are given, without a slash at the end; `http://gateway.test` when absent. Nothing listens there. */
  readonly baseUrl?: string | undefined;
  /**
   * What its clock shows at the start, a date or epoch milliseconds; the real time when absent. It goes on as `Date`
   * does, so fake timers hold it too.
   */
  readonly now?: Date | number | undefined;
  /** Where the pages of the test are: the origin of requests that name none. The page's own, or `http://crm.test`. */
  readonly origin?: string | undefined;
  /** IANA name: protocol numbers carry the date there. `America/Sao_Paulo` when absent. */
  readonly timeZone?: string | undefined;
  /** `automatic`: what is sent is on the phone at once. `manual`: WhatsApp takes it, and `deliverStatus` says the rest. */
  readonly receipts?: 'automatic' | 'manual' | undefined;
  /** In a browser: where `sqlite3.wasm` of `@sqlite.org/sqlite-wasm` is served; beside the bundle when absent. */
  readonly sqliteWasm?: string | URL | undefined;
  /** Hears what the gateway complains of; nobody when absent. */
  readonly log?: Log | undefined;
}

/** How far the clock is put forward: the sum of what is given. */
export interface TestDuration {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
}

/** The real gateway, in memory: its own database, no port, no network. */
export interface TestGateway {
  readonly baseUrl: string;
  /** Answers like the global one would if the gateway listened at `baseUrl`: give it to `createClient`. */
  readonly fetch: typeof fetch;
  /** The gateway's time. Give it to `createClient` as `clock` where the page has to see that time has passed. */
  readonly clock: Clock;
  /** For a client that speaks as your server does. */
  readonly apiKey: string;
  /** What reached the customers' phones, in order. */
  readonly phoneMessages: readonly PhoneMessage[];

  /**
   * An agent who has logged in. Called again with the same `externalId` it is the same agent.
   * @example
   * const ana = await gateway.createAgent({ name: 'Ana', role: 'supervisor' });
   */
  createAgent(agent: TestAgentOptions): Promise<TestAgent>;
  /** The agent may call nothing any more, and their streams end. */
  deactivate(agent: Pick<Agent, 'id'>): Promise<void>;
  /** A token alone, for an agent who has not logged in yet. */
  agentToken(options: TestTokenOptions): Promise<string>;
  /** A client with the API key, as your server has one. It is destroyed with the gateway. */
  serverClient(options?: TestClientOptions): ProsaClient;
  /** A webchat on the pages of `origin`. @returns its key, `wck_…` */
  createWebchat(settings?: WebchatChanges): Promise<string>;
  /** Says who a visitor is, signed as your website's backend would: for `setUser` of `<prosa-webchat>`. */
  visitorToken(visitor: TestVisitorOptions): Promise<string>;
  /**
   * Fills the desk, through the gateway's own rules.
   * @example
   * const { queues, conversations } = await gateway.seed({
   *   queues: [{ name: 'Financeiro' }],
   *   conversations: [{ customer: { name: 'Marina' }, says: ['Segunda via?'], acceptedBy: 'Ana' }, 20],
   * });
   */
  seed(seed: Seed): Promise<Seeded>;

  /**
   * A customer writes on WhatsApp. Settled when the message, and its file, is in its conversation.
   * @returns that conversation, as your server sees it
   * @example
   * const { id } = await gateway.customerSays('Chegou assim', { name: 'Marina', image: true });
   */
  customerSays(text: string, customer?: TestCustomer & TestFiles): Promise<Conversation>;
  /** A customer taps a button or a row of the list that reached them last. */
  customerTaps(title: string, customer?: TestCustomer): Promise<Conversation>;
  /** A customer opens the chat: what reached them is read. */
  customerReads(customer?: TestCustomer): Promise<void>;
  /**
   * A visitor writes in the webchat of a website: into their open conversation, or into a new one.
   * @example
   * await gateway.visitorSays('Vocês entregam hoje?', { name: 'Caio', subject: 'Entrega' });
   */
  visitorSays(text: string, visitor?: TestVisitor & TestFiles): Promise<Conversation>;

  /** Waits until everything that can go out now has gone out. */
  delivered(): Promise<void>;
  /**
   * What reached a customer's phone, or everybody's, once what can go out now has gone out: templates, buttons and files
   * too, as WhatsApp would have taken them. A name that nobody has is refused: nothing would ever be there.
   * @example
   * expect(await gateway.sentToCustomer({ name: 'Marina' })).toMatchObject([{ type: 'text', text: 'Já verifico' }]);
   */
  sentToCustomer(customer?: TestCustomer): Promise<readonly PhoneMessage[]>;
  /** WhatsApp will not take the next message to anybody. Meta's code and words: 131026, "Message undeliverable". */
  refuseNextMessage(refusal: Refusal): void;
  /**
   * WhatsApp tells how far a message got.
   * @param refusal with `failed`: Meta's code and words; 131026 when absent
   * @example
   * await gateway.deliverStatus(message, 'failed', { code: 131047, title: 'Re-engagement message' });
   */
  deliverStatus(
    message: Pick<Message, 'id'>,
    status: 'sent' | 'delivered' | 'read' | 'failed',
    refusal?: Refusal,
  ): Promise<void>;
  /**
   * Meta decides on a template, or thinks again; without it every one is approved as it is submitted.
   * @param reason Meta's word, such as `PROMOTIONAL`; none when it is approved
   * @example
   * await gateway.reviewTemplate(template, 'rejected', 'INVALID_FORMAT');
   */
  reviewTemplate(template: Pick<MessageTemplate, 'id'>, status: TestReview, reason?: string): Promise<void>;
  /** The 24 hours of this conversation are over, and no other time has passed. */
  closeWindow(conversation: Pick<Conversation, 'id'>): Promise<void>;

  /**
   * Puts the clock forward, and everything is done that is due by then: cards run out, queues time out, surveys expire,
   * what had to wait is sent. Clients made here see it, too.
   * @param by milliseconds, or in words
   * @example
   * await gateway.advance({ hours: 25 });
   */
  advance(by: TestDuration | number): Promise<void>;

  /** From here on no client reaches the gateway, and their streams break. What tests do with the gateway goes on. */
  goOffline(): void;
  /** Clients reach the gateway again, and those that were made here try at once; a page is told `online`, too. */
  goOnline(): void;
  /** Breaks the streams that are open, as a proxy does that is restarted. */
  cutStreams(): void;
  /**
   * The next request of a client fails, as said.
   * @example
   * gateway.failNext({ code: 'rate_limited', retryAfter: 2, to: 'POST /v1/conversations/{conversationId}/messages' });
   * gateway.failNext({ status: 502, times: 3 });
   * gateway.failNext({ answerLost: true }); // it is done, and the client does not hear of it
   */
  failNext(failure?: TestFailure): void;
  /**
   * Holds the next request of a client, until what is returned is called.
   * @example
   * const goOn = gateway.delayNext({ to: 'GET /v1/conversations' });
   * expect(page.textContent).toContain('Carregando');
   * goOn();
   */
  delayNext(filter?: TestRequestFilter): () => void;

  /**
   * Forgets everything, its agents, keys and clock too: the next test begins at the beginning, at the same `baseUrl` and
   * with the same `fetch`.
   */
  reset(): Promise<void>;
  /** Ends streams, clients and work, and forgets everything. Calling it again waits for the same end. */
  close(): Promise<void>;
  /**
   * `close`, at the end of the block.
   * @example
   * await using gateway = await createTestGateway();
   */
  [Symbol.asyncDispose](): Promise<void>;
}
