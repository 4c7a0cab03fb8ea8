import * as z from 'zod/mini';
import { attachmentIdSchema, timeSchema, versionSchema } from './fields.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** The kinds of file that WhatsApp tells apart. */
export const attachmentKinds = ['image', 'audio', 'video', 'document', 'sticker'] as const;

/** A file of a message. Its bytes are behind a signed link of at most five minutes. */
export const attachmentSchema = z.object({
  id: attachmentIdSchema,
  kind: z.enum(attachmentKinds),
  fileName: z.string(),
  /** Found from the content, not from what the sender said. */
  mimeType: z.string(),
  /** Bytes; `null` while it is being fetched. */
  size: z.nullable(z.int()),
  /** `pending` while it is being fetched from the channel; `failed` when it could not be. */
  status: z.enum(['pending', 'ready', 'failed']),
  createdAt: timeSchema,
  version: versionSchema,
});

/** A link that needs no token, and when it ends. */
export const attachmentUrlSchema = z.object({ url: z.string(), expiresAt: timeSchema });

export type Attachment = DeepReadonly<z.output<typeof attachmentSchema>>;
/**
 * A link to a file for `src` and `href`, without a token. `expiresAt` (ISO 8601) is five minutes away at most; then
 * ask for another.
 */
export type AttachmentUrl = DeepReadonly<z.output<typeof attachmentUrlSchema>>;

/** Largest file in bytes, by kind (Meta, WhatsApp Cloud API, "Media"). */
export const attachmentMaxBytes = {
  image: 5 * 1024 * 1024,
  audio: 16 * 1024 * 1024,
  video: 16 * 1024 * 1024,
  document: 100 * 1024 * 1024,
  /** One that moves; one that does not, 100 kB. */
  sticker: 500 * 1024,
} as const;

const params = z.object({ attachmentId: attachmentIdSchema });

export const attachmentRoutes = {
  upload: route({
    path: paths.attachments.upload,
    summary:
      'Stores a file to be sent. The body is the file; its type is found from the content. What a browser recorded (WebM with Opus) becomes a voice message (OGG/Opus), and the recording is kept.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ fileName: z.string().check(z.minLength(1), z.maxLength(240)) }),
    binary: { maxBytes: attachmentMaxBytes.document },
    response: attachmentSchema,
    errors: [...commandErrors, 'media_type_not_allowed'],
  }),
  get: route({
    path: paths.attachments.get,
    summary: 'One attachment.',
    callers: ['agent', 'api_key'],
    params,
    response: attachmentSchema,
    errors: ['not_found'],
  }),
  url: route({
    path: paths.attachments.url,
    summary: 'A link to the bytes that needs no token and lives for five minutes.',
    callers: ['agent', 'api_key'],
    params,
    /** `original`: of a recording, as the browser made it. */
    query: z.strictObject({ original: z.optional(z.literal('true')) }),
    response: attachmentUrlSchema,
    errors: ['not_found', 'attachment_not_ready'],
  }),
};
