import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hour, numberId, picture, setOpenScene, setScene, token } from '../testing/scene.ts';
import type { Answer, Scene } from '../testing/scene.ts';

const minute = 60_000;

function upload(
  scene: Scene,
  file: File,
  fields: Record<string, string> = { messaging_product: 'whatsapp' },
  query = '',
): Promise<Answer> {
  const form = new FormData();
  form.set('file', file);
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  return scene.call('POST', `/v25.0/${numberId}/media${query}`, form);
}

function relative(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

describe('media', () => {
  it('refuses what Meta takes no file of, and what is too large', async () => {
    const scene = await setScene();
    const page = await upload(scene, new File(['<b>'], 'a.html', { type: 'text/html' }));
    expect(page.body.error.message).toMatch(/Received file of type 'text\/html'/);
    const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' });
    expect((await upload(scene, large)).body.error.code).toBe(100);
    expect((await upload(scene, picture(), {})).body.error.message).toMatch(/messaging_product is required/);
    expect((await upload(scene, new File([], 'a.png', { type: 'image/png' }))).status).toBe(400);
  });

  it('takes the product from the query and a kind for a type, as public clients send them', async () => {
    const scene = await setScene();
    const { status, body } = await upload(scene, picture(), { type: 'image' }, '?messaging_product=whatsapp');
    expect([status, typeof body.id]).toEqual([200, 'string']);
  });

  it('describes a file and serves it for five minutes, to the token alone', async () => {
    const scene = await setScene();
    const { body: uploaded } = await upload(scene, picture());
    const { body } = await scene.call('GET', `/v25.0/${uploaded.id}`);
    const bytes = Buffer.from(await picture().arrayBuffer());
    expect(body).toMatchObject({
      messaging_product: 'whatsapp',
      mime_type: 'image/png',
      file_size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const path = relative(body.url);
    expect((await scene.call('GET', path)).status).toBe(200);
    expect((await scene.call('GET', path, undefined, {})).status).toBe(403);
    scene.simulator.clock.advance(5 * minute);
    expect((await scene.call('GET', path)).status).toBe(404);
    const again = await scene.call('GET', `/v25.0/${uploaded.id}`);
    expect((await scene.call('GET', relative(again.body.url))).status).toBe(200);
  });

  it('forgets an upload after 30 days, and what a customer sent after 7', async () => {
    const scene = await setOpenScene();
    const { body: uploaded } = await upload(scene, picture());
    await scene.marina.sends({ image: { data: picture(), caption: 'Olha só' } });
    await scene.simulator.settled();
    const [message] = scene.values()[0]?.messages as { image: { id: string } }[];
    scene.simulator.clock.advance(7 * 24 * hour);
    expect((await scene.call('GET', `/v25.0/${message?.image.id}`)).body.error.error_subcode).toBe(33);
    expect((await scene.call('GET', `/v25.0/${uploaded.id}`)).status).toBe(200);
    scene.simulator.clock.advance(23 * 24 * hour);
    expect((await scene.call('GET', `/v25.0/${uploaded.id}`)).status).toBe(400);
  });

  it('is gone once deleted', async () => {
    const scene = await setScene();
    const { body } = await upload(scene, picture());
    expect((await scene.call('DELETE', `/v25.0/${body.id}`)).body).toEqual({ success: true });
    expect((await scene.call('DELETE', `/v25.0/${body.id}`)).status).toBe(400);
  });

  it('of the wrong kind is accepted and then fails with 131053', async () => {
    const scene = await setOpenScene();
    const { body } = await upload(scene, picture());
    expect((await scene.send({ type: 'video', video: { id: body.id } })).status).toBe(200);
    await scene.simulator.settled();
    expect(scene.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }]);
  });

  it('carries a webhook address that works with the token', async () => {
    const scene = await setOpenScene();
    await scene.marina.sends({ audio: { data: new Uint8Array([1, 2, 3]) } });
    await scene.simulator.settled();
    const [message] = scene.values()[0]?.messages as { audio: { url: string; voice: boolean; mime_type: string } }[];
    expect(message?.audio).toMatchObject({ voice: true, mime_type: 'audio/ogg; codecs=opus' });
    const request = new Request(message!.audio.url, { headers: { authorization: `Bearer ${token}` } });
    const response = await scene.simulator.fetch(request);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 3]);
  });
});
