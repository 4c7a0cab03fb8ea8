import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { marinaWaId, textMessage } from '../testbed/webhooks.ts';

const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
const appSecret = 'kill-test-app-secret';
const phoneNumberId = '109000000007777';
const rounds = 12;

let folder: string;
let port: number;
let child: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-kill-'));
  port = await freePort();
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true, force: true });
});

/** Meta, as far as it matters here: it sends until it hears 200, and then never again. */
it('loses nothing and doubles nothing, wherever a kill -9 strikes', async () => {
  const unanswered = new Set<number>();
  let next = 0;
  for (let round = 0; round < rounds; round++) {
    await start();
    const posts = [...unanswered, ...Array.from({ length: 10 }, () => next++)].map(async (number) => {
      unanswered.add(number);
      if (await post(number)) unanswered.delete(number);
    });
    // Somewhere between the first byte and well after the last answer.
    const delay = (round * 37) % 120;
    await Promise.race([Promise.all(posts), new Promise((resolve) => setTimeout(resolve, delay))]);
    await kill();
    await Promise.all(posts);
  }
  await start();
  for (const number of unanswered) expect(await post(number)).toBe(true);
  await expect.poll(pendingEnvelopes, { timeout: 20_000, interval: 50 }).toBe(0);
  await kill();

  const database = new DatabaseSync(join(folder, 'prosa.db'), { readOnly: true });
  const rows = database.prepare("SELECT provider_id AS id FROM messages WHERE direction = 'inbound'").all();
  const check = database.prepare('PRAGMA integrity_check').get();
  const open = database.prepare("SELECT count(*) AS n FROM conversations WHERE status <> 'closed'").get();
  database.close();
  const expected = Array.from({ length: next }, (_, number) => `wamid.${number}`);
  expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
  expect(check).toEqual({ integrity_check: 'ok' });
  expect(open).toEqual({ n: 1 });
}, 180_000);

async function start(): Promise<void> {
  child = spawn(process.execPath, ['--conditions=@prosa/source', bin, 'start'], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      PROSA_DATA_DIR: folder,
      PORT: String(port),
      WHATSAPP_ACCESS_TOKEN: 'token',
      WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
      WHATSAPP_BUSINESS_ACCOUNT_ID: '108000000007777',
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: 'verify',
      WHATSAPP_BASE_URL: 'http://127.0.0.1:9',
    },
  });
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(ready, { timeout: 20_000, interval: 20 }).toBe(true);
}

async function kill(): Promise<void> {
  const dying = child;
  child = null;
  if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
  await new Promise((resolve) => {
    dying.once('exit', resolve);
    dying.kill('SIGKILL');
  });
}

/** Whether it was answered with 200. */
async function post(number: number): Promise<boolean> {
  const metadata = { display_phone_number: '558330001000', phone_number_id: phoneNumberId };
  const value = {
    messaging_product: 'whatsapp',
    metadata,
    messages: [textMessage(`wamid.${number}`, `Mensagem ${number}`)],
  };
  const entry = [{ id: marinaWaId, changes: [{ field: 'messages', value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return await fetch(`http://127.0.0.1:${port}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${signature}` },
    body,
  }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

function pendingEnvelopes(): number {
  const database = new DatabaseSync(join(folder, 'prosa.db'), { readOnly: true });
  try {
    return Number(database.prepare("SELECT count(*) AS n FROM envelopes WHERE state = 'pending'").get()?.['n']);
  } finally {
    database.close();
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
}
