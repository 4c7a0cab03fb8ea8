import type { Attachment } from '../contract/index.ts';
import type { FileKind, FileRefusal } from './file-rules.ts';

/** A file on its way to the gateway. */
export interface Upload {
  readonly id: string;
  /** `null` for one that an earlier page has uploaded. */
  readonly file: Blob | null;
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** As its name tells, until the gateway has seen the content; `null`: it does not tell. */
  readonly kind: FileKind | null;
  /** Somebody recorded it to be heard as a voice message. */
  readonly voice: boolean;
  /**
   * `queued`: others go first. `waiting`: it will be tried again by itself. `refused`: this file cannot be sent, `refusal`
   * or `error` says why. `failed`: `retry` may help.
   */
  readonly status: 'queued' | 'uploading' | 'waiting' | 'ready' | 'refused' | 'failed';
  /** 0 to 1, in hundredths. */
  readonly progress: number;
  readonly attachment: Attachment | null;
  readonly refusal: FileRefusal | null;
  readonly error: Error | null;
}

/** The files of a queue, and how all of them together stand. */
export interface UploadQueueSnapshot {
  /** In the order in which they were added. */
  readonly uploads: readonly Upload[];
  /** Some are still on their way. */
  readonly isBusy: boolean;
  /** Some were refused or failed: they have to be removed or tried again before the rest can be sent. */
  readonly hasFailed: boolean;
  /** 0 to 1, of all bytes that can still arrive; 1 when there is nothing to do. */
  readonly progress: number;
}

/** What can be seen of the uploads; the list keeps its reference while it is the same. */
export function snapshotOf(uploads: readonly Upload[]): UploadQueueSnapshot {
  let size = 0;
  let loaded = 0;
  for (const upload of uploads) {
    if (upload.status === 'refused' || upload.status === 'failed') continue;
    size += upload.size;
    loaded += upload.size * upload.progress;
  }
  return {
    uploads,
    isBusy: uploads.some(({ status }) => status === 'queued' || status === 'uploading' || status === 'waiting'),
    hasFailed: uploads.some(({ status }) => status === 'refused' || status === 'failed'),
    progress: size === 0 ? 1 : Math.round((loaded / size) * 100) / 100,
  };
}
