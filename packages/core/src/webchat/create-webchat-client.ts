import { systemClock, type Clock } from '../client/clock.ts';
import { Notifier } from '../client/notifier.ts';
import { Timer } from '../client/timer.ts';
import { createTransport, type TransportRequest } from '../client/transport.ts';
import { parseBaseUrl } from '../client/url.ts';
import { reportHostError } from '../client/report-error.ts';
import type {
  Attachment,
  AttachmentUrl,
  Page,
  Visitor,
  VisitorConversation,
  VisitorMessage,
  WebchatConfig,
} from '../contract/index.ts';
import { webchatPaths as routes } from '../contract/paths.ts';
import { ApiError } from '../errors/api-error.ts';
import { EventStream } from '../stream/event-stream.ts';
import { memoryWebchatStorage, type WebchatStorage } from './storage.ts';
import { VisitorOutbox } from './visitor-outbox.ts';
import { VisitorSession, type Identity } from './visitor-session.ts';
import { VisitorThread } from './visitor-thread.ts';
import type { WebchatClient, WebchatForm, WebchatSnapshot } from './webchat-client.ts';

export interface WebchatClientOptions {
  /** Where the gateway is: `https://chat.example.com`. */
  readonly baseUrl: string;
  /** `wck_…`: which webchat. */
  readonly webchatKey: string;
  /** What survives a reload; memory when absent. In a page: `localStorage`. */
  readonly storage?: WebchatStorage | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of the system's time and timers; for tests. */
  readonly clock?: Clock | undefined;
}

/** What typing says holds this long at the gateway; it is said again a little earlier. */
const typingRepeatMs = 3000;
const timeoutMs = 30_000;
/** Links live five minutes. */
const linkLifeMs = 4 * 60_000;
const pageSize = 40;

/**
 * The visitor's side of a webchat, without any element. It asks for nothing until it is told to, and makes no session
 * before the visitor writes.
 *
 * @throws UsageError when `baseUrl` cannot be used
 * @example
 * const chat = createWebchatClient({ baseUrl: 'https://chat.example.com', webchatKey: 'wck_…' });
 * chat.subscribe(() => console.log(chat.value.messages));
 * await chat.load();
 * chat.send('Olá!');
 */
