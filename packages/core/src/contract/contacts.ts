import * as z from 'zod/mini';
import { channelIdSchema, contactIdSchema, customerIdSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** Someone's identity on a channel. WhatsApp knows a person by phone, by a business-scoped user id, or by both. */
export const contactSchema = z.object({
  id: contactIdSchema,
  channelId: channelIdSchema,
  /** What the person calls themselves on the channel; the phone when they say nothing. */
  name: z.string(),
  /** E.164; `null` when WhatsApp gave only a user id. */
  phone: z.nullable(z.string()),
  username: z.nullable(z.string()),
  /** As a visitor of a website gave it. */
  email: z.nullable(z.string()),
  /** The channel vouches for who it is: always on WhatsApp, with a signed identity on a webchat. */
  verified: z.boolean(),
  /** Whether marketing may be sent: `false` once the person stopped it, in the app or with a word. */
  marketingAllowed: z.boolean(),
  /** The record it is linked to; `null`: not linked yet. */
  customerId: z.nullable(customerIdSchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Contact = DeepReadonly<z.output<typeof contactSchema>>;

const params = z.object({ contactId: contactIdSchema });

export const contactRoutes = {
  list: route({
    path: paths.contacts.list,
    summary: 'Contacts, newest first.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ ...pageQuery, customerId: z.optional(customerIdSchema) }),
    response: pageSchema(contactSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.contacts.get,
    summary: 'One contact.',
    callers: ['agent', 'api_key'],
    params,
    response: contactSchema,
    errors: ['not_found'],
  }),
  link: route({
    path: paths.contacts.link,
    summary: 'Links the contact to a customer. Linking twice to the same one changes nothing.',
    callers: ['agent', 'api_key'],
    params,
    body: z.strictObject({ customerId: customerIdSchema }),
    response: contactSchema,
    errors: [...commandErrors, 'not_found', 'already_linked'],
  }),
  unlink: route({
    path: paths.contacts.unlink,
    summary: 'Undoes the link.',
    callers: ['agent', 'api_key'],
    params,
    response: contactSchema,
    errors: [...commandErrors, 'not_found'],
  }),
};
