import { newId } from '../domain/ids.ts';
import { ownFileName } from '../domain/own-file-name.ts';
import { visibleFileName } from '../media/disposition.ts';
import type { Unit } from '../store/unit.ts';
import type { ConversationDraft, NewMessage } from './conversation-draft.ts';
import type { InboundContent, InboundMedia, UploadedMedia } from './inbound.ts';

type Stored = Required<Pick<NewMessage, 'type' | 'content'>> & { readonly attachmentId: string | null };

/** The columns of a message that says this. Its file, if it has one, becomes a row of its own. */
export async function storeContent(
  unit: Unit,
  { row }: Pick<ConversationDraft, 'row'>,
  messageId: string,
  said: InboundContent,
): Promise<Stored> {
  if (!('media' in said)) {
    const { type, ...content } = said;
    return { type, content, attachmentId: null };
  }
  const { type, media, ...content } = said;
  const place = { channelId: row.channelId, conversationId: row.id, messageId };
  return { type, content, attachmentId: await placeMedia(unit, place, media) };
}

interface MediaPlace {
  readonly channelId: string;
  readonly conversationId: string;
  readonly messageId: string;
}

/** A file of a channel is fetched after the commit; until then the message shows it as on its way. */
async function placeMedia(unit: Unit, place: MediaPlace, media: InboundMedia | UploadedMedia): Promise<string> {
  if ('attachmentId' in media) {
    await unit.tx.updateTable('attachments').set(place).where('id', '=', media.attachmentId).execute();
    return media.attachmentId;
  }
  const id = newId('attachment', unit.now);
  const missing = media.providerMediaId === null;
  await unit.tx
    .insertInto('attachments')
    .values({
      id,
      workspaceId: unit.workspaceId,
      ...place,
      kind: media.kind,
      fileName: media.fileName === null ? ownFileName(media) : visibleFileName(media.fileName),
      mimeType: media.mimeType,
      size: null,
      sha256: media.sha256,
      storageKey: null,
      status: missing ? 'failed' : 'pending',
      providerMediaId: media.providerMediaId,
      providerMediaExpiresAt: null,
      createdBy: null,
      createdAt: unit.now,
      version: 1,
    })
    .execute();
  if (!missing) unit.enqueue({ kind: 'fetch_media', channelId: place.channelId, subjectId: id, orderKey: null });
  return id;
}
