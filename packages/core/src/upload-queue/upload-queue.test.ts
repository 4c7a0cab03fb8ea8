import { expect, it, vi } from 'vitest';
import type { AttachmentsResource, CommandOptions, UploadParams } from '../client/prosa-client.ts';
import type { Attachment } from '../contract/index.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/local-errors.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { idOf, timeOf } from '../testing/samples.ts';
import { UploadQueue, type UploadQueueOptions } from './upload-queue.ts';

interface Started extends UploadParams, CommandOptions {
  readonly resolve: (attachment?: Partial<Attachment>) => Promise<void>;
  readonly reject: (error: Error) => Promise<void>;
}

let number = 0;
const attachmentOf = (fileName: string): Attachment => ({
  id: idOf('att', ++number),
  kind: 'image',
  fileName,
  mimeType: 'image/png',
  size: 4,
  status: 'ready',
  createdAt: timeOf(0),
  version: 1,
});

/** A queue whose uploads end when the test says so. */
function queueOf(options: UploadQueueOptions = {}) {
  const clock = new ManualClock();
  const started: Started[] = [];
  const upload: AttachmentsResource['upload'] = (_, params, command = {}) =>
    new Promise((resolve, reject) => {
      const end = async (act: () => void) => {
        act();
        await settle();
      };
      started.push({
        ...params,
        ...command,
        resolve: (change) => end(() => resolve({ ...attachmentOf(params.fileName), ...change })),
        reject: (error) => end(() => reject(error)),
      });
    });
  const queue = new UploadQueue({ attachments: { upload } }, { clock, ...options });
  const statuses = () => queue.value.uploads.map(({ fileName, status }) => `${fileName} ${status}`);
  const start = (index: number) => started[index] as Started;
  return { clock, queue, started, start, statuses };
}

const png = (name: string) => new File(['abcd'], name, { type: 'image/png' });
const lost = () => new ConnectionError('unable to upload; no answer');
const refusal = (code: 'media_type_not_allowed' | 'rate_limited', status: number, retryAfterMs?: number) =>
  new ApiError('upload', {
    status,
    problem: { type: 'about:blank', title: code, status, code, requestId: 'req_1' },
    retryAfterMs,
  });

it('refuses what the channel would not take before a byte leaves, and sends the rest', () => {
  const { queue, started, statuses } = queueOf();
  queue.add([new File(['x'], 'vírus.exe'), new File([], 'vazio.png', { type: 'image/png' }), png('foto.png')]);
  expect(statuses()).toEqual(['vírus.exe refused', 'vazio.png refused', 'foto.png uploading']);
  expect(started).toHaveLength(1);
  expect(queue.value.uploads[0]?.refusal?.reason).toBe('type');
  expect(queue.value).toMatchObject({ isBusy: true, hasFailed: true });
  queue.retry(queue.value.uploads[0]?.id ?? '');
  expect(started).toHaveLength(1);
});

it('refuses for good what the gateway refuses', async () => {
  const { clock, queue, start, started, statuses } = queueOf();
  queue.add([png('falso.png')]);
  await start(0).reject(refusal('media_type_not_allowed', 415));
  await clock.advance(600_000);
  queue.retry(queue.value.uploads[0]?.id ?? '');
  expect(statuses()).toEqual(['falso.png refused']);
  expect(started).toHaveLength(1);
});

it('sends so many at a time, and keeps the order however they end', async () => {
  const { queue, started, start, statuses } = queueOf({ concurrency: 2 });
  queue.add(['1', '2', '3', '4'].map(png));
  expect(started.map(({ fileName }) => fileName)).toEqual(['1', '2']);
  await start(1).resolve();
  expect(started.map(({ fileName }) => fileName)).toEqual(['1', '2', '3']);
  await start(2).resolve();
  await start(3).resolve();
  await start(0).resolve();
  expect(statuses()).toEqual(['1 ready', '2 ready', '3 ready', '4 ready']);
  expect(queue.take().map(({ fileName }) => fileName)).toEqual(['1', '2', '3', '4']);
  expect(queue.value.uploads).toEqual([]);
});

