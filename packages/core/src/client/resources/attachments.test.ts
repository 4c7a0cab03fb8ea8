import { describe, expect, it } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { errorOf } from '../../testing/error-of.ts';
import { idOf } from '../../testing/samples.ts';
import { scriptedClient } from '../../testing/scripted-client.ts';
import { json, problem } from '../../testing/scripted-server.ts';

describe('attachments', () => {
  it('send the file as the body, with its name in the query', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.attachments.upload, () => json({ id: idOf('att', 1) }));
    const file = new Blob(['oi'], { type: 'text/plain' });
    const progress: number[] = [];
    await client.attachments.upload(file, {
      fileName: 'nota é.txt',
      onProgress: ({ loadedBytes }) => progress.push(loadedBytes),
    });
    const [request] = server.requests;
    expect(request?.query.get('fileName')).toBe('nota é.txt');
    expect(request?.headers.get('content-type')).toBe('text/plain');
    expect(request?.body).toBe(file);
  });

  it('keep a link until shortly before it ends, and ask once for calls at the same time', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(paths.attachments.url, () =>
      json({ url: 'https://files.example/1', expiresAt: new Date(clock.now() + 300_000).toISOString() }),
    );
    const attachmentId = idOf('att', 1);
    await Promise.all([client.attachments.url(attachmentId), client.attachments.url(attachmentId)]);
    await clock.advance(269_000);
    await client.attachments.url(attachmentId);
    expect(server.requests).toHaveLength(1);
    await clock.advance(2000);
    await client.attachments.url(attachmentId);
    expect(server.requests).toHaveLength(2);
  });

  it('have another link to a recording as the browser made it', async () => {
    const { client, server, clock } = scriptedClient();
    const expiresAt = new Date(clock.now() + 300_000).toISOString();
    server.always(paths.attachments.url, ({ query }) =>
      json({ url: `https://files.example/${query.get('original') ?? 'note'}`, expiresAt }),
    );
    const attachmentId = idOf('att', 1);
    const urlOf = async (original: boolean) => (await client.attachments.url(attachmentId, { original })).url;
    expect([await urlOf(false), await urlOf(true), await urlOf(true)]).toEqual([
      'https://files.example/note',
      'https://files.example/true',
      'https://files.example/true',
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it('do not keep a link that could not be had', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.attachments.url, () => problem('attachment_not_ready', 409));
    await errorOf(client.attachments.url(idOf('att', 1)));
    await errorOf(client.attachments.url(idOf('att', 1)));
    expect(server.requests).toHaveLength(2);
  });
});