export function createWebchatClient(options: WebchatClientOptions): WebchatClient {
  const { webchatKey, fetch, clock = systemClock, storage = memoryWebchatStorage() } = options;
  const baseUrl = parseBaseUrl(options.baseUrl);
  const shared = { baseUrl, fetch, clock, timeoutMs };
  const open = createTransport({
    ...shared,
    tokens: { get: () => Promise.resolve(webchatKey), refuse: () => undefined },
  });
  const session = new VisitorSession({
    webchatKey,
    transport: open,
    storage,
    clock,
    onVisitor: (visitor) => {
      set({ visitor });
    },
  });
  const transport = createTransport({ ...shared, tokens: session });
  const notifier = new Notifier();
  const thread = new VisitorThread();
  const messageListeners = new Set<(message: VisitorMessage) => void>();
  const links = new Map<string, { readonly url: string; readonly goodUntil: number }>();
  const typingTimer = new Timer(clock);
  let form: WebchatForm = {};
  let loading: Promise<void> | null = null;
  let release: (() => void) | null = null;
  let toldTypingAt = -Infinity;
  let seen = { delivered: 0, read: 0 };
  let value: WebchatSnapshot = Object.freeze({
    status: 'idle',
    error: null,
    config: null,
    visitor: null,
    conversation: null,
    messages: thread.messages,
    pending: [],
    hasMore: false,
    typing: false,
    connection: 'idle',
  });

  const outbox = new VisitorOutbox({
    clock,
    storage,
    storageKey: `prosa:webchat:${webchatKey}:outbox`,
    upload: (file, fileName, { key, signal, onProgress }) =>
      call<Attachment>(routes.upload, { query: { fileName }, file, idempotencyKey: key, signal, onProgress }),
    async post(message, idempotencyKey, signal) {
      const { conversation } = value;
      const details = { idempotencyKey, signal, tries: 1 };
      if (conversation && conversation.status !== 'ended') {
        const params = { conversationId: conversation.id };
        take(null, [await call<VisitorMessage>(routes.send, { params, body: message, ...details })]);
        return;
      }
      const started = await call<VisitorConversation>(routes.start, { body: { ...form, message }, ...details });
      await show(started);
    },
    onChange: (pending) => {
      set({ pending });
    },
  });

  const stream = new EventStream({
    clock,
    open: (cursor, signal) => transport.open(routes.events, { query: { cursor }, signal }),
    refuseToken: () => {
      session.refuse();
    },
    onEvent: ({ data }) => {
      const { conversation, message } = data as { conversation?: VisitorConversation; message?: VisitorMessage };
      take(conversation ?? null, message ? [message] : []);
    },
    onSignal: (_, { conversationId, typing, expiresInMs }) => {
      if (conversationId === value.conversation?.id) showTyping(typing, expiresInMs);
    },
    onDiscontinuity: () => void reload().catch(() => undefined),
    onConnected: () => {
      outbox.wake();
    },
    onOnline: () => {
      outbox.wake();
    },
    onChange: ({ state }) => {
      set({ connection: state });
    },
  });

  function set(change: Partial<WebchatSnapshot>): void {
    if (Object.entries(change).every(([name, is]) => value[name as keyof WebchatSnapshot] === is)) return;
    value = Object.freeze({ ...value, ...change });
    notifier.notify();
  }

  /** A session that ended elsewhere is replaced once: an anonymous visitor goes on as a new one. */
  async function call<T>(route: string, request: TransportRequest): Promise<T> {
    try {
      return await transport.request<T>(route, request);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      drop();
      return await transport.request<T>(route, request);
    }
  }

  function drop(): void {
    thread.clear();
    seen = { delivered: 0, read: 0 };
    release?.();
    release = null;
    showTyping(false);
    set({ conversation: null, messages: thread.messages, hasMore: false });
  }

  /** What came from the gateway, by whatever way: newer versions win. */
  function take(conversation: VisitorConversation | null, messages: readonly VisitorMessage[]): void {
    const current = value.conversation;
    if (conversation && current && conversation.id !== current.id && conversation.createdAt < current.createdAt) return;
    if (conversation && conversation.id !== current?.id && thread.isLoaded) thread.clear();
    if (conversation && (conversation.id !== current?.id || conversation.version >= current.version)) {
      set({ conversation });
    }
    const id = value.conversation?.id;
    const added = thread.put(messages.filter(({ conversationId }) => conversationId === id));
    for (const { clientId } of added) if (clientId !== null) outbox.settle(clientId);
    set({ messages: thread.messages, hasMore: thread.nextCursor !== null });
    for (const message of added) {
      if (message.author.kind !== 'team') continue;
      showTyping(false);
      for (const listener of [...messageListeners]) {
        try {
          listener(message);
        } catch (error) {
          reportHostError(error);
        }
      }
    }
  }

  /** Shows a conversation from its end on, and follows it. */
  async function show(conversation: VisitorConversation): Promise<void> {
    take(conversation, []);
    release ??= stream.retain();
    const params = { conversationId: conversation.id };
    const page = await call<Page<VisitorMessage>>(routes.messages, { params, query: { limit: pageSize } });
    if (value.conversation?.id !== conversation.id) return;
    thread.putNewest(page);
    for (const { clientId } of page.data) if (clientId !== null) outbox.settle(clientId);
    set({ messages: thread.messages, hasMore: thread.nextCursor !== null });
  }

  async function reload(): Promise<void> {
    if (!session.isKnown) return;
    const { visitor, conversation } = await call<{ visitor: Visitor; conversation: VisitorConversation | null }>(
      routes.session,
      {},
    );
    set({ visitor });
    if (conversation) await show(conversation);
  }

  async function loadOnce(): Promise<void> {
    set({ status: 'loading', error: null });
    try {
      const [config] = await Promise.all([
        open.request<WebchatConfig>(routes.config, { query: { key: webchatKey } }),
        reload(),
      ]);
      set({ status: 'ready', config });
      outbox.wake();
    } catch (error) {
      loading = null;
      set({ status: 'failed', error: error as Error });
      throw error;
    }
  }

  function showTyping(typing: boolean, forMs = 0): void {
    typingTimer.clear();
    if (typing) {
      typingTimer.set(forMs, () => {
        showTyping(false);
      });
    }
    set({ typing });
  }

  /** @throws UsageError-like rejections come from the gateway: without a conversation there is nothing to call */
  async function onConversation(route: string, request: TransportRequest): Promise<void> {
    const { conversation } = value;
    if (!conversation) return;
    const params = { conversationId: conversation.id };
    take(await call<VisitorConversation>(route, { ...request, params }), []);
  }

  return {
    get value() {
      return value;
    },
    subscribe: (listener) => notifier.add(listener),
    load: () => (loading ??= loadOnce()),
    setForm(next) {
      form = next;
    },
    send(text) {
      const trimmed = text.trim();
      if (trimmed !== '') outbox.add(trimmed, null);
    },
    sendFile(file, fileName, text = '') {
      outbox.add(text.trim(), { file, fileName });
    },
    retry: (clientId) => {
      outbox.retry(clientId);
    },
    discard: (clientId) => {
      outbox.discard(clientId);
    },
    async loadMore() {
      const { conversation } = value;
      const cursor = thread.nextCursor;
      if (!conversation || cursor === null) return;
      const params = { conversationId: conversation.id };
      const page = await call<Page<VisitorMessage>>(routes.messages, { params, query: { limit: pageSize, cursor } });
      if (value.conversation?.id !== conversation.id || thread.nextCursor !== cursor) return;
      thread.putOlder(page);
      set({ messages: thread.messages, hasMore: thread.nextCursor !== null });
    },
    typing(typing) {
      const { conversation } = value;
      if (!conversation || conversation.status === 'ended') return;
      const now = clock.now();
      if (typing ? now - toldTypingAt < typingRepeatMs : toldTypingAt === -Infinity) return;
      toldTypingAt = typing ? now : -Infinity;
      // Nothing depends on it: it is not worth an error.
      const params = { conversationId: conversation.id };
      transport.request(routes.typing, { params, body: { typing }, tries: 1 }).catch(() => undefined);
    },
    markSeen(status) {
      const { conversation, messages } = value;
      const position = messages.at(-1)?.position ?? 0;
      if (!conversation || position <= seen[status] || (status === 'delivered' && position <= seen.read)) return;
      if (status === 'read' && conversation.unreadCount === 0) return;
      seen = { ...seen, [status]: position };
      onConversation(routes.receipts, { body: { position, status } }).catch(() => {
        // The next message, or the next look, says it again.
        seen = { delivered: 0, read: 0 };
      });
    },
    end: () => onConversation(routes.close, { body: undefined }),
    startOver() {
      if (value.conversation?.status === 'ended') drop();
      form = {};
    },
    answerSurvey: (score, comment) =>
      onConversation(routes.answerSurvey, { body: { score, ...(comment?.trim() && { comment: comment.trim() }) } }),
    async fileUrl(attachmentId) {
      const known = links.get(attachmentId);
      if (known && known.goodUntil > clock.now()) return known.url;
      const { url } = await call<AttachmentUrl>(routes.attachmentUrl, { params: { attachmentId } });
      links.set(attachmentId, { url, goodUntil: clock.now() + linkLifeMs });
      return url;
    },
    async identify(identity: Identity) {
      await session.identify(identity);
      drop();
      await reload();
    },
    async logout() {
      const known = session.isKnown;
      const ended = known ? transport.request(routes.endSession, { tries: 1 }).catch(() => undefined) : undefined;
      outbox.clear();
      drop();
      form = {};
      // The request has taken the token along; whether it arrives or not, nothing of the visitor stays here.
      await ended;
      session.forget();
      links.clear();
      set({ visitor: null });
    },
    reconnect: () => {
      stream.retry();
      outbox.wake();
    },
    onMessage(listener) {
      messageListeners.add(listener);
      return () => {
        messageListeners.delete(listener);
      };
    },
    destroy() {
      stream.destroy();
      outbox.destroy();
      typingTimer.clear();
      transport.close();
      open.close();
      notifier.clear();
      messageListeners.clear();
    },
  };
}
