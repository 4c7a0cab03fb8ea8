import * as z from 'zod/mini';
import { isValidCnpj, isValidCpf } from '../brazil/index.ts';
import { customerIdSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** CPF: 11 digits. CNPJ: 14 characters, the first 12 also letters (IN RFB 2.229/2024). Without punctuation. */
export const documentSchema = z.object({ kind: z.enum(['cpf', 'cnpj']), value: z.string() });

/** A record of the people and companies that the workspace serves. Contacts on channels are linked to it. */
export const customerSchema = z.object({
  id: customerIdSchema,
  name: z.string(),
  document: z.nullable(documentSchema),
  email: z.nullable(z.string()),
  /** E.164, as `+5583999142210`. */
  phone: z.nullable(z.string()),
  address: z.nullable(z.string()),
  notes: z.nullable(z.string()),
  /** The id of this record in the host's own system. */
  externalId: z.nullable(z.string()),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Customer = DeepReadonly<z.output<typeof customerSchema>>;
export type CustomerDocument = DeepReadonly<z.output<typeof documentSchema>>;

export const documentInputSchema = z
  .strictObject({ kind: z.enum(['cpf', 'cnpj']), value: z.string().check(z.maxLength(32)) })
  .check(
    z.refine((document) => (document.kind === 'cpf' ? isValidCpf(document.value) : isValidCnpj(document.value)), {
      error: 'is not valid: the check digits do not match',
      path: ['value'],
    }),
  );

const fields = {
  document: z.optional(z.nullable(documentInputSchema)),
  email: z.optional(z.nullable(z.email('must be an e-mail address').check(z.maxLength(254)))),
  /** Any usual way of writing it; kept as E.164. Without `+` it is a Brazilian number. */
  phone: z.optional(z.nullable(z.string().check(z.maxLength(40)))),
  address: z.optional(z.nullable(textSchema(300))),
  notes: z.optional(z.nullable(textSchema(2000))),
  externalId: z.optional(z.nullable(textSchema(200))),
};

/** A new record. */
export const customerCreateSchema = z.strictObject({ name: textSchema(200), ...fields });
/** What is absent stays, `null` empties. */
export const customerUpdateSchema = z.strictObject({ name: z.optional(textSchema(200)), ...fields });

/**
 * A new record. `phone` in any usual spelling, without `+` a Brazilian one; it is kept as E.164. `document` is
 * checked, and kept without punctuation. `externalId` is the id in your own system.
 */
export type CustomerCreate = DeepReadonly<z.input<typeof customerCreateSchema>>;
/** What changes of a record: what is absent stays, `null` empties a field. */
export type CustomerUpdate = DeepReadonly<z.input<typeof customerUpdateSchema>>;

const params = z.object({ customerId: customerIdSchema });

export const customerRoutes = {
  list: route({
    path: paths.customers.list,
    summary: 'Customers by name; `search` looks in name, document, e-mail and phone.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ ...pageQuery, search: z.optional(z.string().check(z.maxLength(200))) }),
    response: pageSchema(customerSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.customers.get,
    summary: 'One customer.',
    callers: ['agent', 'api_key'],
    params,
    response: customerSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.customers.create,
    summary: 'Makes a customer.',
    callers: ['agent', 'api_key'],
    body: customerCreateSchema,
    response: customerSchema,
    errors: [...commandErrors, 'document_taken'],
  }),
  update: route({
    path: paths.customers.update,
    summary: 'Changes the fields that are given; `null` empties one.',
    callers: ['agent', 'api_key'],
    params,
    body: customerUpdateSchema,
    response: customerSchema,
    errors: [...commandErrors, 'not_found', 'document_taken'],
  }),
};
