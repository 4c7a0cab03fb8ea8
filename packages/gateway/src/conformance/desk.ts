import { routes, type Agent, type Conversation } from '@prosa/core/contract';
import { Caller, type CallInput, type Wire } from './caller.ts';
import type { CustomerDriver, DrivenCustomer, KitVisitor, WebchatOptions } from './customers.ts';
import { openEvents, type EventReader } from './event-reader.ts';
import type { AgentTokens, KitAgent, TokenOptions } from './tokens.ts';
import { Unmet } from './unmet.ts';

/** An agent with a token, and who the backend says they are. */
export interface DeskAgent extends Caller {
  readonly me: Agent;
}

/** What all behaviours of a run share. */
export interface DeskPeople {
  readonly agents: Map<KitAgent, Promise<DeskAgent>>;
  /** Customers whose conversations are over. */
  readonly idle: DrivenCustomer[];
}

export interface DeskDeps {
  readonly people: DeskPeople;
  readonly wire: Wire;
  readonly tokens: AgentTokens;
  readonly driver: CustomerDriver | null;
  readonly visitors: { newCustomer(): Promise<KitVisitor> } | null;
  readonly webchat: WebchatOptions | null;
  readonly patienceMs: number;
}

/** More customers than this are not begun anew: their conversations are over, and they come back. */
const mostCustomers = 8;
const pollMs = 25;

/** What one behaviour works with. */
export class Desk {
  readonly #deps: DeskDeps;
  readonly #busy: DrivenCustomer[] = [];
  readonly #streams = new Set<EventReader>();

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  get wire(): Wire {
    return this.#deps.wire;
  }

  /** Tokens of any agent and time can be had. */
  get canSign(): boolean {
    return this.#deps.tokens.canSign;
  }

  get patienceMs(): number {
    return this.#deps.patienceMs;
  }

  get webchat(): WebchatOptions {
    if (!this.#deps.webchat) throw new Unmet('a webchat', 'none');
    return this.#deps.webchat;
  }

  /** Text that nothing else on the backend has. */
  unique(text: string): string {
    return `${text} ${crypto.randomUUID().slice(0, 8)}`;
  }

  nobody(): Caller {
    return new Caller(this.wire);
  }

  bearer(token: string): Caller {
    return new Caller(this.wire, { Authorization: `Bearer ${token}` });
  }

  async token(agent: KitAgent, options?: TokenOptions): Promise<string> {
    const token = await this.#deps.tokens.of(agent, options);
    if (token === null) throw new Unmet(`a token for ${agent}`, 'none');
    return token;
  }

  async agent(name: KitAgent): Promise<DeskAgent> {
    const { agents } = this.#deps.people;
    let agent = agents.get(name);
    if (!agent) {
      agent = this.#login(name);
      agents.set(name, agent);
      agent.catch(() => agents.delete(name));
    }
    return await agent;
  }

  async #login(name: KitAgent): Promise<DeskAgent> {
    const caller = this.bearer(await this.token(name));
    return Object.assign(caller, { me: await caller.ok(routes.agents.me) });
  }

  async visitor(): Promise<KitVisitor> {
    if (!this.#deps.visitors) throw new Unmet('a webchat', 'none');
    return await this.#deps.visitors.newCustomer();
  }

  /** Somebody who has no open conversation. */
  async customer(): Promise<DrivenCustomer> {
    const { driver, people } = this.#deps;
    if (!driver) throw new Unmet('a way to be the customer', 'none');
    const isFull = people.idle.length >= mostCustomers;
    const customer = (isFull ? people.idle.shift() : undefined) ?? (await driver.newCustomer());
    this.#busy.push(customer);
    return customer;
  }

  /** A customer writes, and Ana sees it. */
  async hears(customer: DrivenCustomer, text = this.unique('Meu pedido não chegou')): Promise<Conversation> {
    const id = await customer.says(text);
    const ana = await this.agent('ana');
    return await this.eventually('Ana to see what the customer wrote', async () => {
      if (id !== null) {
        const answer = await ana.send(routes.conversations.get, { params: { conversationId: id } });
        return answer.status === 200 ? (answer.body as Conversation) : null;
      }
      const { data } = await ana.ok(routes.conversations.list, { query: { tab: 'all', limit: 100 } });
      return data.find(({ lastMessage }) => lastMessage?.text === text) ?? null;
    });
  }

  /** A conversation that waits for an agent. */
  async waiting(): Promise<Conversation> {
    return await this.hears(await this.customer());
  }

  /** A conversation that Ana attends. */
  async attended(): Promise<Conversation> {
    const { id } = await this.waiting();
    return await (await this.agent('ana')).ok(routes.conversations.accept, { params: { conversationId: id } });
  }

  async events(caller: Caller, input: CallInput = {}): Promise<EventReader> {
    const { violations } = this.wire;
    const reader = await openEvents(caller, routes.events.stream, input, {
      violations: violations.frames,
      patienceMs: this.patienceMs,
    });
    this.#streams.add(reader);
    return reader;
  }

  async visitorEvents(caller: Caller): Promise<EventReader> {
    const { violations } = this.wire;
    const options = { violations: violations.frames, patienceMs: this.patienceMs, isVisitor: true };
    const reader = await openEvents(caller, routes.webchat.events, {}, options);
    this.#streams.add(reader);
    return reader;
  }

  /** Asks again until there is something, or patience ends. */
  async eventually<Result>(what: string, look: () => Promise<Result | null>): Promise<Result> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() >= deadline) throw new Unmet(`${what} within ${this.patienceMs / 1000} s`, 'not yet');
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** After a behaviour: its streams are closed, and its customers are free. */
  async tidy(): Promise<void> {
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
    for (const customer of this.#busy.splice(0)) {
      const comesBack = await customer.leaves().catch(() => false);
      if (comesBack) this.#deps.people.idle.push(customer);
    }
  }
}
