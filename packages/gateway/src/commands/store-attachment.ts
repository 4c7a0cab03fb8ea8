import type { Attachment } from '@prosa/core/contract';
import type { AttachmentKind } from '../media/kinds.ts';
import { newId } from '../domain/ids.ts';
import { attachmentOf } from '../store/attachments.ts';
import type { Unit } from '../store/unit.ts';
import { ownerId, type Caller } from './principal.ts';

/** A file whose bytes are in the media store already. */
export interface StoredFile {
  readonly storageKey: string;
  /** Of what it was made from; `null`: it is stored as it came. */
  readonly originalKey: string | null;
  readonly kind: AttachmentKind;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: string;
}

export async function storeAttachment(unit: Unit, caller: Caller, file: StoredFile): Promise<Attachment> {
  const row = await unit.tx
    .insertInto('attachments')
    .values({
      ...file,
      id: newId('attachment', unit.now),
      workspaceId: unit.workspaceId,
      channelId: null,
      conversationId: null,
      messageId: null,
      status: 'ready',
      providerMediaId: null,
      providerMediaExpiresAt: null,
      createdBy: ownerId(caller),
      createdAt: unit.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return attachmentOf(row);
}
