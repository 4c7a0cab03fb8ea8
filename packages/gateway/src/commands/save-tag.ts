import type { BodyOf, Routes, Tag } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { endedStatuses } from '../domain/lifecycle.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { searchable } from '../domain/search-text.ts';
import { tagOf, type TagRow } from '../store/tags.ts';
import type { Unit } from '../store/unit.ts';
import { announce, openConversation, saveConversation, touchConversations } from './conversation-draft.ts';

export async function createTag(unit: Unit, { name, queueIds }: BodyOf<Routes['tags']['create']>): Promise<Tag> {
  await requireQueues(unit, queueIds);
  const row = await unit.tx
    .insertInto('tags')
    .values({
      id: newId('tag', unit.now),
      workspaceId: unit.workspaceId,
      name,
      nameKey: searchable(name),
      queueIds: JSON.stringify([...new Set(queueIds)]),
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'nameKey']).doNothing())
    .returningAll()
    .executeTakeFirst();
  const tag = tagOf(row ?? nameTaken(name));
  unit.emit('tag.created', { tag });
  return tag;
}

/** Conversations that have it keep it, also where it may not be used any more; those that are open show its new name. */
export async function updateTag(
  unit: Unit,
  tagId: string,
  { name, queueIds }: BodyOf<Routes['tags']['update']>,
): Promise<Tag> {
  const before = await findTag(unit, tagId);
  if (queueIds) await requireQueues(unit, queueIds);
  const renamed = name !== undefined && name !== before.name;
  // Conversations are locked before what they have, here and where they are given tags.
  const shown = renamed ? await openWithTag(unit, tagId) : [];
  for (const id of shown) await openConversation(unit, id);
  const row = await lockTag(unit, tagId);
  const changes = {
    name: name ?? row.name,
    nameKey: searchable(name ?? row.name),
    queueIds: queueIds ? JSON.stringify([...new Set(queueIds)]) : row.queueIds,
  };
  if (changes.name === row.name && changes.queueIds === row.queueIds) return tagOf(row);
  const saved = { ...row, ...changes, updatedAt: unit.now, version: row.version + 1 };
  await write(unit, saved);
  await touchConversations(unit, shown);
  const tag = tagOf(saved);
  unit.emit('tag.updated', { tag });
  return tag;
}

/** Gone from every conversation; those that are open are told. */
export async function deleteTag(unit: Unit, tagId: string): Promise<{ deleted: boolean }> {
  await findTag(unit, tagId);
  const drafts = [];
  for (const id of await openWithTag(unit, tagId)) drafts.push(await openConversation(unit, id));
  const tag = tagOf(await lockTag(unit, tagId));
  await unit.tx.deleteFrom('conversationTags').where('tagId', '=', tagId).execute();
  await unit.tx.deleteFrom('tags').where('id', '=', tagId).execute();
  for (const draft of drafts) {
    announce(unit, draft, 'conversation.updated');
    await saveConversation(unit, draft);
  }
  unit.emit('tag.deleted', { tag });
  return { deleted: true };
}

async function write(unit: Unit, { id, ...columns }: TagRow): Promise<void> {
  try {
    await unit.tx.updateTable('tags').set(columns).where('id', '=', id).execute();
  } catch (error) {
    if (unit.db.isUniqueViolation(error)) nameTaken(columns.name);
    throw error;
  }
}

/** In id order, the order to lock them in. */
async function openWithTag(unit: Unit, tagId: string): Promise<string[]> {
  const rows = await unit.tx
    .selectFrom('conversationTags as link')
    .innerJoin('conversations as c', 'c.id', 'link.conversationId')
    .select('c.id')
    .where('link.tagId', '=', tagId)
    .where('c.status', 'not in', endedStatuses)
    .orderBy('c.id')
    .execute();
  return rows.map(({ id }) => id);
}

async function findTag(unit: Unit, tagId: string): Promise<TagRow> {
  return (await tagQuery(unit, tagId).executeTakeFirst()) ?? notFound('tag');
}

async function lockTag(unit: Unit, tagId: string): Promise<TagRow> {
  return (await unit.db.lock(tagQuery(unit, tagId)).executeTakeFirst()) ?? notFound('tag');
}

function tagQuery(unit: Unit, tagId: string) {
  return unit.tx.selectFrom('tags').selectAll().where('workspaceId', '=', unit.workspaceId).where('id', '=', tagId);
}

async function requireQueues(unit: Unit, queueIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(queueIds)];
  if (wanted.length === 0) return;
  const known = await unit.tx
    .selectFrom('queues')
    .select('id')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', 'in', wanted)
    .execute();
  if (known.length === wanted.length) return;
  refuse('validation_failed', { errors: [{ path: 'body.queueIds', message: 'names a queue that is not there' }] });
}

function nameTaken(name: string): never {
  refuse('name_taken', { detail: `There is a tag ${name} already; case and accents make no difference.` });
}