it('tries a lost connection again with the same key, later and later, then leaves it to a person', async () => {
  const { clock, queue, started, start, statuses } = queueOf({ maxTries: 3 });
  queue.add([png('foto.png')]);
  for (let round = 0; round < 3; round++) {
    await start(round).reject(lost());
    if (round < 2) expect(statuses()).toEqual(['foto.png waiting']);
    await clock.advance(30_000);
  }
  expect(started).toHaveLength(3);
  expect(new Set(started.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(statuses()).toEqual(['foto.png failed']);
  queue.retry(queue.value.uploads[0]?.id ?? '');
  await start(3).resolve();
  expect(statuses()).toEqual(['foto.png ready']);
  expect(queue.value.uploads[0]?.error).toBeNull();
});

it('waits as long as the gateway asks, or until the network is back', async () => {
  const { clock, queue, started, start } = queueOf();
  queue.add([png('foto.png')]);
  await start(0).reject(refusal('rate_limited', 429, 20_000));
  await clock.advance(19_999);
  expect(started).toHaveLength(1);
  await clock.advance(1);
  expect(started).toHaveLength(2);
  await start(1).reject(lost());
  queue.wake();
  expect(started).toHaveLength(3);
  expect(clock.pending).toBe(0);
});

it('lets a free place go to the next while one waits', async () => {
  const { queue, start, statuses } = queueOf({ concurrency: 1 });
  queue.add([png('1'), png('2')]);
  await start(0).reject(lost());
  expect(statuses()).toEqual(['1 waiting', '2 uploading']);
});

it('ends what is removed, whatever still comes of it', async () => {
  const { queue, start, started, statuses } = queueOf({ concurrency: 1 });
  const [first = ''] = queue.add([png('1'), png('2')]);
  queue.remove(first);
  expect(start(0).signal?.aborted).toBe(true);
  start(0).onProgress?.({ loadedBytes: 4, totalBytes: 4 });
  await start(0).resolve();
  expect(statuses()).toEqual(['2 uploading']);
  expect(started).toHaveLength(2);
});

it('is aborted by a signal, and adds nothing with one that is aborted', () => {
  const { queue, start, started } = queueOf();
  const aborter = new AbortController();
  queue.add([png('1')], { signal: aborter.signal });
  aborter.abort();
  expect(start(0).signal?.aborted).toBe(true);
  expect(queue.add([png('2')], { signal: aborter.signal })).toEqual([]);
  expect([queue.value.uploads.length, started.length]).toEqual([0, 1]);
});

it('tells how far it is in hundredths, without a word when nothing changed', async () => {
  const { queue, start } = queueOf();
  const listener = vi.fn();
  queue.add([png('1'), png('2')]);
  queue.subscribe(listener);
  await settle();
  listener.mockClear();
  start(0).onProgress?.({ loadedBytes: 5000, totalBytes: 10_000 });
  const half = queue.value;
  start(0).onProgress?.({ loadedBytes: 5001, totalBytes: 10_000 });
  start(1).onProgress?.({ loadedBytes: 0, totalBytes: 0 });
  await settle();
  expect(queue.value).toBe(half);
  expect([half.progress, listener.mock.calls.length]).toEqual([0.25, 1]);
  expect(Object.isFrozen(half.uploads[0])).toBe(true);
});

it('takes in what was uploaded before, once', () => {
  const { queue } = queueOf();
  const attachment = attachmentOf('de-ontem.png');
  queue.restore([attachment]);
  queue.restore([attachment]);
  expect(queue.value).toMatchObject({ isBusy: false, progress: 1, uploads: [{ status: 'ready', file: null }] });
  expect(queue.take()).toEqual([attachment]);
});

it('takes only what is ready', async () => {
  const { queue, start, statuses } = queueOf();
  queue.add([png('1'), png('2')]);
  await start(1).resolve();
  expect(queue.take().map(({ fileName }) => fileName)).toEqual(['2']);
  expect(statuses()).toEqual(['1 uploading']);
});

it('leaves nothing behind', async () => {
  const { clock, queue, start } = queueOf();
  queue.add([png('1'), png('2')]);
  await start(0).reject(lost());
  queue.destroy();
  expect([clock.pending, start(1).signal?.aborted, queue.value.uploads.length]).toEqual([0, true, 0]);
  expect(queue.add([png('3')])).toEqual([]);
});
