import type { TemplateUse } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { findAttachmentRow } from '../store/attachments.ts';
import type { Unit } from '../store/unit.ts';

/**
 * The same use with files of its own: a file belongs to one message, so each gets a row that shares what is stored, and
 * the upload at the provider.
 */
export async function withOwnFiles(unit: Unit, use: TemplateUse): Promise<TemplateUse> {
  const copy = async (id: string) => (await copyFile(unit, id)) ?? id;
  const cards: string[] = [];
  for (const id of use.cardAttachmentIds ?? []) cards.push(await copy(id));
  return {
    ...use,
    ...(use.attachmentId !== undefined && { attachmentId: await copy(use.attachmentId) }),
    ...(use.cardAttachmentIds !== undefined && { cardAttachmentIds: cards }),
  };
}

async function copyFile(unit: Unit, attachmentId: string): Promise<string | null> {
  const file = await findAttachmentRow(unit.tx, unit.workspaceId, attachmentId);
  if (!file) return null;
  const id = newId('attachment', unit.now);
  await unit.tx
    .insertInto('attachments')
    .values({
      ...file,
      id,
      channelId: null,
      conversationId: null,
      messageId: null,
      providerMediaId: null,
      providerMediaExpiresAt: null,
      createdAt: unit.now,
      version: 1,
    })
    .execute();
  return id;
}
