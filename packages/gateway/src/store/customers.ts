import type { Customer } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { isoTime } from '../clock.ts';
import { searchTerms } from '../domain/search-text.ts';
import type { Reader } from './database.ts';
import { afterCursor, byName, pageOf } from './page.ts';
import type { CustomersTable } from './schema.ts';

export type CustomerRow = Selectable<CustomersTable>;

export function customerOf(row: CustomerRow): Customer {
  return {
    id: row.id,
    name: row.name,
    document:
      row.documentKind === null || row.documentValue === null
        ? null
        : { kind: row.documentKind as 'cpf' | 'cnpj', value: row.documentValue },
    email: row.email,
    phone: row.phone,
    address: row.address,
    notes: row.notes,
    externalId: row.externalId,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    version: row.version,
  };
}

export async function findCustomerRow(db: Reader, workspaceId: string, id: string): Promise<CustomerRow | undefined> {
  return await db
    .selectFrom('customers')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function findCustomerByDocument(
  db: Reader,
  workspaceId: string,
  documentValue: string,
): Promise<CustomerRow | undefined> {
  return await db
    .selectFrom('customers')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('documentValue', '=', documentValue)
    .executeTakeFirst();
}

export async function listCustomers(
  db: Reader,
  workspaceId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
) {
  let query = db
    .selectFrom('customers')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .limit(page.limit + 1);
  for (const term of searchTerms(page.search ?? '')) {
    query = query.where('searchText', 'like', `%${term.replace(/[\\%_]/g, '')}%`);
  }
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byName));
  return pageOf(await query.execute(), page.limit, (row) => ({ key: row.name, id: row.id }), customerOf);
}
