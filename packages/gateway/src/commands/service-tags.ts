import { refuse } from '../domain/problems.ts';
import type { Unit } from '../store/unit.ts';
import { appendTimeline, type ConversationDraft } from './conversation-draft.ts';
import { requirePermission } from './permission.ts';
import { personOf, type Principal } from './principal.ts';

/** Gives the locked conversation exactly these tags. Changes and tells nothing when it has them already. */
export async function replaceTags(
  unit: Unit,
  draft: ConversationDraft,
  principal: Principal,
  tagIds: readonly string[],
): Promise<void> {
  const { row } = draft;
  const wanted = [...new Set(tagIds)].sort();
  const known =
    wanted.length === 0
      ? []
      : // Locked: one that is deleted meanwhile is not there any more.
        await unit.db
          .lock(
            unit.tx
              .selectFrom('tags')
              .select(['id', 'name', 'queueIds'])
              .where('workspaceId', '=', unit.workspaceId)
              .where('id', 'in', wanted)
              .orderBy('name')
              .orderBy('id'),
          )
          .execute();
  if (known.length < wanted.length) {
    refuse('validation_failed', { errors: [{ path: 'body.tagIds', message: 'names a tag that is not there' }] });
  }
  const had = await unit.tx
    .selectFrom('conversationTags')
    .select('tagId')
    .where('conversationId', '=', row.id)
    .orderBy('tagId')
    .execute();
  const kept = new Set(had.map(({ tagId }) => tagId));
  // What it has already may stay, whatever queue it has gone to since.
  const alien = known.find((tag) => !kept.has(tag.id) && !fits(tag.queueIds, row.queueId));
  if (alien) refuse('tag_not_allowed', { detail: `The tag ${alien.name} is not for the queue of the conversation.` });
  if (had.length === wanted.length && wanted.every((id) => kept.has(id))) return;
  // Also where they come with the record of a service.
  await requirePermission(unit.tx, principal, 'conversations.tag');
  await unit.tx.deleteFrom('conversationTags').where('conversationId', '=', row.id).execute();
  if (wanted.length > 0) {
    const rows = wanted.map((tagId) => ({ conversationId: row.id, tagId }));
    await unit.tx.insertInto('conversationTags').values(rows).execute();
  }
  await appendTimeline(unit, draft, {
    name: 'tags_changed',
    by: personOf(principal),
    tags: known.map(({ name }) => name),
  });
}

function fits(queueIds: string, queueId: string | null): boolean {
  const queues = JSON.parse(queueIds) as readonly string[];
  return queues.length === 0 || (queueId !== null && queues.includes(queueId));
}
