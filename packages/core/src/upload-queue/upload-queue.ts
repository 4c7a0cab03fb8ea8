import { backoff } from '../client/backoff.ts';
import { systemClock, type Clock, type HasClock } from '../client/clock.ts';
import type { CallOptions, ProsaClient, Unsubscribe } from '../client/prosa-client.ts';
import { randomId } from '../client/random-id.ts';
import { Timer } from '../client/timer.ts';
import type { Attachment } from '../contract/index.ts';
import { hasCode, isProsaError } from '../errors/prosa-error.ts';
import { Observed, type Observable } from '../observed/observed.ts';
import { checkFile, whatsAppFileRules, type FileKind, type FileRules } from './file-rules.ts';
import { snapshotOf, type Upload, type UploadQueueSnapshot } from './upload.ts';

/** What may go up, and how. */
export interface UploadQueueOptions {
  /** What the channel takes, perhaps another one by the next file; WhatsApp's rules when absent. */
  readonly rules?: FileRules | (() => FileRules) | undefined;
  /** How many go up at the same time; 3 when absent. */
  readonly concurrency?: number | undefined;
  /** How often one file is tried by itself; 5 when absent. */
  readonly maxTries?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Work {
  /** The same for every try, so that the gateway stores the file once. */
  readonly key: string;
  readonly timer: Timer;
  tries: number;
  aborter: AbortController | null;
}

type Client = HasClock & { readonly attachments: Pick<ProsaClient['attachments'], 'upload'> };
type NamedFile = Blob & { readonly name?: string | undefined };

const retryRange = { minMs: 500, baseMs: 1000, maxMs: 30_000 };
const refusals = ['media_type_not_allowed', 'payload_too_large', 'validation_failed'] as const;

/**
 * Files on their way to the gateway. Each goes up as soon as it is chosen, so that sending waits for nothing; what the
 * channel would not take is refused before a byte of it leaves.
 *
 * @example
 * const queue = new UploadQueue(prosa, { rules: whatsAppFileRules });
 * queue.subscribe(() => console.log(queue.value.progress));
 * queue.add(input.files ?? []);
 */
export class UploadQueue implements Observable<UploadQueueSnapshot> {
  readonly #client: Client;
  readonly #options: { readonly [Name in keyof UploadQueueOptions]-?: NonNullable<UploadQueueOptions[Name]> };
  readonly #observed = new Observed(snapshotOf(Object.freeze([])));
  readonly #work = new Map<string, Work>();
  #isDestroyed = false;

  constructor(client: Client, options: UploadQueueOptions = {}) {
    const { rules = whatsAppFileRules, concurrency = 3, maxTries = 5, clock = client.clock ?? systemClock } = options;
    this.#client = client;
    this.#options = { rules, concurrency, maxTries, clock };
  }

  get value(): UploadQueueSnapshot {
    return this.#observed.value;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.#observed.subscribe(listener);
  }

  /** The largest file of a kind that may be added now, in bytes; `null`: none of that kind may. */
  maxBytesOf(kind: FileKind): number | null {
    return this.#rules()[kind]?.maxBytes ?? null;
  }

