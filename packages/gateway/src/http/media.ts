import type { Clock } from '../clock.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { fileHeaders } from '../media/disposition.ts';
import type { MediaStore } from '../media/media-store.ts';
import { recordedType } from '../media/voice-note.ts';
import type { AttachmentRow } from '../store/attachments.ts';
import type { LinkSigner } from '../media/signed-link.ts';
import type { Database } from '../store/database.ts';

export interface MediaDeps {
  readonly db: Database;
  readonly media: MediaStore;
  readonly links: LinkSigner;
  readonly clock: Clock;
}

const originalEnd = '.original';

/** What a link to a recording as the browser made it is signed for. */
export function originalOf(attachmentId: string): string {
  return `${attachmentId}${originalEnd}`;
}

/** `GET /media/{id}?expires&signature`: the bytes of a file, whole or a range, to whoever has the link. */
export async function serveMedia(deps: MediaDeps, request: Request, name: string): Promise<Response> {
  const { searchParams } = new URL(request.url);
  if (!(await deps.links.verify(name, searchParams, deps.clock.now()))) refuse('link_expired');
  const row = await deps.db.read
    .selectFrom('attachments')
    .selectAll()
    .where('id', '=', name.replace(originalEnd, ''))
    .where('status', '=', 'ready')
    .executeTakeFirst();
  if (!row || row.storageKey === null || row.size === null) notFound('file');
  if (name.endsWith(originalEnd)) return await serveOriginal(deps, row);

  const headers = new Headers(fileHeaders(row));
  headers.set('Accept-Ranges', 'bytes');
  headers.set('Cache-Control', 'private, max-age=300');
  const range = rangeOf(request.headers.get('range'), row.size);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${row.size}` } });
  }
  const body = await deps.media.get(row.storageKey, range ?? undefined);
  if (!body) notFound('file');
  if (!range) {
    headers.set('Content-Length', String(row.size));
    return new Response(body, { headers });
  }
  headers.set('Content-Length', String(range.end - range.start + 1));
  headers.set('Content-Range', `bytes ${range.start}-${range.end}/${row.size}`);
  return new Response(body, { status: 206, headers });
}

async function serveOriginal(deps: MediaDeps, { originalKey, fileName }: AttachmentRow): Promise<Response> {
  const body = originalKey === null ? null : await deps.media.get(originalKey);
  if (!body) notFound('file');
  const headers = fileHeaders({ mimeType: recordedType, fileName: `${fileName.replace(/\.ogg$/i, '')}.webm` });
  return new Response(body, { headers: { ...headers, 'Cache-Control': 'private, max-age=300' } });
}

/** One range, as players ask for it; anything more complicated gets the whole file. */
function rangeOf(header: string | null, size: number): { start: number; end: number } | null | 'unsatisfiable' {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header);
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const suffix = match[1] === '' ? Number(match[2]) : null;
  const start = suffix === null ? Number(match[1]) : Math.max(0, size - suffix);
  const end = suffix !== null || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}
