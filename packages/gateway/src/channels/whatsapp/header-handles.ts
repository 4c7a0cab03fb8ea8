import type { Database } from '../../store/database.ts';
import type { MediaStore } from '../../media/media-store.ts';
import type { StoredComponent } from '../../domain/hsm.ts';
import { findAttachmentRow } from '../../store/attachments.ts';
import type { ChannelRow, TemplateFailed, TemplateRetry } from '../channel.ts';
import { whatsAppConfigOf } from './config.ts';
import type { GraphClient } from './graph.ts';
import { refusalOf, successOf, type GraphReply } from './graph-reply.ts';
import { fieldsOf, textOf } from './parse/fields.ts';
import type { HeaderHandles } from './template-body.ts';

export interface HandleDeps {
  readonly db: Database;
  readonly media: MediaStore;
}

/**
 * Brings the example file of a header to Meta, which knows it by a handle from then on (Meta, "Resumable Upload API"). No
 * template has been written yet, so it can be tried again.
 */
export async function headerHandles(
  { db, media }: HandleDeps,
  graph: GraphClient,
  channel: ChannelRow,
  components: readonly StoredComponent[],
  signal: AbortSignal,
): Promise<HeaderHandles | TemplateFailed | TemplateRetry> {
  const header = components.find((component) => component.type === 'HEADER');
  if (header?.attachmentId === undefined) return new Map();
  const { appId } = whatsAppConfigOf(channel);
  if (appId === undefined) return failed('configuration', 'the channel has no app id: set appId to upload examples');
  const attachment = await findAttachmentRow(db.read, channel.workspaceId, header.attachmentId);
  const stored = attachment?.storageKey == null ? null : await media.get(attachment.storageKey);
  if (!attachment || stored === null) return failed('no_file', 'the example of the header is not in the media store');
  const headers = { 'Content-Type': attachment.mimeType };
  const file = await new Response(stored as ReadableStream<Uint8Array<ArrayBuffer>>, { headers }).blob();
  const opened = await graph.createUpload(appId, file, attachment.fileName, { signal });
  const session = textOf(fieldsOf(successOf(opened))['id']);
  if (session === null) return failureOf(opened);
  // What is no session of an upload would have the token sent elsewhere.
  if (!/^upload:[^\s#]{1,2000}$/.test(session)) return failed('no_id', 'the API gave no session for the upload');
  const uploaded = await graph.uploadFile(session, file, { signal });
  const handle = textOf(fieldsOf(successOf(uploaded))['h']);
  return handle === null ? failureOf(uploaded) : new Map([[attachment.id, handle]]);
}

function failed(code: string, detail: string): TemplateFailed {
  return { outcome: 'failed', code, detail };
}

function failureOf(reply: GraphReply): TemplateFailed | TemplateRetry {
  const refusal = refusalOf(reply);
  return refusal.outcome === 'unconfirmed'
    ? { outcome: 'retry', code: 'upload_lost', detail: refusal.detail, afterMs: null }
    : refusal;
}
