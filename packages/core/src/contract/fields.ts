import * as z from 'zod/mini';

/** Schemas of single fields that more than one resource has. */

const idBody = '[0-9a-hjkmnp-tv-z]{26}';

/** Ids are a prefix that names the type and 26 time-ordered characters. */
export function idSchema(prefix: string) {
  return z.string().check(z.regex(new RegExp(`^${prefix}_${idBody}$`), `must be an id that starts with ${prefix}_`));
}

export const conversationIdSchema = idSchema('cnv');
export const messageIdSchema = idSchema('msg');
export const customerIdSchema = idSchema('cus');
export const contactIdSchema = idSchema('ctt');
export const queueIdSchema = idSchema('que');
export const agentIdSchema = idSchema('agt');
export const attachmentIdSchema = idSchema('att');
export const channelIdSchema = idSchema('chn');

/** ISO 8601 in UTC, with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

/** Counts up by at least one with each change of the entity; a copy with a lower version is stale. */
export const versionSchema = z.int().check(z.positive());

/** Text that a person typed: no control characters but tab and new line, not only blanks. */
export function textSchema(maxLength: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(maxLength, `must have at most ${maxLength} characters`),
    // eslint-disable-next-line no-control-regex -- control characters are what it refuses
    z.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'must not have control characters'),
  );
}

/** A person or thing named beside another entity: enough to show, not the entity itself. */
export const personSchema = z.object({ id: z.string(), name: z.string() });

/** What the client made up to recognise its own message or request; a UUID is best. */
export const clientIdSchema = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{8,128}$/, 'must be 8 to 128 visible ASCII characters'));

/** A text for people, in each language that the product speaks. */
export const localizedTextSchema = z.object({ 'pt-BR': z.string(), en: z.string(), es: z.string() });
