import type { Attachment, AttachmentUrl, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { readWebmOpus } from '../media/webm-opus.ts';
import { testUrl } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { readOgg } from '../testbed/read-ogg.ts';
import { openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { opusPacket, webmOf } from '../testbed/webm.ts';
import { createWorkers } from '../workers.ts';

const layout = {
  perCluster: 50,
  sizes: 'unknown',
  blocks: 'simple',
  lacing: 'none',
  extras: false,
  head: true,
  track: 1,
} as const;
/** Three seconds of 20 ms each, as a browser lays them out. */
const recorded = (bytesEach = 80) =>
  new Blob(
    [
      new Uint8Array(
        webmOf(
          Array.from({ length: 150 }, (_, i) => opusPacket([8, new Uint8Array(bytesEach).fill(i)])),
          layout,
        ),
      ),
    ],
    { type: 'audio/webm;codecs=opus' },
  );

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let uploads: File[];
  let stop: () => Promise<void>;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    uploads = [];
    const capture: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/media')) {
        const file = (await request.clone().formData()).get('file');
        if (file instanceof File) uploads.push(file);
      }
      return await bed.graph.fetch(request);
    };
    const { database, clock, media } = bed.desk;
    const workers = createWorkers({ db: database, clock, media, log: silentLog, fetch: capture });
    workers.start();
    stop = () => workers.stop();
  });
  afterEach(async () => {
    await stop();
    await bed.close();
    await opened.close();
  });

  const upload = async (file: Blob, fileName = 'recado.webm') => {
    const response = await bed.desk.request(`/v1/attachments?fileName=${fileName}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bed.ana.token}`, 'idempotency-key': crypto.randomUUID() },
      body: file,
    });
    return { status: response.status, body: (await response.json()) as Attachment & Pick<Problem, 'code'> };
  };
  const linked = async (id: string, query = '') => {
    const { status, body } = await bed.ana.call<AttachmentUrl>('GET', `/v1/attachments/${id}/url${query}`);
    if (status !== 200) return null;
    return await bed.desk.request(body.url.replace(testUrl, ''));
  };

  it('refuses what only pretends to be a recording, and one that is too large, and keeps nothing of them', async () => {
    const keys: string[] = [];
    const { put } = bed.desk.media;
    const media = bed.desk.media as { put: typeof put };
    media.put = (key, body, limits) => {
      keys.push(key);
      return put(key, body, limits);
    };
    const whole = new Uint8Array(await recorded().arrayBuffer());
    for (const [bytes, status, code] of [
      [whole.subarray(0, 200), 415, 'media_type_not_allowed'],
      [whole.subarray(0, 10), 415, 'media_type_not_allowed'],
      [new Uint8Array(await recorded(120_000).arrayBuffer()), 413, 'payload_too_large'],
    ] as const) {
      const answer = await upload(new Blob([bytes]));
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect(keys.length).toBeGreaterThan(2);
    expect((await Promise.all(keys.map((key) => bed.desk.media.get(key)))).filter((file) => file !== null)).toEqual([]);
  });

  it('makes a voice message of what a browser recorded, and keeps the recording', async () => {
    const { status, body } = await upload(recorded());
    expect([status, body]).toMatchObject([200, { kind: 'audio', fileName: 'recado.ogg', mimeType: 'audio/ogg' }]);
    const note = await linked(body.id);
    expect(note?.headers.get('content-type')).toBe('audio/ogg');
    const { packets } = readWebmOpus(new Uint8Array(await recorded().arrayBuffer()));
    expect(readOgg(new Uint8Array((await note?.arrayBuffer()) ?? new ArrayBuffer())).packets.slice(2)).toEqual(packets);

    const original = await linked(body.id, '?original=true');
    expect(Object.fromEntries(original?.headers ?? [])).toMatchObject({
      'content-type': 'audio/webm',
      'content-disposition': expect.stringContaining('recado.webm') as string,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(await original?.arrayBuffer()).toEqual(await recorded().arrayBuffer());
    const { url } = (await bed.ana.call<AttachmentUrl>('GET', `/v1/attachments/${body.id}/url`)).body;
    const stolen = url.replace(testUrl, '').replace(body.id, `${body.id}.original`);
    expect((await bed.desk.request(stolen)).status).toBe(403);

    const conversation = await bed.attend('+5583999142210');
    const message = await bed.send(conversation, { type: 'audio', attachmentId: body.id, voice: true });
    await bed.becomes(message.id, 'done');
    expect(uploads.map(({ type, name }) => [type, name])).toEqual([['audio/ogg', 'recado.ogg']]);
    expect(bed.graph.bodies().at(-1)).toMatchObject({ type: 'audio', audio: { voice: true } });
  });

  it('sends a long one, and what is no OGG/Opus, as a file that is played at once', async () => {
    const conversation = await bed.attend('+5583999142210');
    const m4a = new Blob([Uint8Array.of(0, 0, 0, 0x20), 'ftypM4A ', new Uint8Array(200)]);
    for (const [file, name] of [
      [recorded(5000), 'longo.webm'],
      [m4a, 'recado.m4a'],
    ] as const) {
      const { body } = await upload(file, name);
      const message = await bed.send(conversation, { type: 'audio', attachmentId: body.id, voice: true });
      await bed.becomes(message.id, 'done');
      expect(bed.graph.bodies().at(-1)).toMatchObject({ type: 'audio', audio: { id: expect.any(String) as string } });
      expect(bed.graph.bodies().at(-1)).not.toHaveProperty('audio.voice');
      expect((await linked(body.id, '?original=true'))?.status ?? 404).toBe(name === 'longo.webm' ? 200 : 404);
    }
  });
});
