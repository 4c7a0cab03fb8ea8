import type { Attachment, AttachmentUrl } from '../../contract/index.ts';
import { attachmentPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions } from '../call-options.ts';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { Calls } from './calls.ts';

/** How far a file is: as soon as both are the same, all of it has left, and the answer is awaited. */
export interface UploadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** What `attachments.upload` needs beside the file. */
export interface UploadParams {
  /** With its extension, up to 240 characters. */
  readonly fileName: string;
  /** Told while the bytes leave, anew with each try; not with a `fetch` of your own, nor in a service worker. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Files of messages. A method that takes an id rejects with `not_found`. */
export interface AttachmentsResource {
  /**
   * Stores a file, for `messages.send` with its `attachmentId`. Its type is found from its content. Largest, in bytes:
   * `attachmentMaxBytes` of `@prosa/core/contract`. Rejects with `media_type_not_allowed`, `payload_too_large`.
   * @example
   * const { id: attachmentId } = await prosa.attachments.upload(file, { fileName: 'boleto.pdf' });
   * await prosa.messages.send(conversationId, { type: 'document', attachmentId });
   */
  upload(file: Blob, params: UploadParams, options?: CommandOptions): Promise<Attachment>;
  /** One, with its `status`; its size is in bytes, `null` while it is fetched. */
  get(attachmentId: string, options?: CallOptions): Promise<Attachment>;
  /**
   * A link that needs no token; it lives for five minutes at most, and is kept and reused until shortly before its end.
   * Rejects with `attachment_not_ready` while the gateway still fetches the file from the channel.
   * @param options `original`: of a recording that became a voice message, as the browser made it; `not_found` for others
   */
  url(attachmentId: string, options?: CallOptions & { readonly original?: boolean }): Promise<AttachmentUrl>;
}

/** A link is not handed out in the last moments of its life. */
const marginMs = 30_000;
/** Links live for five minutes at most; a device whose clock is behind must not take them for longer. */
const longestLifeMs = 5 * 60_000;

export function createAttachments({ call, methods }: Calls, clock: Clock): AttachmentsResource {
  const { act, ask } = methods();
  const fetchLink = ask(routes.url);
  /** By id; those of originals have a word behind it. */
  const links = new Map<string, { readonly url: Promise<AttachmentUrl>; goodUntil: number }>();

  function fetchUrl(attachmentId: string, original: boolean): Promise<AttachmentUrl> {
    const key = original ? `${attachmentId} original` : attachmentId;
    const now = clock.now();
    for (const [id, { goodUntil }] of links) if (goodUntil <= now) links.delete(id);
    const known = links.get(key);
    if (known) return known.url;
    const url = fetchLink(attachmentId, original ? { original: 'true' } : {});
    const link = { url, goodUntil: Infinity };
    links.set(key, link);
    url.then(
      ({ expiresAt }) => {
        const receivedAt = clock.now();
        link.goodUntil = receivedAt + Math.min(Date.parse(expiresAt) - receivedAt, longestLifeMs) - marginMs;
      },
      () => links.delete(key),
    );
    return url;
  }

  return {
    upload: (file, { fileName, onProgress }, options) =>
      call(routes.upload, { query: { fileName }, file, onProgress, ...options }),
    get: act(routes.get),
    // The request is shared, so one caller's signal ends only that caller's wait.
    url: (attachmentId, { original = false, signal } = {}) =>
      withDeadline(clock, { operation: `call ${routes.url}`, signals: [signal] }, () =>
        fetchUrl(attachmentId, original),
      ),
  };
}
