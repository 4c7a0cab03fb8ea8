import {
  createClient,
  type ConversationListParams,
  type Live,
  type LiveList,
  type LiveThread,
  type ProsaClient,
} from '@prosa/core';
import type { Conversation, Customer, Message, Page } from '@prosa/core/contract';
import { liveAgents, liveCustomers } from '@prosa/core/headless';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.ts';
import type { Listener } from '../node/listen.ts';
import { callerAt, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from './desk.ts';
import { listenOn } from './desk-over-http.ts';
import type { OpenDatabase } from './engines.ts';
import { PretendBrowser, type PretendTab } from './pretend-tabs.ts';
import { openUnreliableProxy, type UnreliableProxy } from './unreliable-proxy.ts';

/** How much faster than ours the time of pages and gateway runs. */
export const speed = 8;
/** More than one page of a thread, so that it can be read in both directions. */
const longThread = 65;
const listLimit = 3;

/** The gateway of now; it can be replaced by another one on the same database, at another address. */
export class ReplaceableGateway {
  readonly opened: OpenDatabase;
  readonly clock: Clock & { advance(ms: number): void };
  desk: TestDesk;
  #listener: Listener | null = null;

  constructor(opened: OpenDatabase) {
    this.opened = opened;
    const start = Date.now();
    this.clock = { now: () => start + (Date.now() - start) * speed, advance: () => undefined };
    this.desk = openDesk(opened.database, { clock: this.clock });
  }

  get url(): string {
    return this.#listener?.url ?? '';
  }

  async open(): Promise<void> {
    this.#listener = await listenOn(this.desk);
  }

  /** @param isKilled its streams and answers break off, without a word */
  async replace(isKilled: boolean): Promise<void> {
    if (isKilled) await this.#listener?.close({ deadlineMs: 0 });
    await this.desk.gateway.close();
    if (!isKilled) await this.#listener?.close({ deadlineMs: 0 });
    this.desk = openDesk(this.opened.database, { clock: this.clock });
    await this.open();
  }

  async close(): Promise<void> {
    await this.desk.gateway.close();
    await this.#listener?.close({ deadlineMs: 0 });
  }
}

/** A message that somebody sent. */
export interface Sent {
  readonly clientId: string;
  readonly conversationId: string;
  readonly isFile: boolean;
  readonly tabs: Set<WorldTab>;
  /** It was sent again from elsewhere: then nobody can say whether it comes before or after others. */
  isRepeated: boolean;
}

/** One tab of an agent, which shows everything that a client can show. */
export class WorldTab {
  readonly page: PretendTab;
  readonly client: ProsaClient;
  readonly person: Person;
  readonly lists: readonly { readonly params: ConversationListParams; readonly live: LiveList<Conversation> }[];
  readonly threads: readonly { readonly id: string; readonly live: LiveThread }[];
  readonly singles: readonly { readonly path: string; readonly live: Live<unknown> }[];
  readonly registers: readonly { readonly path: string; readonly live: LiveList<{ readonly id: string }> }[];
  /** Positions of each conversation's messages, as they were told. */
  readonly told = new Map<string, number[]>();
  gaps = 0;

  constructor(person: Person, page: PretendTab, world: World) {
    this.person = person;
    this.page = page;
    const { fetch, clock, storage } = page;
    this.client = createClient({ baseUrl: person.proxy.url, token: person.caller.token, fetch, clock, storage });
    const { live } = this.client;
    const list = (params: ConversationListParams) => ({
      params,
      live: live.conversations({ ...params, limit: listLimit }),
    });
    this.lists = [
      list({ tab: 'waiting' }),
      list({ tab: 'mine' }),
      list({ tab: 'unread' }),
      list({ tab: 'all' }),
      list({ status: 'closed' }),
    ];
    const [first] = world.conversations;
    this.threads = [
      ...world.conversations.map(({ id }) => ({ id, live: live.thread(id) })),
      { id: first?.id ?? '', live: live.thread(first?.id ?? '', { around: world.middleId }) },
    ];
    const contactId = first?.contact.id ?? '';
    this.singles = [
      { path: '/v1/conversations/counts', live: live.counts() },
      { path: '/v1/agents/me', live: live.me() },
      { path: `/v1/customers/${world.customer.id}`, live: live.customer(world.customer.id) },
      { path: `/v1/contacts/${contactId}`, live: live.contact(contactId) },
    ];
    this.registers = [
      { path: '/v1/agents', live: liveAgents(this.client) },
      { path: '/v1/customers', live: liveCustomers(this.client) },
    ];
    this.do(() => {
      for (const one of [...this.lists, ...this.threads, ...this.singles, ...this.registers]) {
        one.live.subscribe(() => undefined);
      }
      this.client.on('discontinuity', () => this.gaps++);
      this.client.on('outbox.unsaved', () => (person.isUnsaved = true));
      this.client.on('message.created', ({ data: { message } }) => {
        const positions = this.told.get(message.conversationId) ?? [];
        this.told.set(message.conversationId, [...positions, message.position]);
      });
    });
  }

  /** `undefined` when the page sleeps, or is gone. */
  do<T>(work: () => T): T | undefined {
    return this.page.turns.do(work);
  }

  /** What is not as the gateway says it is. */
  async differences(world: World): Promise<readonly string[]> {
    const { caller } = this.person;
    const found: string[] = [];
    const check = (what: string, shown: unknown, is: unknown) => {
      if (!isDeepStrictEqual(shown, is)) found.push(`${what}: shows ${brief(shown)} but it is ${brief(is)}`);
    };
    check('connection', this.client.connection.current.state, 'connected');
    for (const { params, live } of this.lists) {
      if (live.hasMore) void this.do(() => live.loadMore());
      const query = new URLSearchParams(params as Record<string, string>).toString();
      check(`list ${query}`, live.value, await world.all<Conversation>(caller, `/v1/conversations?${query}`));
    }
    for (const { id, live } of this.threads) {
      if (live.hasMore) void this.do(() => live.loadMore());
      if (live.hasNewer) void this.do(() => live.loadNewer());
      const messages = await world.messagesOf(id, caller);
      const { body: conversation } = await caller.call('GET', `/v1/conversations/${id}`);
      check(`thread ${id}`, live.value, { conversation, messages, pending: [] });
    }
    for (const { path, live } of this.singles) check(path, live.value, (await caller.call('GET', path)).body);
    for (const { path, live } of this.registers) check(path, live.value, await world.all(caller, `${path}?`));
    const pending = await this.do(() => this.client.messages.pending());
    check('outbox', pending, []);
    return found;
  }
}

/** Rows by id and version. */
function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || inner === value) return inner;
    const { id, version } = inner as { readonly id?: string; readonly version?: number };
    return version === undefined ? inner : `${id?.slice(-6)} v${version}`;
  });
  return text.length > 2000 ? `${text.slice(0, 200)} … ${text.slice(-1800)}` : text;
}

