import type { Agent } from '@prosa/core/contract';
import type { AgentRole } from '../admin/agent-token.ts';
import type { WebchatChanges } from '../admin/webchat-channels.ts';
import type { Log } from '../log.ts';
import type { PhoneMessage, Refusal } from './pretend-graph.ts';

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
  /** In a browser: where `sqlite3.wasm` of `@sqlite.org/sqlite-wasm` is served; beside the bundle when absent. */
  readonly sqliteWasm?: string | URL | undefined;
  /** Hears what the gateway complains of; nobody when absent. */
  readonly log?: Log | undefined;
}

export interface TestAgentOptions {
  readonly name: string;
  /** Your CRM's id of the user; made from the name when absent. */
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  /** `agent` when absent. */
  readonly role?: AgentRole | undefined;
}

export interface TestTokenOptions extends TestAgentOptions {
  /** 3,600 when absent. */
  readonly expiresInSeconds?: number | undefined;
}

/** Somebody who is logged in to the website. */
export interface TestVisitorOptions {
  /** The website's id of the user. */
  readonly externalId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** 3,600 when absent. */
  readonly expiresInSeconds?: number | undefined;
}

/** An agent of the gateway, and the token with which a client speaks for them. */
export interface TestAgent extends Agent {
  /** Signs a new one each time, as your backend would: give it to `createClient` as `token`. */
  readonly token: () => Promise<string>;
}

export interface TestCustomer {
  /** Phone of the customer, with its country code: `+55 83 9 9914-2210`. */
  readonly from: string;
  /** The name of their WhatsApp profile. */
  readonly name?: string | undefined;
}

/** The real gateway, in memory: its own database, no port, no network. */
export interface TestGateway {
  readonly baseUrl: string;
  /** Answers like the global one would if the gateway listened at `baseUrl`: give it to `createClient`. */
  readonly fetch: typeof fetch;
  /** For a client that speaks as your server does. */
  readonly apiKey: string;
  /** What reached the customers' phones, in order. */
  readonly phoneMessages: readonly PhoneMessage[];
  /** An agent who has logged in. Called again with the same `externalId` it is the same agent. */
  createAgent(agent: TestAgentOptions): Promise<TestAgent>;
  /** A token alone, for an agent who has not logged in yet. */
  agentToken(options: TestTokenOptions): Promise<string>;
  /** A webchat on the pages of `origin`. @returns its key, `wck_…` */
  createWebchat(settings?: WebchatChanges): Promise<string>;
  /** Says who a visitor is, signed as your website's backend would: for `setUser` of `<prosa-webchat>`. */
  visitorToken(visitor: TestVisitorOptions): Promise<string>;
  /** A customer writes on WhatsApp. Settled when the message is in its conversation. */
  customerSays(text: string, customer: TestCustomer): Promise<void>;
  /** A customer taps a button or a row of the list that reached them last. */
  customerTaps(title: string, customer: TestCustomer): Promise<void>;
  /** A customer opens the chat: what reached them is read. */
  customerReads(customer: TestCustomer): Promise<void>;
  /** WhatsApp will not take the next message to anybody. Meta's code and words: 131026, "Message undeliverable". */
  refuseNextMessage(refusal: Refusal): void;
  /** Waits until everything that can go out now has gone out. */
  delivered(): Promise<void>;
  /** Puts the gateway's clock forward: a service window closes, a survey expires. */
  advance(ms: number): void;
  /** Ends streams and work, and forgets everything. Calling it again waits for the same end. */
  close(): Promise<void>;
}
