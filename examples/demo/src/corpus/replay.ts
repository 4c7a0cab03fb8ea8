import { createWhatsAppChannel } from '@prosa/gateway';
import { startGateway, type RunningGateway } from '@prosa/gateway/node';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peopleBefore } from './people-before.ts';
import type { Replayed } from './report.ts';
import { storedIn } from './stored.ts';

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

/**
 * A channel for each number that the envelope speaks of, and one in any case: without one nothing can be verified. All
 * are of the account that the envelope is about.
 */
async function connectNumbers({ database, workspace }: RunningGateway, { body }: Envelope): Promise<void> {
  const text = body.toString();
  const account = accountOf(text);
  const numbers = new Set(['100000000000000']);
  for (const [, id] of text.matchAll(/"phone_number_id"\s*:\s*"?(\w{1,64})/g)) if (id) numbers.add(id);
  for (const phoneNumberId of numbers) {
    await createWhatsAppChannel({ db: database, clock: { now: () => Date.now() } }, workspace.id, {
      settings: {
        phoneNumberId,
        businessAccountId: account ?? '100000000000001',
        accessToken: 'corpus-token',
        appSecrets: [appSecret],
        verifyToken: 'corpus-verify',
        baseUrl: 'http://127.0.0.1:9',
        graphVersion: 'v25.0',
      },
    });
  }
}

function accountOf(text: string): string | null {
  try {
    const { entry } = JSON.parse(text) as { readonly entry?: readonly { readonly id?: unknown }[] };
    const id = /"waba_id"\s*:\s*"(\d+)"/.exec(text)?.[1] ?? entry?.[0]?.id;
    return typeof id === 'string' && /^\d{5,20}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

async function replayOne(running: RunningGateway, { name, body }: Envelope): Promise<Replayed> {
  for (const before of peopleBefore(body)) {
    await post(running, Buffer.from(JSON.stringify(before)));
    await processed(running);
  }
  const known = await storedIn(running);
  const answered = await post(running, body);
  const repeated = await post(running, body);
  const envelope = await processed(running);
  return {
    name,
    answered,
    repeated,
    kept: envelope?.body === body.toString(),
    stored: await storedIn(running, known),
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

/** The newest envelope, once it has been processed. */
async function processed({ database }: RunningGateway) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const newest = database.read.selectFrom('envelopes').selectAll().orderBy('id', 'desc').limit(1);
    const row = await newest.executeTakeFirst();
    if (!row || row.state !== 'pending' || Date.now() > deadline) return row;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
