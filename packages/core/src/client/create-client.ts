import { eventPaths } from '../contract/paths.ts';
import { EntityStore } from '../store/entity-store.ts';
import { createIdentity } from '../store/identity.ts';
import { indexedDbStorage } from '../store/indexed-db.ts';
import { createLiveQueries } from '../store/live-queries.ts';
import { Outbox } from '../store/outbox.ts';
import type { OutboxStorage } from '../store/outbox-storage.ts';
import { EventStream } from '../stream/event-stream.ts';
import { ClientEmitter } from './client-emitter.ts';
import { systemClock, type Clock } from './clock.ts';
import type { ProsaClient } from './prosa-client.ts';
import { createAgents } from './resources/agents.ts';
import { createAttachments } from './resources/attachments.ts';
import { createCalls } from './resources/calls.ts';
import { createContacts } from './resources/contacts.ts';
import { createConversations } from './resources/conversations.ts';
import { createCustomers } from './resources/customers.ts';
import { createHsm } from './resources/hsm.ts';
import { createMessages, createPost } from './resources/messages.ts';
import { createProfiles } from './resources/profiles.ts';
import { createProtocols } from './resources/protocols.ts';
import { createQueues } from './resources/queues.ts';
import { createSearch } from './resources/search.ts';
import { createSettings } from './resources/settings.ts';
import { createSurveys } from './resources/surveys.ts';
import { createTags } from './resources/tags.ts';
import { checkToken, createTokenSource, type TokenOption } from './token-source.ts';
import { createTransport } from './transport.ts';
import { parseBaseUrl } from './url.ts';

export interface ClientOptions {
  /** Where the gateway is: `https://chat.example.com`. In a page it may be relative to the page. */
  readonly baseUrl: string;
  /** The token, or a function that gets one from your backend; it is called again when the token has expired. */
  readonly token: TokenOption;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of the system's time and timers; for tests. */
  readonly clock?: Clock | undefined;
  /** Where unsent messages are kept; `null` for memory only. Absent: IndexedDB where there is one. */
  readonly storage?: OutboxStorage | null | undefined;
  /** How long one request may take, in milliseconds; 30,000 when absent. */
  readonly timeoutMs?: number | undefined;
}

/**
 * A client for one gateway and one agent (or API key). It does nothing until something is asked of it.
 *
 * @throws UsageError when `baseUrl` or `token` cannot be used
 * @example
 * const prosa = createClient({ baseUrl: 'https://chat.example.com', token: () => fetchTokenFromMyBackend() });
 * await prosa.messages.send(conversationId, { type: 'text', text: 'Olá!' });
 */
export function createClient(options: ClientOptions): ProsaClient {
  const { token, fetch, clock = systemClock, storage = indexedDbStorage(), timeoutMs = 30_000 } = options;
  if (typeof token !== 'function') checkToken(token);
  const baseUrl = parseBaseUrl(options.baseUrl);
  const tokens = createTokenSource(token, clock);
  const transport = createTransport({ baseUrl, tokens, fetch, clock, timeoutMs });
  const emitter = new ClientEmitter();
  const entities = new EntityStore();

  const calls = createCalls(transport, entities);
  const agents = createAgents(calls);
  const identity = createIdentity(() => agents.me());
  const outbox = new Outbox({ baseUrl, clock, storage, identity, post: createPost(calls) });
  entities.observe(({ kind, entity }) => {
    if (kind === 'message') outbox.settle(entity);
  });

  const stream = new EventStream({
    clock,
    open: (cursor, signal) => transport.open(eventPaths.stream, { query: { cursor }, signal }),
    refuseToken: () => {
      tokens.refuse();
    },
    onEvent: (event) => {
      entities.putEvent(event.data);
      emitter.emit(event.type, event);
    },
    onSignal: (type, data) => {
      emitter.emit(type, data);
    },
    onDiscontinuity: (reason) => {
      emitter.emit('discontinuity', Object.freeze({ reason }));
    },
    onConnected: () => {
      outbox.start();
      outbox.wake();
      emitter.emit('connected', null);
    },
    onOnline: () => {
      outbox.wake();
    },
    onChange: (snapshot) => {
      emitter.emit('connection.changed', snapshot);
    },
  });

  const conversations = createConversations(calls);
  const messages = createMessages(calls, outbox);
  const customers = createCustomers(calls);
  const contacts = createContacts(calls);
  const live = createLiveQueries({
    conversations,
    messages,
    contacts,
    customers,
    agents,
    identity,
    entities,
    stream,
    outbox,
    clock,
    onConnected: (listener) => emitter.onConnected(listener),
  });

  return {
    conversations,
    messages,
    customers,
    contacts,
    queues: createQueues(calls),
    agents,
    attachments: createAttachments(calls, clock),
    protocols: createProtocols(calls),
    profiles: createProfiles(calls),
    tags: createTags(calls),
    settings: createSettings(calls),
    search: createSearch(calls),
    hsm: createHsm(calls),
    surveys: createSurveys(calls),
    live,
    connection: stream,
    on(name, listener) {
      const remove = emitter.on(name, listener);
      // Watching the connection is no reason to have one.
      const release = name === 'connection.changed' ? undefined : stream.retain();
      return () => {
        remove();
        release?.();
      };
    },
    destroy() {
      stream.destroy();
      outbox.destroy();
      transport.close();
      emitter.clear();
    },
  };
}
