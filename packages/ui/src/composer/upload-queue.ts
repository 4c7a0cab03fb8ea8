import { isProsaError, type ProsaClient } from '@prosa/core';
import type { Attachment } from '@prosa/core/contract';
import type { LocalFile } from '../message/message-context.ts';

export interface Upload {
  readonly id: number;
  readonly file: File;
  readonly status: 'uploading' | 'ready' | 'failed';
  /** 0 to 1 */
  readonly progress: number;
  readonly attachment: Attachment | null;
  readonly error: unknown;
  /** `blob:` link of a picture. */
  readonly previewUrl: string | null;
}

const refusals: readonly string[] = ['media_type_not_allowed', 'payload_too_large'];

/** It failed, and would fail again: only another file helps. */
export function isRefused({ status, error }: Upload): boolean {
  return status === 'failed' && isProsaError(error) && refusals.includes(error.code);
}

/**
 * Files on their way to the gateway, for one conversation. Each goes up as soon as it is chosen, so that sending waits
 * for nothing. What the gateway refuses says why; it is the one that knows the channel's limits.
 */
export class UploadQueue {
  readonly #client: () => ProsaClient | null;
  readonly #onChange: () => void;
  readonly #aborters = new Map<number, AbortController>();
  #uploads: readonly Upload[] = [];
  #lastId = 0;

  constructor(client: () => ProsaClient | null, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  get uploads(): readonly Upload[] {
    return this.#uploads;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const upload: Upload = {
        id: ++this.#lastId,
        file,
        status: 'uploading',
        progress: 0,
        attachment: null,
        error: null,
        previewUrl: /^image\/(png|jpeg|webp)$/.test(file.type) ? URL.createObjectURL(file) : null,
      };
      this.#uploads = [...this.#uploads, upload];
      void this.#start(upload.id);
    }
    this.#onChange();
  }

  retry(id: number): void {
    this.#update(id, { status: 'uploading', progress: 0, error: null });
    void this.#start(id);
  }

  remove(id: number): void {
    this.#aborters.get(id)?.abort();
    const upload = this.#uploads.find((candidate) => candidate.id === id);
    if (upload?.previewUrl) URL.revokeObjectURL(upload.previewUrl);
    this.#uploads = this.#uploads.filter((candidate) => candidate.id !== id);
    this.#onChange();
  }

  /** Hands over what is ready and empties the queue. The links of previews are the receiver's from now on. */
  take(): readonly LocalFile[] {
    const files = this.#uploads.flatMap(({ attachment, previewUrl }) =>
      attachment ? [{ attachment, previewUrl }] : [],
    );
    this.#uploads = [];
    this.#onChange();
    return files;
  }

  clear(): void {
    for (const { id } of this.#uploads) this.remove(id);
  }

  async #start(id: number): Promise<void> {
    const client = this.#client();
    const upload = this.#uploads.find((candidate) => candidate.id === id);
    if (!client || !upload) return;
    const aborter = new AbortController();
    this.#aborters.set(id, aborter);
    try {
      const attachment = await client.attachments.upload(
        upload.file,
        {
          fileName: upload.file.name || 'arquivo',
          onProgress: ({ loadedBytes, totalBytes }) => {
            this.#update(id, { progress: totalBytes > 0 ? loadedBytes / totalBytes : 0 });
          },
        },
        { signal: aborter.signal },
      );
      this.#update(id, { status: 'ready', progress: 1, attachment });
    } catch (error) {
      if (!aborter.signal.aborted) this.#update(id, { status: 'failed', error });
    } finally {
      this.#aborters.delete(id);
    }
  }

  #update(id: number, change: Partial<Upload>): void {
    this.#uploads = this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
    this.#onChange();
  }
}
