import { backoff } from '../client/backoff.ts';
import type { Clock } from '../client/clock.ts';
import type { UploadProgress } from '../client/prosa-client.ts';
import { randomId } from '../client/random-id.ts';
import { Timer } from '../client/timer.ts';
import type { Attachment, VisitorSend } from '../contract/index.ts';
import { isProsaError } from '../errors/prosa-error.ts';
import { readKept, type WebchatStorage } from './storage.ts';

/** The file of a message that is on its way. */
export interface PendingFile {
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly file: Blob;
  /** 0 to 1. */
  readonly progress: number;
}

/** What the visitor sent and the gateway has not confirmed. */
export interface PendingVisitorMessage {
  readonly clientId: string;
  /** Empty for a file alone. */
  readonly text: string;
  readonly file: PendingFile | null;
  /** Epoch milliseconds, by this device's clock. */
  readonly createdAt: number;
  /** `failed`: it is not tried again by itself; `error` says why. */
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: Error | null;
}

export interface VisitorOutboxOptions {
  readonly clock: Clock;
  readonly storage: WebchatStorage;
  readonly storageKey: string;
  upload(
    file: Blob,
    fileName: string,
    options: { key: string; signal: AbortSignal; onProgress(progress: UploadProgress): void },
  ): Promise<Attachment>;
  /** Into the open conversation, or as the beginning of one. */
  post(message: VisitorSend, key: string, signal: AbortSignal): Promise<void>;
  readonly onChange: (pending: readonly PendingVisitorMessage[]) => void;
}

interface Row {
  pending: PendingVisitorMessage;
  readonly abort: AbortController;
  /** The file is with the gateway already. */
  attachment: Attachment | null;
}

/** Nobody expects the words of another day to go out by themselves. */
const expiresAfterMs = 24 * 60 * 60 * 1000;
const retryRange = { minMs: 500, baseMs: 1000, maxMs: 30_000 };
const none: readonly PendingVisitorMessage[] = Object.freeze([]);

/** Sends in order, each once, for as long as it takes. Texts survive a reload; a file lives as long as its page. */
export class VisitorOutbox {
  readonly #options: VisitorOutboxOptions;
  readonly #timer: Timer;
  readonly #rows: Row[] = [];
  #snapshot = none;
  #sending = false;
  #tries = 0;
  #isOver = false;

  constructor(options: VisitorOutboxOptions) {
    this.#options = options;
    this.#timer = new Timer(options.clock);
    const kept = readKept<readonly (Partial<PendingVisitorMessage> | null)[]>(options.storage, options.storageKey);
    for (const pending of Array.isArray(kept) ? kept : []) this.#restore(pending ?? {});
  }

  get pending(): readonly PendingVisitorMessage[] {
    return this.#snapshot;
  }

  add(text: string, file: { readonly file: Blob; readonly fileName: string } | null): void {
    const { clock } = this.#options;
    const added = file && { ...file, size: file.file.size, progress: 0 };
    this.#add({ clientId: randomId(), text, file: added, createdAt: clock.now(), state: 'queued', error: null });
    this.wake();
  }

  retry(clientId: string): void {
    const row = this.#find(clientId);
    if (row?.pending.state !== 'failed') return;
    this.#set(row, { state: 'queued', error: null });
    this.wake();
  }

  /** Gives it up. What is on its way may still arrive. */
  discard(clientId: string): void {
    const row = this.#find(clientId);
    if (!row) return;
    row.abort.abort();
    this.#remove(row);
    this.wake();
  }

  /** The gateway has it: it came back as an event before the answer did. */
  settle(clientId: string): void {
    const row = this.#find(clientId);
    if (row) this.#remove(row);
  }

  /** Somebody else is the sender now: the files that the gateway has are of whoever was it before. */
  forgetUploads(): void {
    for (const row of this.#rows) row.attachment = null;
  }

  /** Tries now: there is a connection again. */
  wake(): void {
    this.#timer.clear();
    this.#tries = 0;
    void this.#pump();
  }

  clear(): void {
    this.#timer.clear();
    for (const { abort } of this.#rows.splice(0)) abort.abort();
    this.#changed();
  }

  destroy(): void {
    this.#isOver = true;
    this.#timer.clear();
    for (const { abort } of this.#rows) abort.abort();
  }

  async #pump(): Promise<void> {
    if (this.#sending || this.#isOver) return;
    this.#sending = true;
    for (;;) {
      // A message that failed stays where it is shown, and holds nothing back.
      const row = this.#rows.find(({ pending }) => pending.state !== 'failed');
      if (!row) break;
      try {
        this.#set(row, { state: 'sending' });
        await this.#send(row);
        this.#tries = 0;
        this.settle(row.pending.clientId);
      } catch (error) {
        if (this.#isOver) return;
        if (!this.#rows.includes(row)) continue;
        if (isProsaError(error) && error.retryable) {
          this.#set(row, { state: 'queued' });
          this.#timer.set(backoff(this.#options.clock, retryRange, this.#tries++), () => void this.#pump());
          break;
        }
        this.#set(row, { state: 'failed', error: error as Error });
      }
    }
    this.#sending = false;
  }

  async #send(row: Row): Promise<void> {
    const { clientId, text, file } = row.pending;
    const { signal } = row.abort;
    if (!file) {
      await this.#options.post({ type: 'text', text, clientId }, clientId, signal);
      return;
    }
    row.attachment ??= await this.#options.upload(file.file, file.fileName, {
      key: `${clientId}:file`,
      signal,
      onProgress: ({ loadedBytes, totalBytes }) => {
        this.#set(row, { file: { ...file, progress: totalBytes > 0 ? loadedBytes / totalBytes : 1 } });
      },
    });
    const { id: attachmentId, kind } = row.attachment;
    // A sticker is a picture to whoever sends one.
    const type = kind === 'sticker' ? 'image' : kind;
    await this.#options.post({ type, attachmentId, caption: text === '' ? null : text, clientId }, clientId, signal);
  }

  #find(clientId: string): Row | undefined {
    return this.#rows.find(({ pending }) => pending.clientId === clientId);
  }

  /** What failed stays failed: it has been seen, and is tried again when the visitor says so. */
  #restore({ clientId, text, createdAt, state }: Partial<PendingVisitorMessage>): void {
    if (typeof clientId !== 'string' || typeof text !== 'string' || typeof createdAt !== 'number') return;
    const isOver = state === 'failed' || this.#options.clock.now() - createdAt > expiresAfterMs;
    this.#add({ clientId, text, file: null, createdAt, state: isOver ? 'failed' : 'queued', error: null });
  }

  #add(pending: PendingVisitorMessage): void {
    this.#rows.push({ pending: Object.freeze(pending), abort: new AbortController(), attachment: null });
    this.#changed();
  }

  #set(row: Row, change: Partial<PendingVisitorMessage>): void {
    row.pending = Object.freeze({ ...row.pending, ...change });
    this.#changed();
  }

  #remove(row: Row): void {
    this.#rows.splice(this.#rows.indexOf(row), 1);
    this.#changed();
  }

  #changed(): void {
    const { storage, storageKey, onChange } = this.#options;
    this.#snapshot = this.#rows.length === 0 ? none : Object.freeze(this.#rows.map(({ pending }) => pending));
    const texts = this.#snapshot.filter(({ file }) => file === null);
    storage.set(storageKey, texts.length === 0 ? null : JSON.stringify(texts));
    onChange(this.#snapshot);
  }
}
