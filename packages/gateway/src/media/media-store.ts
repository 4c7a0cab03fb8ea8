/** Where the bytes of attachments are kept. Keys are made by the gateway: `[a-z0-9_/-]+`, never a sender's file name. */
export interface MediaStore {
  /**
   * Stores the whole body durably; `maxBytes` is checked while it is read. Rejects with `MediaTooLargeError`, and with
   * `MediaFullError` when there is no space; nothing is kept then.
   */
  put(key: string, body: ReadableStream<Uint8Array>, limits: { readonly maxBytes: number }): Promise<StoredMedia>;
  /** The bytes, or a part of them (`end` is inclusive); `null` when there is nothing under the key. */
  get(
    key: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<ReadableStream<Uint8Array> | null>;
  delete(key: string): Promise<void>;
}

/** What was stored. `size` in bytes. */
export interface StoredMedia {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** The first bytes, at most 64 kB: enough to tell the type. */
  readonly head: Uint8Array;
}

/** What a `MediaStore` rejects with when the file has more than `maxBytes`. */
export class MediaTooLargeError extends Error {
  override readonly name = 'MediaTooLargeError';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`unable to store the file; it has more than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}
