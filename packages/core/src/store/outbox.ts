import type { Unsubscribe, UploadProgress } from '../client/prosa-client.ts';
import { randomId } from '../client/random-id.ts';
import type { Message, MessageSend } from '../contract/index.ts';
import { AbortedError, UsageError, whyAborted } from '../errors/local-errors.ts';
import type { ProsaError } from '../errors/prosa-error.ts';
import type { DurableRows } from './durable-rows.ts';
import { errorOf, errorData, type OutboxNews, type OutboxPeers } from './outbox-news.ts';
import { OutboxLanes } from './outbox-lanes.ts';
import type { OutboxOptions } from './outbox-options.ts';
import { waitToRetry } from './outbox-retry.ts';
import { createAnswer, isCurrent, isHere, reject, storedOf, type Found, type Lane, type Row } from './outbox-row.ts';
import { rowFormat, type StoredMessage } from './outbox-storage.ts';
import type { FileSend, PendingMessage } from './pending-message.ts';

// Who logs out without a connection must be asked, too: it comes with what there could be to ask about.
export { logout } from '../client/logout.ts';

const operation = 'send the message';
const maxParallel = 4;

/** Sends messages in order, each once, for as long as it takes. */
export class Outbox {
  readonly #options: OutboxOptions;
  #durable: DurableRows | null = null;
  readonly #lanes: OutboxLanes;
  readonly #lifetime = new AbortController();
  #starting: Promise<void> | null = null;
  #peers: OutboxPeers | null = null;
  #sequence = 0;
  #sending = 0;
  /** Those that went while the storage was read: what was read may still have them. */
  readonly #gone = new Set<string>();
  #reading = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#lanes = new OutboxLanes(options.clock);
  }

  /** Whether what is pending outlives the page. */
  get isSaved(): boolean {
    return this.#durable?.isOpen ?? false;
  }

  /** Opens the storage once the agent is known, and sends what an earlier page left. Tried again when it could not. */
  start(): void {
    void this.#open().catch(() => undefined);
  }

  async send(
    conversationId: string,
    message: MessageSend | FileSend,
    key?: string,
    signal?: AbortSignal,
  ): Promise<Message> {
    if (this.#lifetime.signal.aborted) {
      throw new UsageError(`unable to ${operation}; the client was destroyed`, 'client_destroyed');
    }
    if (signal?.aborted) throw new AbortedError(operation, undefined, signal.reason);
    this.start();
    const clientId = message.clientId ?? key ?? randomId();
    if (this.#lanes.find(clientId)) this.retry(clientId);
    else {
      const sequence = this.#sequence++;
      const createdAt = this.#options.clock.now();
      const sent = Object.freeze({ ...message, clientId });
      const written = { clientId, conversationId, message: sent, createdAt, sequence, attachmentId: null };
      this.#keep(this.#lanes.add({ format: rowFormat, failure: null, ...written }, false));
    }
    const { answer } = (this.#lanes.find(clientId) as Found).row;
    const abandon = () => {
      this.#abandon(clientId, signal?.reason);
    };
    signal?.addEventListener('abort', abandon);
    this.#pump();
    try {
      return await answer.promise;
    } finally {
      // What was refused stays to be read; and a signal may live as long as the program.
      signal?.removeEventListener('abort', abandon);
    }
  }

  pending(conversationId: string): readonly PendingMessage[] {
    return this.#lanes.pending(conversationId);
  }

  /** Of every conversation, with what the storage has. */
  async all(): Promise<readonly PendingMessage[]> {
    // Who the agent is may not be known without a connection; what was sent here is known all the same.
    await this.#open().catch(() => undefined);
    return this.#lanes.all().map(({ row }) => row.pending);
  }

  /** Called at once when the pending messages of a conversation change. */
  observe(observer: (conversationId: string) => void): Unsubscribe {
    return this.#lanes.observe(observer);
  }

  retry(clientId: string): void {
    const found = this.#lanes.find(clientId);
    if (!found || found.row.pending.state === 'sending') return;
    this.#renew(found, this.#options.clock.now());
    this.#keep(found.row);
    this.#pump();
  }

  discard(clientId: string, error?: AbortedError): boolean {
    const found = this.#lanes.find(clientId);
    if (!found || (found.row.pending.state === 'sending' && !found.row.pending.progress)) return false;
    this.#peers?.tell({ kind: 'gone', clientId, message: null });
    this.#drop(found, error);
    return true;
  }

  /** Its sender gave up: under way it may still arrive, but it is not tried again. */
  #abandon(clientId: string, reason: unknown): void {
    const found = this.#lanes.find(clientId);
    const last = found?.row.pending.error;
    const why = whyAborted(reason) + (last ? `, and before that: ${last.message}` : '');
    const error = new AbortedError(operation, why, reason);
    if (this.discard(clientId, error)) return;
    this.#peers?.tell({ kind: 'gone', clientId, message: null });
    this.#forsake(found, error);
  }

  #forsake(found: Found | null, error = new AbortedError(operation)): void {
    if (!found) return;
    found.row.isAbandoned = true;
    reject(found.row, error);
  }

  /** The gateway has this message, whoever said so first: the answer, an event or a tab that told all (`isTold`). */
  settle(message: Message, isTold = false): void {
    const found = message.clientId === null ? null : this.#lanes.find(message.clientId);
    if (!found || found.row.pending.conversationId !== message.conversationId) return;
    // Others may have been told of the message before they had this row, and not hear of it again.
    if (found.row.isShared && !isTold) this.#peers?.tell({ kind: 'gone', clientId: message.clientId ?? '', message });
    this.#remove(found);
    found.row.answer.resolve(message);
  }

  /** The way to the gateway is open again: nobody waits any longer. */
  wake(): void {
    for (const { timer } of this.#lanes) timer.clear();
    // A tab that ended right after it stored a message has told nobody.
    const durable = this.#durable;
    if (durable) void this.#read(() => durable.all());
    else this.start();
    this.#pump();
  }

  /** From now on together with other tabs, or alone again. Called anew when the leader changes. */
  share(peers: OutboxPeers | null): void {
    if (this.#lifetime.signal.aborted) return;
    this.#peers = peers;
    for (const found of this.#lanes.all()) {
      // Whoever was sending it may be no more.
      if (found.row.pending.state === 'sending' && !isCurrent(found)) this.#update(found, { state: 'queued' });
    }
    this.wake();
  }

  /** What the outbox of another tab tells. */
  hear(news: OutboxNews): void {
    if (this.#lifetime.signal.aborted) return;
    if (news.kind === 'row') {
      const { row } = news;
      const found = this.#lanes.find(row.clientId);
      if (!found) this.#lanes.add(row, true);
      else if (!row.failure) this.#renew(found, row.createdAt);
      this.#pump();
      return;
    }
    const { clientId } = news;
    const found = this.#lanes.find(clientId);
    if (news.kind === 'state') {
      if (!found || isCurrent(found) || this.#peers?.isLeader) return;
      const error = errorOf(news.change.error);
      this.#lanes.change(found, { ...news.change, error });
      if (error && news.change.state === 'failed') reject(found.row, error);
      return;
    }
    if (this.#reading > 0) this.#gone.add(clientId);
    if (news.message) {
      this.settle({ ...news.message, clientId }, true);
      this.#options.onSent(news.message);
    } else if (found && (found.row.upload || !isCurrent(found))) this.#drop(found);
    else this.#forsake(found);
  }

  /** What was not sent stays in the storage. */
  destroy(): void {
    if (this.#lifetime.signal.aborted) return;
    const error = new AbortedError(operation, 'the client was destroyed');
    this.#lifetime.abort(error);
    this.#peers = null;
    this.#durable?.close();
    for (const { timer } of this.#lanes) timer.clear();
    for (const { row } of this.#lanes.all()) row.answer.reject(error);
    this.#lanes.clear();
  }

  #open(): Promise<void> {
    if (this.#options.storage === null) return Promise.resolve();
    this.#starting ??= this.#restore().catch((error: unknown) => {
      this.#starting = null;
      throw error;
    });
    return this.#starting;
  }

  async #restore(): Promise<void> {
    const { clock, storage, onUnsaved } = this.#options;
    const [{ DurableRows }, owner] = await Promise.all([import('./durable-rows.ts'), this.#options.owner()]);
    if (this.#lifetime.signal.aborted) return;
    const durable = (this.#durable = new DurableRows(owner, clock, onUnsaved));
    await this.#read(() => durable.open(storage ?? undefined));
  }

  /** Makes what is known here and what is kept the same. */
  async #read(read: () => Promise<readonly StoredMessage[] | null>): Promise<void> {
    const before = this.#lanes.all().filter(({ row }) => row.isShared);
    this.#reading++;
    const kept = await read();
    this.#reading--;
    if (this.#lifetime.signal.aborted) return;
    for (const row of kept ?? []) {
      if (this.#lanes.find(row.clientId) || this.#gone.has(row.clientId)) continue;
      this.#lanes.add(row, true);
      // The leader may not know it: whoever wrote it may have closed right then.
      if (this.#peers?.isLeader === false) this.#peers.tell({ kind: 'row', row });
    }
    if (this.#reading === 0) this.#gone.clear();
    const ids = kept && new Set(kept.map(({ clientId }) => clientId));
    for (const found of before) {
      // Another tab has sent it, or given it up.
      if (ids && isHere(found) && !isCurrent(found) && !ids.has(found.row.pending.clientId)) this.#remove(found);
    }
    for (const { row } of this.#lanes.all()) if (!row.isShared) this.#keep(row);
    this.#pump();
  }

  /** In the storage, and then in the other tabs. */
  #keep(row: Row): void {
    row.stored = this.#put(row).then(() => {
      if (this.#lanes.find(row.pending.clientId)?.row === row && this.#peers && this.isSaved) {
        row.isShared = true;
        this.#peers.tell({ kind: 'row', row: storedOf(row) });
        this.#tellState(row);
      } else this.#pump();
    });
  }

  /** Not what went in the meantime: it would come back with the next page. */
  async #put(row: Row): Promise<unknown> {
    return this.#lanes.find(row.pending.clientId)?.row === row && this.#durable?.put(storedOf(row));
  }

  /** It is tried (again) now. */
  #renew(found: Found, createdAt: number): void {
    const { lane, row } = found;
    row.tries = 0;
    lane.timer.clear();
    if (row.pending.state !== 'failed') return;
    row.answer = createAnswer();
    this.#lanes.change(found, { state: 'queued', error: null, createdAt });
  }

  #update(found: Found, change: Partial<PendingMessage>): void {
    this.#lanes.change(found, change);
    this.#tellState(found.row);
  }

  #tellState({ pending: { clientId, state, progress, error } }: Row): void {
    if (!this.#peers?.isLeader) return;
    this.#peers.tell({ kind: 'state', clientId, change: { state, progress, error: errorData(error) } });
  }

  #drop(found: Found, error = new AbortedError(operation, 'it was discarded')): void {
    this.#remove(found);
    reject(found.row, error);
  }

  #remove(found: Found): void {
    const { row } = found;
    const { clientId } = row.pending;
    this.#lanes.remove(found);
    row.upload?.abort();
    if (this.#reading > 0) this.#gone.add(clientId);
    void row.stored.then(() => this.#durable?.delete(clientId));
  }

  /** The next that this tab has to send: the leader all, another one what it could not hand over. */
  #nextOf({ rows }: Lane): Row | undefined {
    const sendsAll = this.#peers?.isLeader ?? true;
    return rows.find(
      ({ pending, isShared }) => pending.state === 'queued' && (sendsAll || !(isShared || this.isSaved)),
    );
  }

  #pump(): void {
    for (const lane of this.#lanes) {
      if (this.#sending >= maxParallel) return;
      if (!lane.current && !lane.timer.isSet && this.#nextOf(lane)) void this.#drain(lane);
    }
  }

  async #drain(lane: Lane): Promise<void> {
    this.#sending++;
    try {
      for (;;) {
        const row = this.#nextOf(lane);
        if (!row || lane.timer.isSet || this.#lifetime.signal.aborted) break;
        lane.current = row;
        await this.#sendOne({ lane, row });
      }
    } finally {
      lane.current = null;
      this.#lanes.tidy(lane);
      this.#sending--;
    }
    if (!this.#lifetime.signal.aborted) this.#pump();
  }

  async #sendOne(found: Found): Promise<void> {
    const { row } = found;
    const { post } = this.#options;
    const { clientId, conversationId, message } = row.pending;
    const { signal } = this.#lifetime;
    const isGone = async () => row.isShared && (await this.#durable?.has(clientId)) === false;
    this.#update(found, { state: 'sending', error: null });
    try {
      await row.stored;
      const body = !('file' in message) ? message : (await isGone()) ? null : await this.#upload(found, message);
      const send = async () => ((await isGone()) ? null : body && post(conversationId, body, clientId, signal));
      const sent = await (this.#durable ? this.#durable.inTurn(conversationId, signal, send) : send());
      if (!isHere(found)) return;
      // What is in the storage no more may still be in other tabs, which read it just before.
      if (!sent) this.#peers?.tell({ kind: 'gone', clientId, message: null });
      if (!sent) this.#remove(found);
      // A gateway may not give the client id back.
      else this.settle({ ...sent, clientId });
    } catch (error) {
      // The event can be faster than an answer that fails.
      if (!isHere(found) || signal.aborted) return;
      if (row.isAbandoned) this.#remove(found);
      else this.#fail(found, error as ProsaError);
    }
  }

  async #upload(found: Found, { file, fileName, ...rest }: FileSend): Promise<MessageSend> {
    const { row } = found;
    const { clientId } = row.pending;
    if (row.attachmentId === null) {
      const upload = (row.upload = new AbortController());
      const signal = AbortSignal.any([this.#lifetime.signal, upload.signal]);
      const onProgress = (progress: UploadProgress) => {
        if (row.upload) this.#update(found, { progress });
      };
      onProgress({ loadedBytes: 0, totalBytes: file.size });
      try {
        const name = fileName ?? ((file as Partial<File>).name || 'arquivo');
        // The key goes with the message: what an earlier page uploaded is found again.
        const options = { idempotencyKey: `${clientId}:file`, signal, onProgress };
        row.attachmentId = (await this.#options.upload(file, name, options)).id;
      } finally {
        row.upload = null;
      }
      this.#update(found, { progress: null });
      await (row.stored = this.#put(row));
    }
    return { ...rest, attachmentId: row.attachmentId } as MessageSend;
  }

  #fail(found: Found, error: ProsaError): void {
    const { lane, row } = found;
    row.tries++;
    const waitMs = waitToRetry(this.#options.clock, row, error);
    this.#update(found, { state: waitMs === null ? 'failed' : 'queued', error, progress: null });
    if (waitMs === null) {
      row.stored = this.#put(row);
      reject(row, error);
      // Who sends for weeks without a page has nobody to look through them.
      if (!this.isSaved) for (const old of this.#lanes.surplus()) this.#remove(old);
    } else {
      lane.timer.set(waitMs, () => {
        this.#pump();
      });
    }
  }
}
