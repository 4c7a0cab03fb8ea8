import { createClient, type UploadProgress } from '@prosa/core';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk } from '../testbed/desk.ts';
import { listenOn } from '../testbed/desk-over-http.ts';
import { openEngine } from '../testbed/engines.ts';
import { pdfFile } from '../testbed/files.ts';

// Where there is no `XMLHttpRequest`, as in Node, a script is told all the same how far its file is.

const size = 600_000;
const file = new Blob([new Uint8Array(size).fill(7)]);
const attachment = { id: 'att_1', kind: 'document', fileName: 'a.pdf', status: 'ready', version: 1 };

let server: Server;
let baseUrl: string;
/** What the server does with a request, in their order; the last one stays. */
let answers: ((request: IncomingMessage, bytes: number) => readonly [number, unknown])[];
let received: number[];

beforeEach(async () => {
  answers = [() => [201, attachment]];
  received = [];
  server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      received.push(bytes);
      const [status, body] = (answers.length > 1 ? answers.shift()! : answers[0]!)(request, bytes);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function upload(signal?: AbortSignal) {
  const told: UploadProgress[] = [];
  const prosa = createClient({ baseUrl, token: 'prk_made_up', storage: null });
  const params = { fileName: 'a.pdf', onProgress: (progress: UploadProgress) => told.push(progress) };
  return { told, sent: prosa.attachments.upload(file, params, { signal }) };
}

it('tells how much of the file has left, up to the whole', async () => {
  const { told, sent } = upload();
  expect(await sent).toMatchObject({ id: 'att_1' });
  expect(received).toEqual([size]);
  expect(told.at(-1)).toEqual({ loadedBytes: size, totalBytes: size });
  expect(told.length).toBeGreaterThan(1);
  expect(told.map(({ loadedBytes }) => loadedBytes)).toEqual(
    told.map(({ loadedBytes }) => loadedBytes).toSorted((a, b) => a - b),
  );
});

it('sends the whole file again when the server fails', async () => {
  answers.unshift(() => [503, { code: 'unavailable', retryAfterSeconds: 0 }]);
  const { told, sent } = upload();
  await sent;
  expect(received).toEqual([size, size]);
  expect(told.filter(({ loadedBytes }) => loadedBytes === size)).toHaveLength(2);
});

it('rejects as aborted when it is given up on the way', async () => {
  const given = new AbortController();
  answers = [
    () => {
      given.abort();
      return [201, attachment];
    },
  ];
  await expect(upload(given.signal).sent).rejects.toMatchObject({ code: 'aborted' });
});

it('stores the file in the gateway as it is', async () => {
  const opened = await openEngine('sqlite');
  const desk = openDesk(opened.database);
  const listener = await listenOn(desk);
  const { token } = await (await desk.workspace('Cacau')).agent('ana', { name: 'Ana' });
  const prosa = createClient({ baseUrl: listener.url, token, storage: null });
  const whole = new Blob([pdfFile(), new Uint8Array(200_000)]);
  const told: number[] = [];
  const onProgress = ({ loadedBytes }: UploadProgress) => told.push(loadedBytes);
  expect(await prosa.attachments.upload(whole, { fileName: 'boleto.pdf', onProgress })).toMatchObject({
    mimeType: 'application/pdf',
    size: whole.size,
  });
  expect(told.at(-1)).toBe(whole.size);
  prosa.destroy();
  await listener.close({ deadlineMs: 1000 });
  await desk.gateway.close();
  await opened.close();
});
