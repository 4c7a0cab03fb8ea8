import { createWhatsAppChannel } from '@prosa/gateway';
import { startGateway, type RunningGateway } from '@prosa/gateway/node';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Replayed } from './report.ts';

export interface Envelope {
  readonly name: string;
  readonly body: Buffer;
}

const appSecret = 'corpus-app-secret';

/**
 * Posts each envelope twice to a gateway, and looks up what became of it. Each has a gateway of its own: collections of
 * examples use the same message ids again and again, and a gateway rightly takes each once.
 */
export async function replay(envelopes: readonly Envelope[]): Promise<readonly Replayed[]> {
  const results: Replayed[] = [];
  for (const envelope of envelopes) {
    const dataDir = mkdtempSync(join(tmpdir(), 'prosa-corpus-'));
    const running = await startGateway({ dataDir, fetch: nobodyAnswers });
    try {
      await connectNumbers(running, envelope);
      results.push(await replayOne(running, envelope));
    } finally {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  return results;
}

/** Nothing is sent to anybody: Meta is not there. */
const nobodyAnswers: typeof fetch = () => Promise.resolve(new Response('{}', { status: 503 }));

/** A channel for each number that the envelope speaks of, and one in any case: without one nothing can be verified. */
async function connectNumbers({ database, workspace }: RunningGateway, { body }: Envelope): Promise<void> {
  const numbers = new Set(['100000000000000']);
  for (const [, id] of body.toString().matchAll(/"phone_number_id"\s*:\s*"?(\w{1,64})/g)) if (id) numbers.add(id);
  for (const phoneNumberId of numbers) {
    await createWhatsAppChannel({ db: database, clock: { now: () => Date.now() } }, workspace.id, {
      settings: {
        phoneNumberId,
        businessAccountId: '100000000000001',
        accessToken: 'corpus-token',
        appSecrets: [appSecret],
        verifyToken: 'corpus-verify',
        baseUrl: 'http://127.0.0.1:9',
        graphVersion: 'v25.0',
      },
    });
  }
}

async function replayOne(running: RunningGateway, { name, body }: Envelope): Promise<Replayed> {
  const answered = await post(running, body);
  const repeated = await post(running, body);
  const envelope = await processed(running);
  return {
    name,
    answered,
    repeated,
    kept: envelope?.body === body.toString(),
    stored: await contentsOf(running),
    note: envelope?.error ?? null,
  };
}

async function post({ url }: RunningGateway, body: Buffer): Promise<number> {
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  const response = await fetch(`${url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body: new Uint8Array(body),
  });
  await response.arrayBuffer();
  return response.status;
}

/** This gateway has seen no other. */
async function processed({ database }: RunningGateway) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const row = await database.read.selectFrom('envelopes').selectAll().executeTakeFirst();
    if (!row || row.state !== 'pending' || Date.now() > deadline) return row;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What the envelope left in the store: `text`, `status read`. */
async function contentsOf({ database }: RunningGateway): Promise<string[]> {
  const messages = await database.read
    .selectFrom('messages')
    .select('type')
    .where('direction', '=', 'inbound')
    .orderBy('position')
    .execute();
  const statuses = await database.read.selectFrom('earlyStatuses').select('status').execute();
  return [...messages.map(({ type }) => type), ...statuses.map(({ status }) => `status ${status}`)];
}
