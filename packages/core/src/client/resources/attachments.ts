import type { AttachmentUrl } from '../../contract/index.ts';
import { attachmentPaths as routes } from '../../contract/paths.ts';
import type { Clock } from '../clock.ts';
import { withDeadline } from '../deadline.ts';
import type { AttachmentsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

/** A link is not handed out in the last moments of its life. */
const marginMs = 30_000;
/** Links live for five minutes at most; a device whose clock is behind must not take them for longer. */
const longestLifeMs = 5 * 60_000;

export function createAttachments({ call }: Calls, clock: Clock): AttachmentsResource {
  const links = new Map<string, { readonly url: Promise<AttachmentUrl>; goodUntil: number }>();

  function fetchUrl(attachmentId: string): Promise<AttachmentUrl> {
    const now = clock.now();
    for (const [id, { goodUntil }] of links) if (goodUntil <= now) links.delete(id);
    const known = links.get(attachmentId);
    if (known) return known.url;
    const url = call<AttachmentUrl>(routes.url, { params: { attachmentId } });
    const link = { url, goodUntil: Infinity };
    links.set(attachmentId, link);
    url.then(
      ({ expiresAt }) => {
        const receivedAt = clock.now();
        link.goodUntil = receivedAt + Math.min(Date.parse(expiresAt) - receivedAt, longestLifeMs) - marginMs;
      },
      () => links.delete(attachmentId),
    );
    return url;
  }

  return {
    upload: (file, { fileName, onProgress }, options) =>
      call(routes.upload, { query: { fileName }, file, onProgress, ...options }),
    get: (attachmentId, options) => call(routes.get, { params: { attachmentId }, ...options }),
    // The request is shared, so one caller's signal ends only that caller's wait.
    url: (attachmentId, { signal } = {}) =>
      withDeadline(clock, { operation: `call ${routes.url}`, signals: [signal] }, () => fetchUrl(attachmentId)),
  };
}
