import { normalizeCnpj, normalizeCpf, normalizePhone } from '@prosa/core/brazil';
import type { Customer, CustomerCreate, CustomerUpdate } from '@prosa/core/contract';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { customerSearchText, searchColumns } from '../domain/search-text.ts';
import { openConversationIds } from '../store/conversations.ts';
import { customerOf, findCustomerByDocument, findCustomerRow, type CustomerRow } from '../store/customers.ts';
import type { Unit } from '../store/unit.ts';
import { touchConversations } from './conversation-draft.ts';

type SearchFields = Pick<CustomerRow, 'searchText' | 'searchWords' | 'searchNumbers'>;
type Fields = Omit<CustomerRow, 'id' | 'workspaceId' | keyof SearchFields | 'createdAt' | 'updatedAt' | 'version'>;

export async function createCustomer(unit: Unit, input: CustomerCreate): Promise<Customer> {
  const fields = newFields(input);
  await requireFreeDocument(unit, fields, null);
  const row = await unit.tx
    .insertInto('customers')
    .values(newRow(unit, fields))
    .returningAll()
    .executeTakeFirstOrThrow();
  return created(unit, row);
}

/** The record with that document, whoever made it; otherwise a new one. */
export async function customerWithDocument(
  unit: Unit,
  input: CustomerCreate & { readonly document: NonNullable<CustomerCreate['document']> },
): Promise<Customer> {
  const fields = newFields(input);
  const find = () => findCustomerByDocument(unit.tx, unit.workspaceId, fields.documentValue ?? '');
  const known = await find();
  if (known) return customerOf(known);
  const row = await unit.tx
    .insertInto('customers')
    .values(newRow(unit, fields))
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) return created(unit, row);
  // Somebody else made it meanwhile: the insert waited for their commit, so it is there now.
  const theirs = await find();
  return theirs ? customerOf(theirs) : await customerWithDocument(unit, input);
}

function newFields(input: CustomerCreate): Fields {
  return fieldsOf(input, {
    name: input.name,
    documentKind: null,
    documentValue: null,
    email: null,
    phone: null,
    address: null,
    notes: null,
    externalId: null,
  });
}

function newRow(unit: Unit, fields: Fields): CustomerRow {
  return {
    ...fields,
    ...searchFields(fields),
    id: newId('customer', unit.now),
    workspaceId: unit.workspaceId,
    createdAt: unit.now,
    updatedAt: unit.now,
    version: 1,
  };
}

function created(unit: Unit, row: CustomerRow): Customer {
  const customer = customerOf(row);
  unit.emit('customer.created', { customer });
  return customer;
}

export async function updateCustomer(unit: Unit, customerId: string, input: CustomerUpdate): Promise<Customer> {
  const query = unit.tx
    .selectFrom('customers')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', customerId);
  const before = (await unit.db.lock(query).executeTakeFirst()) ?? notFound('customer');
  const fields = fieldsOf(input, before);
  await requireFreeDocument(unit, fields, customerId);
  const after = {
    ...before,
    ...fields,
    ...searchFields(fields),
    updatedAt: unit.now,
    version: before.version + 1,
  };
  const { id, ...columns } = after;
  await unit.tx.updateTable('customers').set(columns).where('id', '=', id).execute();
  const customer = customerOf(after);
  unit.emit('customer.updated', { customer });
  if (before.name !== after.name) {
    await touchConversations(unit, await openConversationIds(unit.tx, unit.workspaceId, { customerId }));
  }
  return customer;
}

function searchFields(fields: Fields): SearchFields {
  return { searchText: customerSearchText(fields), ...searchColumns(fields) };
}

/** What is absent stays, `null` empties. Documents and phones lose their punctuation. */
function fieldsOf(input: CustomerUpdate, before: Fields): Fields {
  const { document } = input;
  return {
    name: input.name ?? before.name,
    documentKind: document === undefined ? before.documentKind : (document?.kind ?? null),
    documentValue: document === undefined ? before.documentValue : documentValue(document),
    email: input.email === undefined ? before.email : input.email,
    phone: input.phone === undefined ? before.phone : phoneValue(input.phone),
    address: input.address === undefined ? before.address : input.address,
    notes: input.notes === undefined ? before.notes : input.notes,
    externalId: input.externalId === undefined ? before.externalId : input.externalId,
  };
}

function documentValue(document: CustomerUpdate['document']): string | null {
  if (!document) return null;
  return document.kind === 'cpf' ? normalizeCpf(document.value) : normalizeCnpj(document.value);
}

function phoneValue(phone: string | null): string | null {
  if (phone === null || phone.trim() === '') return null;
  const normalized = normalizePhone(phone);
  if (normalized === null) {
    const message = 'must be a phone with area code, as +55 83 9 9914-2210';
    refuse('validation_failed', { errors: [{ path: 'body.phone', message }] });
  }
  return normalized;
}

/** The unique index has the last word; looking first lets the answer name the customer that has it. */
async function requireFreeDocument(unit: Unit, { documentValue: value }: Fields, self: string | null): Promise<void> {
  if (value === null) return;
  const other = await findCustomerByDocument(unit.tx, unit.workspaceId, value);
  if (other && other.id !== self) refuse('document_taken', { customerId: other.id });
}

export async function getCustomer(unit: Unit, customerId: string): Promise<Customer> {
  return customerOf((await findCustomerRow(unit.tx, unit.workspaceId, customerId)) ?? notFound('customer'));
}