  /**
   * @param voice they are recordings, to be heard as voice messages
   * @param signal removes them again
   * @returns the ids of the uploads, in the order of the files
   */
  add(
    files: Iterable<NamedFile>,
    { voice = false, signal }: CallOptions & { readonly voice?: boolean } = {},
  ): readonly string[] {
    if (this.#isDestroyed || signal?.aborted) return [];
    const added = [...files].map((file) => this.#uploadOf(file, voice));
    this.#set([...this.value.uploads, ...added]);
    const ids = added.map(({ id }) => id);
    signal?.addEventListener('abort', () => {
      for (const id of ids) this.remove(id);
    });
    this.#pump();
    return ids;
  }

  /** Takes in what an earlier page has uploaded. @param voices ids of those that are voice messages */
  restore(attachments: readonly Attachment[], voices: readonly string[] = []): void {
    const known = new Set(this.value.uploads.map(({ attachment }) => attachment?.id));
    const restored = attachments
      .filter(({ id }) => !known.has(id))
      .map((attachment): Upload => {
        const { id, fileName, size, kind } = attachment;
        const done = { status: 'ready', progress: 1, attachment, refusal: null, error: null } as const;
        return Object.freeze({ id, file: null, fileName, size: size ?? 0, kind, voice: voices.includes(id), ...done });
      });
    if (restored.length > 0) this.#set([...restored, ...this.value.uploads]);
  }

  /** Tries what failed again, or does not wait any longer. What was refused stays so. */
  retry(id: string): void {
    const work = this.#work.get(id);
    const status = this.#find(id)?.status;
    if (!work || (status !== 'failed' && status !== 'waiting')) return;
    work.timer.clear();
    if (status === 'failed') work.tries = 0;
    this.#update(id, { status: 'queued', progress: 0, error: null });
    this.#pump();
  }

  /** The network is back: nothing waits any longer. */
  wake(): void {
    for (const { id, status } of this.value.uploads) if (status === 'waiting') this.retry(id);
  }

  /** Ends it if it is on its way. */
  remove(id: string): void {
    this.#forget(id);
    this.#set(this.value.uploads.filter((upload) => upload.id !== id));
    this.#pump();
  }

  /**
   * Waits for a file, also while it waits for the network itself.
   * @param signal ends the wait, not the upload
   * @returns the upload once it is ready; `null`: it was removed, refused, or has failed
   */
  settled(id: string, { signal }: CallOptions = {}): Promise<Upload | null> {
    return new Promise((resolve) => {
      const look = () => {
        const upload = this.#find(id);
        const isOver = !upload || upload.status === 'refused' || upload.status === 'failed' || signal?.aborted === true;
        if (!isOver && upload.status !== 'ready') return;
        stop();
        signal?.removeEventListener('abort', look);
        resolve(isOver ? null : upload);
      };
      const stop = this.subscribe(look);
      signal?.addEventListener('abort', look);
      look();
    });
  }

  /** Hands over what is ready, in order, and leaves the rest. */
  take(): readonly Attachment[] {
    const ready = this.value.uploads.filter(({ status }) => status === 'ready');
    for (const { id } of ready) this.#work.delete(id);
    this.#set(this.value.uploads.filter(({ status }) => status !== 'ready'));
    return ready.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Removes all of them. */
  clear(): void {
    for (const { id } of this.value.uploads) this.#forget(id);
    this.#set([]);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.clear();
    this.#observed.destroy();
  }

  #rules(): FileRules {
    const { rules } = this.#options;
    return typeof rules === 'function' ? rules() : rules;
  }

  #uploadOf(file: NamedFile, voice: boolean): Upload {
    const id = randomId();
    const checked = checkFile(file, this.#rules());
    const refusal = checked.outcome === 'refused' ? checked.refusal : null;
    if (!refusal) this.#work.set(id, { key: id, timer: new Timer(this.#options.clock), tries: 0, aborter: null });
    return Object.freeze({
      id,
      file,
      // A picture from the clipboard has no name.
      fileName: file.name?.trim() || 'arquivo',
      size: file.size,
      kind: checked.outcome === 'accepted' ? checked.kind : null,
      voice,
      status: refusal ? 'refused' : 'queued',
      progress: 0,
      attachment: null,
      refusal,
      error: null,
    });
  }

  /** Starts those that come first, as many as may go at the same time. */
  #pump(): void {
    let free = this.#options.concurrency - this.value.uploads.filter(({ status }) => status === 'uploading').length;
    for (const { id, status } of this.value.uploads) {
      if (status !== 'queued' || free <= 0) continue;
      free -= 1;
      void this.#upload(id);
    }
  }

  async #upload(id: string): Promise<void> {
    const work = this.#work.get(id);
    const upload = this.#find(id);
    if (!work || !upload?.file) return;
    const aborter = (work.aborter = new AbortController());
    work.tries += 1;
    this.#update(id, { status: 'uploading', progress: 0 });
    const isOver = () => aborter.signal.aborted;
    try {
      const attachment = await this.#client.attachments.upload(
        upload.file,
        {
          fileName: upload.fileName,
          onProgress: ({ loadedBytes, totalBytes }) => {
            const progress = totalBytes > 0 ? Math.min(1, Math.floor((loadedBytes / totalBytes) * 100) / 100) : 0;
            if (!isOver() && this.#find(id)?.status === 'uploading') this.#update(id, { progress });
          },
        },
        { signal: aborter.signal, idempotencyKey: work.key },
      );
      if (!isOver()) this.#update(id, { status: 'ready', progress: 1, attachment, kind: attachment.kind });
    } catch (error) {
      if (!isOver()) this.#fail(id, work, error instanceof Error ? error : new Error(String(error)));
    }
    if (!isOver()) this.#pump();
  }

  #fail(id: string, work: Work, error: Error): void {
    if (refusals.some((code) => hasCode(error, code))) {
      this.#work.delete(id);
      this.#update(id, { status: 'refused', error });
    } else if (isProsaError(error) && error.retryable && work.tries < this.#options.maxTries) {
      this.#update(id, { status: 'waiting', progress: 0, error });
      const { retryAfterMs } = error as { readonly retryAfterMs?: number | undefined };
      work.timer.set(backoff(this.#options.clock, retryRange, work.tries - 1, retryAfterMs ?? 0), () => {
        this.retry(id);
      });
    } else this.#update(id, { status: 'failed', error });
  }

  #forget(id: string): void {
    const work = this.#work.get(id);
    work?.aborter?.abort();
    work?.timer.clear();
    this.#work.delete(id);
  }

  #find(id: string): Upload | undefined {
    return this.value.uploads.find((upload) => upload.id === id);
  }

  #update(id: string, change: Partial<Upload>): void {
    const before = this.#find(id);
    if (!before || Object.entries(change).every(([name, is]) => before[name as keyof Upload] === is)) return;
    const after = Object.freeze({ ...before, ...change });
    this.#set(this.value.uploads.map((upload) => (upload === before ? after : upload)));
  }

  #set(uploads: readonly Upload[]): void {
    if (uploads.length === 0 && this.value.uploads.length === 0) return;
    this.#observed.update(snapshotOf(Object.freeze(uploads)));
  }
}
