import type { QueuePosition } from '@prosa/core/contract';
import { sql } from 'kysely';
import { second } from '../clock.ts';
import { isWaiting } from '../domain/lifecycle.ts';
import { notFound } from '../domain/problems.ts';
import type { ConversationRow } from './conversations.ts';
import type { Reader } from './database.ts';

type Place = Pick<ConversationRow, 'id' | 'workspaceId' | 'queueId' | 'priority' | 'waitingSince'>;

/** The estimate goes by so many of those whom the queue answered last. */
const answeredLast = 20;

/** How many are attended before: in the same queue, by priority and by how long they wait. */
export async function countAhead(
  db: Reader,
  { id, workspaceId, queueId, priority, waitingSince }: Place,
): Promise<number> {
  const since = waitingSince ?? 0;
  const { ahead } = await db
    .selectFrom('conversations')
    .select((eb) => eb.fn.countAll<number>().as('ahead'))
    .where('workspaceId', '=', workspaceId)
    .where('queueId', queueId === null ? 'is' : '=', queueId)
    // Written out, so that the index of those who wait is used.
    .where(sql<boolean>`status in ('queued', 'offered')`)
    .where('id', '!=', id)
    .where((eb) =>
      eb.or([
        eb('priority', '>', priority),
        eb.and([eb('priority', '=', priority), eb('waitingSince', '<', since)]),
        eb.and([eb('priority', '=', priority), eb('waitingSince', '=', since), eb('id', '<', id)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return ahead;
}

/** Where the customer of a conversation stands; of a visitor only in their own. */
export async function queuePosition(
  db: Reader,
  workspaceId: string,
  conversationId: string,
  contactId?: string,
): Promise<QueuePosition> {
  let query = db
    .selectFrom('conversations')
    .select(['id', 'workspaceId', 'queueId', 'priority', 'waitingSince', 'status'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', conversationId);
  if (contactId !== undefined) query = query.where('contactId', '=', contactId);
  const row = (await query.executeTakeFirst()) ?? notFound('conversation');
  if (!isWaiting(row.status)) return { position: null, estimatedWaitSeconds: null };
  const position = (await countAhead(db, row)) + 1;
  const wait = await meanWait(db, row.queueId);
  return { position, estimatedWaitSeconds: wait === null ? null : Math.round((wait * position) / second) };
}

/** In milliseconds; `null`: the queue has answered nobody yet. */
async function meanWait(db: Reader, queueId: string | null): Promise<number | null> {
  if (queueId === null) return null;
  const lately = db
    .selectFrom('conversations')
    .select((eb) => eb('answeredAt', '-', eb.ref('waitingSince')).as('waited'))
    .where('queueId', '=', queueId)
    .where('answeredAt', 'is not', null)
    // Who came back began to wait again.
    .whereRef('answeredAt', '>=', 'waitingSince')
    .orderBy('answeredAt', 'desc')
    .limit(answeredLast)
    .as('lately');
  const { wait } = await db
    .selectFrom(lately)
    .select((eb) => eb.fn.avg<number | string | null>('lately.waited').as('wait'))
    .executeTakeFirstOrThrow();
  return wait === null ? null : Number(wait);
}
