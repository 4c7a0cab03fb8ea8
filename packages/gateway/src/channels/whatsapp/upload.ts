import { day, type Clock } from '../../clock.ts';
import type { MediaStore } from '../../media/media-store.ts';
import type { Database } from '../../store/database.ts';
import type { AttachmentRow } from '../channel.ts';
import type { GraphClient } from './graph.ts';
import { refusalOf, successOf, type GraphRefusal } from './graph-reply.ts';
import { fieldsOf, idOf } from './parse/fields.ts';

export interface UploadDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly media: MediaStore;
}

/** Meta keeps an upload for 30 days ("Media"); a day less, so that none runs out on its way. */
const uploadLifetimeMs = 29 * day;

/** A file is held in memory while it goes up, so only so many go at a time. */
const uploadsAtOnce = 2;

export type Uploaded = { readonly outcome: 'uploaded'; readonly mediaId: string } | UploadRefusal;
type UploadRefusal = Exclude<GraphRefusal, { readonly outcome: 'unconfirmed' }>;

/** Meta's id of a file that was uploaded before and is still there. */
export function uploadedIdOf(attachment: AttachmentRow, channelId: string, now: number): string | null {
  const { providerMediaId, providerMediaExpiresAt } = attachment;
  // An upload belongs to the number that made it.
  const ours = attachment.channelId === null || attachment.channelId === channelId;
  return ours && providerMediaExpiresAt !== null && providerMediaExpiresAt > now ? providerMediaId : null;
}

/** Returns a function that brings files to Meta and remembers their ids, so that each goes up once. */
export function uploader({ db, clock, media }: UploadDeps) {
  const gate = gateFor(uploadsAtOnce);

  return async function upload(graph: GraphClient, attachment: AttachmentRow, signal: AbortSignal): Promise<Uploaded> {
    return await gate(async () => {
      const { storageKey } = attachment;
      if (storageKey === null || attachment.status !== 'ready') return missing;
      // The same file may have gone up for another message while this one waited.
      const known = await uploadedBefore(db, attachment, storageKey, clock.now());
      if (known !== null) return { outcome: 'uploaded', mediaId: known };
      const stored = await media.get(storageKey);
      if (stored === null) return missing;
      const headers = { 'Content-Type': attachment.mimeType };
      const file = await new Response(stored as ReadableStream<Uint8Array<ArrayBuffer>>, { headers }).blob();
      const reply = await graph.uploadMedia(file, attachment.fileName, { signal });
      const mediaId = idOf(fieldsOf(successOf(reply))['id']);
      if (mediaId === null) return uploadRefusal(refusalOf(reply));
      const providerMediaExpiresAt = clock.now() + uploadLifetimeMs;
      await db.transaction(async (tx) => {
        await tx
          .updateTable('attachments')
          .set({ providerMediaId: mediaId, providerMediaExpiresAt })
          .where('workspaceId', '=', attachment.workspaceId)
          .where('id', '=', attachment.id)
          .execute();
      });
      return { outcome: 'uploaded', mediaId };
    });
  };
}

/** The upload of another row with the same file: many messages of a dispatch have it. */
async function uploadedBefore(
  db: Database,
  { workspaceId, channelId }: AttachmentRow,
  storageKey: string,
  now: number,
): Promise<string | null> {
  if (channelId === null) return null;
  const row = await db.read
    .selectFrom('attachments')
    .select('providerMediaId')
    .where('storageKey', '=', storageKey)
    .where('workspaceId', '=', workspaceId)
    // An upload belongs to the number that made it.
    .where('channelId', '=', channelId)
    .where('providerMediaExpiresAt', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row?.providerMediaId ?? null;
}

const missing: UploadRefusal = { outcome: 'failed', code: 'no_file', detail: 'the file is not in the media store' };

/** No message has gone yet: a lost answer is only a second upload. */
function uploadRefusal(refusal: GraphRefusal): UploadRefusal {
  if (refusal.outcome !== 'unconfirmed') return refusal;
  return { outcome: 'retry', code: 'upload_lost', detail: refusal.detail, afterMs: null };
}

function gateFor(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async function enter<Result>(work: () => Promise<Result>): Promise<Result> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