export interface Person {
  readonly caller: Caller;
  readonly id: string;
  readonly browser: PretendBrowser;
  readonly proxy: UnreliableProxy;
  readonly tabs: WorldTab[];
  /** Indices of the conversations that are theirs for as long as the story goes on. */
  readonly own: readonly number[];
  readonly sent: Sent[];
  /** On a busy machine storage may take longer than the client waits for it: then some of it stays there. */
  isUnsaved: boolean;
}

/** Two agents at work in several tabs each, on bad lines, and their customers. */
export class World {
  readonly gateway: ReplaceableGateway;
  readonly workspace: TestWorkspace;
  readonly people: Person[] = [];
  /** The first of them long. */
  conversations: readonly Conversation[] = [];
  customer!: Customer;
  middleId = '';
  #serial = 0;

  private constructor(gateway: ReplaceableGateway, workspace: TestWorkspace) {
    this.gateway = gateway;
    this.workspace = workspace;
  }

  static async open(gateway: ReplaceableGateway): Promise<World> {
    const world = new World(gateway, await gateway.desk.workspace('Cacau'));
    const { workspace } = world;
    const server = world.callerOf(workspace.server);
    world.customer = (await server.call<Customer>('POST', '/v1/customers', { name: 'Marina Duarte' })).body;
    for (const [name, role, own] of [
      ['ana', 'administrator', [0, 1]],
      ['bia', 'agent', [2]],
    ] as const) {
      const caller = world.callerOf(await workspace.agent(name, { role, expiresInSeconds: 1_000_000 }));
      const { id } = await whoAmI(caller);
      const [browser, proxy] = [new PretendBrowser(speed), await openUnreliableProxy(gateway.url)];
      world.people.push({ caller, id, browser, proxy, tabs: [], own, sent: [], isUnsaved: false });
    }
    for (let number = 0; number < 6; number++) await world.customerSays(number, 'Olá');
    const waiting = await world.all<Conversation>(server, '/v1/conversations?tab=waiting');
    world.conversations = waiting.slice(0, 3);
    for (const { caller, own } of world.people) {
      for (const index of own) await caller.call('POST', `/v1/conversations/${waiting[index]?.id ?? ''}/accept`);
    }
    for (let number = 0; number < longThread; number++) await world.customerSays(0, `linha ${number}`);
    const [first] = world.conversations;
    const messages = await world.messagesOf(first?.id ?? '', server);
    world.middleId = messages[8]?.id ?? '';
    await server.call('POST', `/v1/contacts/${first?.contact.id ?? ''}/link`, { customerId: world.customer.id });
    return world;
  }

