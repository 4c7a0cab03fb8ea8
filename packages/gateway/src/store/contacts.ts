import type { Contact } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import type { ContactsTable } from './schema.ts';

export type ContactRow = Selectable<ContactsTable>;

export function contactOf(row: ContactRow): Contact {
  return {
    id: row.id,
    channelId: row.channelId,
    name: row.name,
    phone: row.phone,
    username: row.username,
    email: row.email,
    verified: row.verified === 1,
    marketingAllowed: row.marketingAllowed !== 0,
    customerId: row.customerId,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findContactRow(db: Reader, workspaceId: string, id: string): Promise<ContactRow | undefined> {
  return await db
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

const newestFirst = { column: 'createdAt', id: 'id', type: 'number', order: 'desc' } as const;

export async function listContacts(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly customerId?: string | undefined },
) {
  let query = db
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  // A visitor of a website who has said nothing is nobody's contact yet.
  query = query.where((eb) =>
    eb.or([
      eb('verified', '=', 1),
      eb.exists(eb.selectFrom('conversations as c').select('c.id').whereRef('c.contactId', '=', 'contacts.id')),
    ]),
  );
  if (page.customerId !== undefined) query = query.where('customerId', '=', page.customerId);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, newestFirst));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.createdAt, id: row.id }), contactOf);
}
