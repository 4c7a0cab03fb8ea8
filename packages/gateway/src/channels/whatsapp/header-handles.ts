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
 * Brings the example files of a header and of cards to Meta, which knows them by handles from then on (Meta, "Resumable
 * Upload API"). No template has been written yet, so it can be tried again.
 */
export async function headerHandles(
  deps: HandleDeps,
  graph: GraphClient,
  channel: ChannelRow,
  components: readonly StoredComponent[],
  signal: AbortSignal,
): Promise<HeaderHandles | TemplateFailed | TemplateRetry> {
  const ids = exampleIds(components);
  const handles = new Map<string, string>();
  if (ids.length === 0) return handles;
  const { appId } = whatsAppConfigOf(channel);
  if (appId === undefined) return failed('configuration', 'the channel has no app id: set appId to upload examples');
  for (const id of ids) {
    const handle = await uploaded(deps, graph, { workspaceId: channel.workspaceId, appId, id }, signal);
    if (typeof handle !== 'string') return handle;
    handles.set(id, handle);
  }
  return handles;
}

/** Each once: cards may show the same picture. */
function exampleIds(components: readonly StoredComponent[]): readonly string[] {
  const ids = components.flatMap((component) => {
    if (component.type === 'CAROUSEL') return component.cards.map(({ attachmentId }) => attachmentId);
    return component.type === 'HEADER' ? [component.attachmentId] : [];
  });
  return [...new Set(ids.filter((id) => id !== undefined))];
}

async function uploaded(
  { db, media }: HandleDeps,
  graph: GraphClient,
  { workspaceId, appId, id }: { readonly workspaceId: string; readonly appId: string; readonly id: string },
  signal: AbortSignal,
): Promise<string | TemplateFailed | TemplateRetry> {
  const attachment = await findAttachmentRow(db.read, workspaceId, id);
  const stored = attachment?.storageKey == null ? null : await media.get(attachment.storageKey);
  if (!attachment || stored === null) return failed('no_file', 'the example of the header is not in the media store');
  const headers = { 'Content-Type': attachment.mimeType };
  const file = await new Response(stored as ReadableStream<Uint8Array<ArrayBuffer>>, { headers }).blob();
  const opened = await graph.createUpload(appId, file, attachment.fileName, { signal });
  const session = textOf(fieldsOf(successOf(opened))['id']);
  if (session === null) return failureOf(opened);
  // What is no session of an upload would have the token sent elsewhere.
  if (!/^upload:[^\s#]{1,2000}$/.test(session)) return failed('no_id', 'the API gave no session for the upload');
  const reply = await graph.uploadFile(session, file, { signal });
  return textOf(fieldsOf(successOf(reply))['h']) ?? failureOf(reply);
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
