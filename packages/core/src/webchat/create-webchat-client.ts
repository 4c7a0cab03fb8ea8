import { systemClock } from '../client/clock.ts';
import { Notifier } from '../client/notifier.ts';
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
import { AuthError, UsageError } from '../errors/local-errors.ts';
import { hasCode, isProsaError } from '../errors/prosa-error.ts';
import { EventStream } from '../stream/event-stream.ts';
import { serverFrames } from '../stream/server-frames.ts';
import { emptySnapshot } from './empty-snapshot.ts';
import { FileLinks } from './file-links.ts';
import { OpeningForm } from './opening-form.ts';
import { Receipts } from './receipts.ts';
import { memoryWebchatStorage } from './storage.ts';
import { Typing } from './typing.ts';
import { VisitorOutbox } from './visitor-outbox.ts';
import { VisitorSession, type Identity } from './visitor-session.ts';
import { VisitorThread } from './visitor-thread.ts';
import type { WebchatClient, WebchatClientOptions, WebchatSnapshot } from './webchat-client.ts';

const timeoutMs = 30_000;
const pageSize = 40;

/**
 * The visitor's side of a webchat, without any element. It asks for nothing until it is told to, and makes no session
 * before the visitor writes.
 *
 * @throws UsageError when `baseUrl` or `webchatKey` cannot be used
 * @example
 * const chat = createWebchatClient({ baseUrl: 'https://chat.example.com', webchatKey: 'wck_…' });
 * chat.subscribe(() => console.log(chat.value.messages));
 * await chat.load();
 * chat.send('Olá!');
 */