  get tabs(): readonly WorldTab[] {
    return this.people.flatMap(({ tabs }) => tabs);
  }

  /** The same caller, at the gateway of now. */
  callerOf({ token }: Caller): Caller {
    return callerAt((path, init) => this.gateway.desk.request(path, init), token);
  }

  /** Made up: `+55 83 9 9914-22xx`. */
  customerSays(number: number, text: string): Promise<void> {
    return this.workspace.customerSays(`+5583999142${String(200 + number)}`, text, { name: `Cliente ${number}` });
  }

  async all<Row>(caller: Caller, path: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer: Page<Row> = (
        await caller.call<Page<Row>>('GET', `${path}&limit=100${cursor && `&cursor=${cursor}`}`)
      ).body;
      rows.push(...answer.data);
      cursor = answer.nextCursor;
    }
    return rows;
  }

  async messagesOf(conversationId: string, caller: Caller): Promise<readonly Message[]> {
    return [...(await this.all<Message>(caller, `/v1/conversations/${conversationId}/messages?`))].reverse();
  }

  openTab(person: Person): WorldTab {
    const tab = new WorldTab(person, person.browser.openTab(), this);
    person.tabs.push(tab);
    return tab;
  }

  closeTab(tab: WorldTab, isCrash: boolean): void {
    if (isCrash) tab.page.crash();
    else tab.page.close();
    tab.person.tabs.splice(tab.person.tabs.indexOf(tab), 1);
  }

  send(tab: WorldTab, which: number, file: Blob | null): void {
    const { own, sent } = tab.person;
    const { id = '' } = this.conversations[own[which % own.length] ?? 0] ?? {};
    const clientId = `client-${++this.#serial}`;
    const message = file
      ? ({ type: 'image', file, fileName: 'foto.png', caption: clientId, clientId } as const)
      : ({ type: 'text', text: clientId, clientId } as const);
    const isSent = tab.do(() => {
      tab.client.messages.send(id, message).catch(() => undefined);
      return true;
    });
    if (isSent) sent.push({ clientId, conversationId: id, isFile: !!file, tabs: new Set([tab]), isRepeated: false });
  }

  /** The same text with the same key, whether the first is on its way, has arrived, or is stuck. */
  sendAgain(tab: WorldTab, which: number): void {
    const texts = tab.person.sent.filter(({ isFile }) => !isFile);
    const one = texts[which % Math.max(1, texts.length)];
    if (!one) return;
    const { clientId, conversationId } = one;
    tab.do(() => {
      one.tabs.add(tab);
      one.isRepeated = true;
      tab.client.messages.send(conversationId, { type: 'text', text: clientId, clientId }).catch(() => undefined);
    });
  }

  async replaceGateway(isKilled: boolean): Promise<void> {
    await this.gateway.replace(isKilled);
    for (const { proxy } of this.people) proxy.target = this.gateway.url;
  }

  /** Every fault is over, and everybody looks again. */
  heal(): void {
    for (const person of this.people) {
      person.proxy.calm();
      for (const { page } of person.tabs) {
        page.thaw();
        // At the latest when the network is back somebody looks for what a tab that crashed has left.
        page.setNetwork(false);
        page.setNetwork(true);
        page.show('visible');
      }
      if (person.tabs.length === 0) this.openTab(person);
    }
  }

  async differences(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [who, { tabs, browser, isUnsaved }] of this.people.entries()) {
      if (browser.rows.size > 0 && !isUnsaved) found.push(`storage of ${who}: ${[...browser.rows.keys()].join(' ')}`);
      for (const [index, tab] of tabs.entries()) {
        for (const difference of await tab.differences(this)) found.push(`tab ${who}.${index}: ${difference}`);
      }
    }
    return found;
  }

  /** What is wrong with what arrived. */
  async flaws(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { caller, sent, browser, isUnsaved } of this.people) {
      const arrived = new Map<string, string[]>();
      for (const { id } of this.conversations) {
        const ids = (await this.messagesOf(id, caller)).flatMap(({ clientId }) => clientId ?? []);
        arrived.set(id, ids);
      }
      for (const { clientId, conversationId, tabs } of sent) {
        const times = (arrived.get(conversationId) ?? []).filter((id) => id === clientId).length;
        // A tab that crashed before it was stored had it in nothing but its memory.
        const isKept = browser.stored.has(clientId) && !isUnsaved;
        const mustArrive = isKept || [...tabs].some(({ page }) => page.isOpen);
        if (times > 1 || (times === 0 && mustArrive)) {
          found.push(`${clientId} arrived ${times} times (${isUnsaved ? 'storage too slow' : 'storage worked'})`);
        }
      }
      for (const tab of new Set(sent.flatMap(({ tabs }) => [...tabs]))) {
        for (const [conversationId, ids] of arrived) {
          const inOrder = sent.filter(
            (one) => !one.isRepeated && one.tabs.has(tab) && one.conversationId === conversationId,
          );
          const places = inOrder.map(({ clientId }) => ids.indexOf(clientId)).filter((place) => place >= 0);
          if (places.some((place, index) => place < (places[index - 1] ?? -1))) {
            found.push(`out of order: sent ${inOrder.map(({ clientId }) => clientId).join(' ')}, is ${ids.join(' ')}`);
          }
        }
      }
    }
    return found;
  }

  /** Messages that a tab was told twice, or before an earlier one. */
  mistold(): readonly string[] {
    return this.tabs.flatMap(({ told, gaps }) =>
      [...told].flatMap(([id, positions]) =>
        gaps === 0 && positions.some((position, index) => position <= (positions[index - 1] ?? -1))
          ? [`${id} told as ${positions.join(' ')}`]
          : [],
      ),
    );
  }

  async close(): Promise<void> {
    for (const tab of [...this.tabs]) this.closeTab(tab, true);
    await Promise.all(this.people.map(({ proxy }) => proxy.close()));
  }
}
