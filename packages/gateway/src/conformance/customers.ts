import { routes, type VisitorConversation } from '@prosa/core/contract';
import { Caller, type Wire } from './caller.ts';
import { Unmet } from './unmet.ts';

/**
 * Makes things happen on the customer's side of a backend. Conversations that begin wait for an agent, in a queue from
 * which agents take them.
 */
export interface CustomerDriver {
  /** Somebody who has no open conversation. */
  newCustomer(): Promise<DrivenCustomer>;
}

/** A person who writes to the backend. */
export interface DrivenCustomer {
  /**
   * Writes to the company.
   * @returns the id of the conversation where it is known; otherwise it is looked for by the text, which occurs once
   */
  says(text: string): Promise<string | null>;
  /**
   * Is not needed any more.
   * @returns whether they have no open conversation now, and may come back
   */
  leaves(): Promise<boolean>;
}

/** A webchat of the backend. */
export interface WebchatOptions {
  /** Its public key, `wck_…`. */
  readonly key: string;
  /** One of the origins that may open it. */
  readonly origin: string;
}

/** A visitor with a session of their own. */
export interface KitVisitor extends DrivenCustomer {
  readonly caller: Caller;
}

/** Visitors of a webchat, over the contract's own routes. */
export function webchatCustomers(
  wire: Wire,
  { key, origin }: WebchatOptions,
): { newCustomer(): Promise<KitVisitor> } & CustomerDriver {
  const page = new Caller(wire, { Origin: origin });
  return {
    async newCustomer() {
      const { token } = await page.ok(routes.webchat.startSession, { body: { key } });
      const caller = new Caller(wire, { Origin: origin, Authorization: `Bearer ${token}` });
      let open: VisitorConversation | null = null;
      return {
        caller,
        async says(text) {
          const message = { type: 'text', text };
          const opening = { name: 'Marina (conformance)', email: 'marina@example.com', message };
          open = await caller.ok(routes.webchat.start, { body: opening });
          return open.id;
        },
        async leaves() {
          // It may be over already.
          if (open) await caller.send(routes.webchat.close, { params: { conversationId: open.id } });
          open = null;
          return true;
        },
      };
    },
  };
}

/**
 * An address of the backend, or of something beside it, that plays a customer: `POST` with
 * `{ "customer": "conformance-…", "name": "…", "text": "…" }`, answered by any 2xx once the message has been taken. The
 * same `customer` is the same person.
 */
export function httpCustomers({ fetch, timeoutMs }: Wire, url: string): CustomerDriver {
  return {
    newCustomer() {
      const customer = `conformance-${crypto.randomUUID().slice(0, 8)}`;
      return Promise.resolve({
        async says(text) {
          const response = await fetch(url, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ customer, name: 'Marina (conformance)', text }),
            signal: AbortSignal.timeout(timeoutMs),
          });
          await response.body?.cancel();
          if (!response.ok) throw new Unmet(`the driver at ${url} to answer 2xx`, String(response.status));
          return null;
        },
        leaves: () => Promise.resolve(false),
      });
    },
  };
}
