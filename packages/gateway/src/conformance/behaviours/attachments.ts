import { routes, type Attachment } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import type { Desk } from '../desk.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** A grey dot. */
const picture = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);
const longestLinkMs = 5 * 60_000;
/** Clocks differ. */
const toleranceMs = 60_000;

export const attachments: readonly Behaviour[] = [
  {
    id: 'attachments.upload',
    says: 'A file is stored once for its key, and its type is found from its content.',
    async run(desk) {
      const key = crypto.randomUUID();
      const file = await upload(desk, { key, type: 'text/plain' });
      expectSame([file.kind, file.mimeType, file.status], ['image', 'image/png', 'ready'], 'the attachment');
      expectSame(file.size, picture.byteLength, 'bytes');
      expectSame((await upload(desk, { key, type: 'text/plain' })).id, file.id, 'the same attachment,');
    },
  },
  {
    id: 'attachments.url',
    says: 'The link to a file needs no token, lives for five minutes at most, and gives the bytes.',
    async run(desk) {
      const { id } = await upload(desk);
      const { url, expiresAt } = await (
        await desk.agent('ana')
      ).ok(routes.attachments.url, { params: { attachmentId: id } });
      const left = Date.parse(expiresAt) - Date.now();
      expectThat(left > 0 && left <= longestLinkMs + toleranceMs, 'five minutes at most', expiresAt);
      const { fetch, timeoutMs } = desk.wire;
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      expectThat(response.status === 200, 'the file at the link', response.status);
      expectThat(bytes.join() === picture.join(), 'the bytes that were uploaded', `${bytes.byteLength} bytes`);
    },
  },
  {
    id: 'attachments.markup',
    says: 'A file of markup is refused, or is never shown as a page.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const answer = await ana.send(routes.attachments.upload, {
        query: { fileName: 'nota.html' },
        raw: '<!doctype html><script>alert(1)</script>',
        headers: { 'Content-Type': 'text/html' },
      });
      if (answer.status === 415) return;
      expectThat(answer.status === 200, 'media_type_not_allowed, or a file', answer.status);
      const { id } = answer.body as Attachment;
      const { url } = await ana.ok(routes.attachments.url, { params: { attachmentId: id } });
      const { fetch, timeoutMs } = desk.wire;
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      const isDownload = response.headers.get('content-disposition')?.startsWith('attachment') === true;
      const isPage = /html|xml|svg/.test(response.headers.get('content-type') ?? '');
      expectThat(isDownload || !isPage, 'a download', response.headers.get('content-type'));
    },
  },
  {
    id: 'attachments.send',
    says: 'A file is sent with its caption, in one message.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const params = { conversationId: (await desk.attended()).id };
      const { id } = await upload(desk);
      const body = { type: 'image', attachmentId: id, caption: 'O recibo' };
      const { content } = await ana.ok(routes.messages.send, { params, body });
      const sent = content.type === 'image' ? [content.attachment.id, content.caption] : content;
      expectSame(sent, [id, 'O recibo'], 'the image of the message');
      await ana.refused(routes.messages.send, { params, body }, 'attachment_in_use');
    },
  },
];

async function upload(
  desk: Desk,
  { key = crypto.randomUUID(), type = 'image/png' }: { readonly key?: string; readonly type?: string } = {},
): Promise<Attachment> {
  return await (
    await desk.agent('ana')
  ).ok(routes.attachments.upload, {
    key,
    query: { fileName: 'recibo.png' },
    raw: new Blob([picture]),
    headers: { 'Content-Type': type },
  });
}
