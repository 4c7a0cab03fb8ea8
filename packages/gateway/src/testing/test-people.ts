import type { ClientOptions, ProsaClient } from '@prosa/core';
import type { Agent } from '@prosa/core/contract';
import type { AgentRole } from '../admin/agent-token.ts';

/** Who logs in. */
export interface TestAgentOptions {
  readonly name: string;
  /** Your CRM's id of the user; made from the name when absent. */
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  /** `agent` when absent. */
  readonly role?: AgentRole | undefined;
}

/** Whose token, and for how many seconds. */
export interface TestTokenOptions extends TestAgentOptions {
  /** 3,600 when absent; 0 or less: it has expired already. */
  readonly expiresInSeconds?: number | undefined;
}

/** What a client of a test is given beside its token, address, `fetch` and clock. */
export type TestClientOptions = Pick<ClientOptions, 'storage' | 'timeoutMs' | 'cursor'>;

/** An agent of the gateway, and what speaks for them. */
export interface TestAgent extends Agent {
  /** Signs a new one each time, as your backend would: give it to `createClient` as `token`. */
  readonly token: () => Promise<string>;
  /**
   * A client of theirs, a page more with each call. It goes by the clock of the gateway, keeps nothing in the browser
   * unless `storage` says so, and is destroyed with the gateway.
   * @example
   * await ana.client().conversations.accept(conversation.id);
   */
  readonly client: (options?: TestClientOptions) => ProsaClient;
}

/** What a customer or a visitor sends beside words, or instead of them: at most one file. */
export interface TestFiles {
  /** A JPEG or PNG; `true`: a small PNG. */
  readonly image?: Blob | true | undefined;
  readonly video?: Blob | undefined;
  readonly audio?: Blob | undefined;
  readonly document?: Blob | undefined;
  /** Of the document; `arquivo` when absent. */
  readonly fileName?: string | undefined;
}

/**
 * Somebody on WhatsApp: the same one by `from`, or by the `name` under which they wrote or the desk knows them. Nothing
 * given: the same unnamed customer each time.
 */
export interface TestCustomer {
  /** Their phone, with its country code: `+55 83 9 9914-2210`. Absent: one that stays with the name. */
  readonly from?: string | undefined;
  /** The name of their WhatsApp profile. */
  readonly name?: string | undefined;
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

/** Somebody on a website: the same one by `externalId`, or by `name` for who is not logged in. */
export interface TestVisitor {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** Logged in to the website as this user. */
  readonly externalId?: string | undefined;
  /** Of a conversation that begins with it. */
  readonly subject?: string | undefined;
  /** Key of the webchat, from `createWebchat`; one that is made with the first visitor when absent. */
  readonly webchat?: string | undefined;
}
