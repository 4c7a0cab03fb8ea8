import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MediaTooLargeError, type MediaStore } from '../media/media-store.ts';
import { openDiskMedia } from './disk-media.ts';

let root: string;
let folder: string;
let media: MediaStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'prosa-media-'));
  folder = join(root, 'media');
  media = await openDiskMedia(folder);
});

afterEach(() => rm(root, { recursive: true, force: true }));

function streamOf(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(key: string, range?: { start: number; end: number }): Promise<Buffer | null> {
  const stream = await media.get(key, range);
  return stream && Buffer.from(await new Response(stream).arrayBuffer());
}

const unfinished = () => readdir(join(folder, '.unfinished'));
const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

describe('put', () => {
  it('stores the bytes and tells size, digest and head', async () => {
    const stored = await media.put('wsp_1/att_1', streamOf(bytes.subarray(0, 70_000), bytes.subarray(70_000)), {
      maxBytes: bytes.length,
    });
    expect(stored.size).toBe(bytes.length);
    expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.from(stored.head)).toEqual(bytes.subarray(0, 65_536));
    expect(await read('wsp_1/att_1')).toEqual(bytes);
    expect(await unfinished()).toEqual([]);
  });

  it('stores a file without bytes', async () => {
    expect(await media.put('empty', streamOf(), { maxBytes: 1 })).toMatchObject({ size: 0 });
    expect(await read('empty')).toEqual(Buffer.alloc(0));
  });

  it('stops reading and keeps nothing when the body is too large', async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel() {
        cancelled = true;
      },
    });
    await expect(media.put('big', endless, { maxBytes: 5000 })).rejects.toBeInstanceOf(MediaTooLargeError);
    expect(pulled).toBeLessThan(10);
    expect(cancelled).toBe(true);
    expect(await read('big')).toBeNull();
    expect(await unfinished()).toEqual([]);
  });

  it('keeps nothing when the body breaks, and what was there before', async () => {
    await media.put('file', streamOf(bytes), { maxBytes: bytes.length });
    const breaking = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error('the sender went away'));
      },
    });
    await expect(media.put('file', breaking, { maxBytes: 100 })).rejects.toThrow('the sender went away');
    expect(await read('file')).toEqual(bytes);
    expect(await unfinished()).toEqual([]);
  });
});

describe('get', () => {
  beforeEach(() => media.put('file', streamOf(bytes), { maxBytes: bytes.length }));

  it('gives a part', async () => {
    expect(await read('file', { start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
    expect(await read('file', { start: 199_990, end: 999_999 })).toEqual(bytes.subarray(199_990));
    expect(await read('file', { start: 300_000, end: 300_001 })).toEqual(Buffer.alloc(0));
  });

  it('gives null for what is not there', async () => {
    await media.delete('file');
    await media.delete('file');
    expect(await read('file')).toBeNull();
    expect(await read('file/inside')).toBeNull();
  });

  it('can be left off in the middle', async () => {
    const stream = await media.get('file');
    const reader = stream!.getReader();
    await reader.read();
    await reader.cancel();
    expect(await read('file')).toEqual(bytes);
  });
});

describe('keys', () => {
  it.each([
    '',
    '/',
    '../secret',
    'a/../../secret',
    '/etc/passwd',
    'a//b',
    'a/',
    'A',
    'a.txt',
    '.unfinished',
    'a\\b',
    'a\0b',
    'a\n',
    'x'.repeat(201),
  ])('refuses %j', async (key) => {
    await writeFile(join(root, 'secret'), 'secret');
    await expect(read(key)).rejects.toThrow('unable to reach the file');
    await expect(media.put(key, streamOf(bytes), { maxBytes: 10 })).rejects.toThrow('unable to reach');
    await expect(media.delete(key)).rejects.toThrow('unable to reach the file');
  });
});

it('removes what a killed process left unfinished, but not what is being written', async () => {
  await mkdir(join(folder, '.unfinished'), { recursive: true });
  await writeFile(join(folder, '.unfinished', 'old'), 'x');
  await writeFile(join(folder, '.unfinished', 'new'), 'x');
  await utimes(join(folder, '.unfinished', 'old'), new Date(0), new Date(0));
  await openDiskMedia(folder);
  expect(await unfinished()).toEqual(['new']);
});