export function createWebchatClient(options: WebchatClientOptions): WebchatClient {
  const { webchatKey, fetch, clock = systemClock, storage = memoryWebchatStorage() } = options;
  const baseUrl = parseBaseUrl(options.baseUrl);
  // Another character could not even be sent, and would look like a gateway that does not answer.
  if (!/^wck_\w+$/.test(webchatKey))
    throw new UsageError(`unable to create a client; "${webchatKey}" is no webchat key`);
  const shared = { baseUrl, fetch, clock, timeoutMs };
  /** Speaks as the page, or for a session that is already forgotten here. */
  const transportOf = (token: string) =>
    createTransport({ ...shared, tokens: { get: () => Promise.resolve(token), refuse: () => undefined } });
  const open = transportOf(webchatKey);
  const session = new VisitorSession({
    webchatKey,
    transport: open,
    storage,
    clock,
    onVisitor: (visitor) => {
      set({ visitor });
    },
    onEnded() {
      era++;
      outbox.forgetUploads();
      drop();
    },
    onRefused() {
      const { visitor } = value;
      // Words that are on their way go on under the name that was given.
      if (visitor && outbox.pending.length > 0) form.set({ name: visitor.name, email: visitor.email });
      if (!session.isKnown) set({ visitor: null });
      // Somebody who is logged in, here or in another tab, is still there with their conversation.
      if (reloads === 0) catchUp();
    },
  });
  const transport = createTransport({ ...shared, tokens: session });
  const notifier = new Notifier();
  const thread = new VisitorThread();
  const messageListeners = new Set<(message: VisitorMessage) => void>();
  const links = new FileLinks(clock, async (attachmentId) => {
    const { url } = await call<AttachmentUrl>(routes.attachmentUrl, { ids: [attachmentId] });
    return url;
  });
  const typing = new Typing(
    clock,
    (is) => {
      set({ typing: is });
    },
    (is) => {
      // Nothing depends on it: it is not worth an error.
      onConversation(routes.typing, { body: { typing: is }, tries: 1 }).catch(() => undefined);
    },
  );
  const form = new OpeningForm(storage, `prosa:webchat:${webchatKey}:form`);
  const receipts = new Receipts((position, status) => onConversation(routes.receipts, { body: { position, status } }));
  let loading: Promise<void> | null = null;
  let release: (() => void) | null = null;
  /** Counts the sessions: an answer that was asked for in another one is not for this visitor. */
  let era = 0;
  let reloads = 0;
  /** What was missed could not be loaded. */
  let isBehind = false;
  let value = emptySnapshot;

  const outbox = new VisitorOutbox({
    clock,
    storage,
    storageKey: `prosa:webchat:${webchatKey}:outbox`,
    upload: (file, fileName, { key, signal, onProgress }) =>
      call<Attachment>(routes.upload, { query: { fileName }, file, idempotencyKey: key, signal, onProgress }),
    async post(message, clientId, signal) {
      const { conversation } = value;
      if (conversation && conversation.status !== 'ended') {
        const sending = { ids: [conversation.id], body: message, idempotencyKey: clientId, signal, tries: 1 };
        try {
          take(null, [await call<VisitorMessage>(routes.send, sending)]);
          return;
        } catch (error) {
          // The team ended it while the visitor wrote: it begins another.
          if (!hasCode(error, 'conversation_closed')) throw error;
        }
      }
      const body = { ...form.for(clientId), message };
      // Should its answer get lost, it may go into the conversation the next time: by another way, with another key.
      const starting = { body, idempotencyKey: `${clientId}:start`, signal, tries: 1 };
      try {
        const started = await call<VisitorConversation>(routes.start, starting);
        form.clear();
        const { visitor } = value;
        // What they said is known from now on: it is not asked again.
        if (visitor) {
          const { name = null, email = null } = body;
          set({ visitor: { ...visitor, name: visitor.name ?? name, email: visitor.email ?? email } });
        }
        await show(started);
      } catch (error) {
        if (!isProsaError(error) || !error.retryable) form.release();
        throw error;
      }
    },
    onChange: (pending) => {
      set({ pending });
    },
  });

  const stream = new EventStream({
    clock,
    source: serverFrames({ clock, transport, tokens: session, routes: { stream: routes.events, poll: routes.poll } }),
    refuseToken: () => {
      session.refuse();
    },
    onEvent: ({ data }) => {
      const { conversation, message } = data as { conversation?: VisitorConversation; message?: VisitorMessage };
      take(conversation ?? null, message ? [message] : []);
    },
    onSignal: (_, signal) => {
      if ('typing' in signal && signal.conversationId === value.conversation?.id)
        typing.hear(signal.typing, signal.expiresInMs);
    },
    onDiscontinuity: catchUp,
    onConnected: wake,
    onOnline: wake,
    onChange: ({ state }) => {
      set({ connection: state });
    },
  });

  function set(change: Partial<WebchatSnapshot>): void {
    if (Object.entries(change).every(([name, is]) => value[name as keyof WebchatSnapshot] === is)) return;
    value = Object.freeze({ ...value, ...change });
    notifier.notify();
  }

  /** @throws AuthError when the visitor has become another meanwhile, or was refused: a new session may serve */
  async function call<T>(route: string, request: TransportRequest): Promise<T> {
    const before = era;
    try {
      const answer = await transport.request<T>(route, request);
      if (before === era) return answer;
    } catch (error) {
      if (before === era) throw error;
    }
    throw new AuthError('the session ended meanwhile');
  }

  /** Shows no conversation, and follows none. */
  function drop(): void {
    thread.clear();
    receipts.reset();
    release?.();
    release = null;
    // At once: the stream is of the session that was.
    stream.disconnect();
    typing.clear();
    set({ conversation: null });
    showThread();
  }

  function showThread(): void {
    set({ messages: thread.messages, hasMore: thread.nextCursor !== null });
  }

  /** Nothing of the visitor stays here; the gateway is told as well as it goes. */
  async function leave(): Promise<void> {
    const { token } = session;
    outbox.clear();
    form.clear();
    links.clear();
    session.forget();
    drop();
    set({ visitor: null });
    if (token !== null)
      await transportOf(token)
        .request(routes.endSession, { tries: 1 })
        .catch(() => undefined);
  }

  function wake(): void {
    outbox.wake();
    if (isBehind) catchUp();
  }

  function catchUp(): void {
    isBehind = false;
    reload().catch(() => {
      isBehind = true;
    });
  }

  /** What came from the gateway, by whatever way: newer versions win. */
  function take(conversation: VisitorConversation | null, messages: readonly VisitorMessage[]): void {
    const current = value.conversation;
    if (conversation && conversation.id !== current?.id) {
      if (current && conversation.createdAt < current.createdAt) return;
      thread.clear();
      receipts.reset();
      set({ conversation });
    } else if (conversation && current && conversation.version >= current.version) {
      set({ conversation });
    }
    const id = value.conversation?.id;
    const added = thread.put(messages.filter(({ conversationId }) => conversationId === id));
    for (const { clientId } of added) if (clientId !== null) outbox.settle(clientId);
    showThread();
    for (const message of added) {
      if (message.author.kind !== 'team') continue;
      typing.clear();
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
    const page = await pageOf(conversation);
    if (value.conversation?.id !== conversation.id) return;
    thread.putNewest(page);
    for (const { clientId } of page.data) if (clientId !== null) outbox.settle(clientId);
    showThread();
  }

  function pageOf(conversation: VisitorConversation, cursor?: string): Promise<Page<VisitorMessage>> {
    return call(routes.messages, { ids: [conversation.id], query: { limit: pageSize, cursor } });
  }

  async function reload(tries = 2): Promise<void> {
    if (!session.isKnown) return;
    const before = era;
    reloads++;
    try {
      const { visitor, conversation } = await call<{ visitor: Visitor; conversation: VisitorConversation | null }>(
        routes.session,
        {},
      );
      set({ visitor });
      if (conversation) await show(conversation);
    } catch (error) {
      if (before === era || tries === 1) throw error;
      await reload(tries - 1);
    } finally {
      reloads--;
    }
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

  /** Without a conversation there is nothing to call. @throws ProsaError */
  async function onConversation(route: string, request: TransportRequest): Promise<void> {
    const { conversation } = value;
    if (!conversation) return;
    const changed = await call<VisitorConversation | undefined>(route, { ...request, ids: [conversation.id] });
    // The visitor may have gone on to another.
    if (changed && value.conversation?.id === changed.id) take(changed, []);
  }

  return {
    get value() {
      return value;
    },
    subscribe: (listener) => notifier.add(listener),
    load: () => (loading ??= loadOnce()),
    setForm: (next) => {
      form.set(next);
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
      const page = await pageOf(conversation, cursor);
      if (value.conversation?.id !== conversation.id || thread.nextCursor !== cursor) return;
      thread.putOlder(page);
      showThread();
    },
    typing(is) {
      const { conversation } = value;
      if (conversation && conversation.status !== 'ended') typing.say(is);
    },
    markSeen(status) {
      const { conversation, messages } = value;
      if (!conversation || (status === 'read' && conversation.unreadCount === 0)) return;
      receipts.mark(messages.at(-1)?.position ?? 0, status);
    },
    end: () => onConversation(routes.close, { body: undefined }),
    startOver() {
      if (value.conversation?.status === 'ended') drop();
      form.clear();
    },
    answerSurvey: (score, comment) =>
      onConversation(routes.answerSurvey, { body: { score, ...(comment?.trim() && { comment: comment.trim() }) } }),
    fileUrl: (attachmentId) => links.get(attachmentId),
    async identify(identity: Identity) {
      const isNew = await session.identify(identity, () => void leave());
      if (isNew) await reload();
    },
    logout: leave,
    reconnect: () => {
      stream.retry();
      wake();
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
      typing.clear();
      transport.close();
      open.close();
      notifier.clear();
      messageListeners.clear();
    },
  };
}
