import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MediaFullError } from '../media/media-full.ts';
import { MediaTooLargeError, type MediaStore, type StoredMedia } from '../media/media-store.ts';

const keyPattern = /^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/;
const longestKey = 200;
const headBytes = 64 * 1024;
const chunkBytes = 64 * 1024;
/** No key has a dot, so nothing stored can lie in here. */
const unfinishedFolder = '.unfinished';
/** Older ones belong to a process that was killed: no upload takes that long. */
const unfinishedMs = 24 * 60 * 60 * 1000;

/** Keeps media as files under `folder`, which is made when it is missing. A file appears when all of it is on the disk. */
export async function openDiskMedia(folder: string): Promise<MediaStore> {
  const root = resolve(folder);
  const unfinished = join(root, unfinishedFolder);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await removeLeftovers(unfinished);
  return {
    put: async (key, body, { maxBytes }) => put(pathOf(root, key), unfinished, body, maxBytes),
    get: async (key, range) => get(pathOf(root, key), range),
    delete: async (key) => rm(pathOf(root, key), { force: true }),
  };
}

function pathOf(root: string, key: string): string {
  if (!keyPattern.test(key) || key.length > longestKey) {
    throw new TypeError('unable to reach the file; its key may have a-z, 0-9, "_", "-" and "/" between them');
  }
  return join(root, ...key.split('/'));
}

async function put(
  path: string,
  unfinished: string,
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<StoredMedia> {
  const temporary = join(unfinished, randomUUID());
  try {
    const file = await open(temporary, 'wx', 0o600);
    let stored: StoredMedia;
    try {
      stored = await write(file, body, maxBytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return stored;
  } catch (error) {
    await rm(temporary, { force: true });
    throw isFull(error) ? new MediaFullError(error) : error;
  }
}

/** No space, no space left of a quota, or of what the process may write. */
const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && fullCodes.has(error.code);
}

async function write(file: FileHandle, body: ReadableStream<Uint8Array>, maxBytes: number): Promise<StoredMedia> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let headSize = 0;
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new MediaTooLargeError(maxBytes);
    hash.update(chunk);
    if (headSize < headBytes) {
      const part = chunk.slice(0, headBytes - headSize);
      head.push(part);
      headSize += part.byteLength;
    }
    await writeAll(file, chunk);
  }
  return { size, sha256: hash.digest('hex'), head: new Uint8Array(Buffer.concat(head)) };
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.byteLength;) {
    written += (await file.write(chunk, written)).bytesWritten;
  }
}

/** Makes the new name durable, not only the bytes. Windows cannot open a folder and needs no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function get(
  path: string,
  range: { readonly start: number; readonly end: number } | undefined,
): Promise<ReadableStream<Uint8Array> | null> {
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  return found?.isFile() ? readPart(path, range?.start ?? 0, Math.min(range?.end ?? Infinity, found.size - 1)) : null;
}

/** Opens the file with the first read, so that a stream nobody reads holds nothing. */
function readPart(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let file: FileHandle | null = null;
  let position = start;
  const close = async (): Promise<void> => {
    await file?.close();
    file = null;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          file ??= await open(path, 'r');
          const wanted = Math.max(0, Math.min(chunkBytes, end - position + 1));
          const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position);
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
          if (bytesRead === 0 || position > end) {
            await close();
            controller.close();
          }
        } catch (error) {
          await close();
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}

async function removeLeftovers(unfinished: string): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > unfinishedMs) await rm(path, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
