import { errorCodes, type ErrorCode, type Problem } from '@prosa/core/contract';
import type { Clock } from '../../clock.ts';
import { newId } from '../../domain/ids.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import type { SecretBox } from '../secret-box.ts';
import { openWhatsAppConfig, whatsAppKind, type WhatsAppConfig } from './config.ts';
import { readLimited } from './read-limited.ts';
import { isSameText, parseSignature, sha256Hex, signers, type Bytes } from './signature.ts';

export interface WebhookDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secretBox: SecretBox;
}

/** Meta sends at most 3 MB (Meta, "Webhooks", overview). */
export const webhookMaxBytes = 4 * 1024 * 1024;

interface WebhookChannel {
  readonly id: string;
  readonly config: WhatsAppConfig;
}

/**
 * Answers `/webhooks/whatsapp`: Meta's handshake (GET) and its deliveries (POST).
 * A delivery is answered 200 only when it is stored durably; it is processed afterwards.
 */
export async function handleWebhook(request: Request, deps: WebhookDeps): Promise<Response> {
  if (request.method === 'GET') return handshake(request, deps);
  if (request.method === 'POST') return delivery(request, deps);
  return problem(deps, 'method_not_allowed', { Allow: 'GET, POST' });
}

async function handshake(request: Request, deps: WebhookDeps): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const challenge = query.get('hub.challenge') ?? '';
  const token = query.get('hub.verify_token') ?? '';
  if (query.get('hub.mode') !== 'subscribe' || !/^[\x21-\x7e]{1,512}$/.test(challenge) || token === '') {
    return problem(deps, 'forbidden');
  }
  let channels: readonly WebhookChannel[];
  try {
    channels = await webhookChannels(deps);
  } catch (error) {
    return storageDown(deps, error);
  }
  const matches = await Promise.all(channels.map(({ config }) => isSameText(token, config.verifyToken)));
  if (!matches.includes(true)) return problem(deps, 'forbidden');
  return new Response(challenge, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  });
}

async function delivery(request: Request, deps: WebhookDeps): Promise<Response> {
  let channels: readonly WebhookChannel[];
  try {
    channels = await webhookChannels(deps);
  } catch (error) {
    return storageDown(deps, error);
  }
  const secrets = [...new Set(channels.flatMap(({ config }) => config.appSecrets))];
  if (secrets.length === 0) return problem(deps, 'unavailable', { 'Retry-After': '60' });

  const signature = parseSignature(request.headers.get('X-Hub-Signature-256'));
  if (signature === null) return problem(deps, 'unauthenticated');
  if (Number(request.headers.get('Content-Length')) > webhookMaxBytes) return problem(deps, 'payload_too_large');
  let bytes: Bytes | null;
  try {
    bytes = await readLimited(request.body, webhookMaxBytes);
  } catch {
    // The sender went away: nobody reads this.
    return problem(deps, 'malformed_json');
  }
  if (bytes === null) return problem(deps, 'payload_too_large');

  const valid = new Set(await signers(bytes, signature, secrets));
  const signed = channels.filter(({ config }) => config.appSecrets.some((secret) => valid.has(secret)));
  if (signed.length === 0) return problem(deps, 'unauthenticated');

  try {
    await storeEnvelope(
      bytes,
      signed.map(({ id }) => id),
      deps,
    );
  } catch (error) {
    return storageDown(deps, error);
  }
  deps.db.wake({ topic: 'envelopes' });
  return new Response('OK', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

/**
 * Stores it once: Meta repeats what it is not sure of, and a signature carries no time, so anyone could repeat it.
 * The same bytes signed by another app are another envelope, or whoever sent first could silence the right one.
 */
async function storeEnvelope(bytes: Bytes, channelIds: readonly string[], { db, clock }: WebhookDeps): Promise<void> {
  const signedFor = `${await sha256Hex(bytes)} ${channelIds.join(' ')}`;
  const digest = await sha256Hex(new TextEncoder().encode(signedFor));
  const text = textOf(bytes);
  const now = clock.now();
  const row = {
    id: newId('envelope', now),
    digest,
    body: text ?? `base64:${base64Of(bytes)}`,
    channelIds: JSON.stringify(channelIds),
    state: text === null ? 'failed' : 'pending',
    attempts: 0,
    runAt: now,
    error: text === null ? 'not UTF-8' : null,
    receivedAt: now,
    processedAt: text === null ? now : null,
  };
  await db.transaction(async (tx) => {
    await tx
      .insertInto('envelopes')
      .values(row)
      .onConflict((conflict) => conflict.column('digest').doNothing())
      .execute();
  });
}

/** `null` for what a text column cannot keep: it is no JSON either. */
function textOf(bytes: Bytes): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

async function webhookChannels({ db, log, secretBox }: Omit<WebhookDeps, 'clock'>): Promise<readonly WebhookChannel[]> {
  const rows = await db.read
    .selectFrom('channels')
    .select(['id', 'config'])
    .where('kind', '=', whatsAppKind)
    .orderBy('id')
    .execute();
  const channels: WebhookChannel[] = [];
  for (const row of rows) {
    try {
      channels.push({ id: row.id, config: await openWhatsAppConfig(row, secretBox) });
    } catch (error) {
      // One bad channel must not silence the others.
      log('error', 'channel configuration is not valid', { channelId: row.id, error: String(error) });
    }
  }
  return channels;
}

function storageDown(deps: WebhookDeps, error: unknown): Response {
  deps.log('error', 'webhook not stored', { error: nameOf(error) });
  return problem(deps, 'unavailable', { 'Retry-After': '5' });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** A problem document (RFC 9457). It says what, never why: the caller may be anyone. */
function problem({ clock }: WebhookDeps, code: ErrorCode, headers: Readonly<Record<string, string>> = {}): Response {
  const requestId = newId('request', clock.now());
  const { status, title } = errorCodes[code];
  const body: Problem = { type: `urn:prosa:problem:${code}`, title, status, code, requestId };
  return Response.json(body, {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId },
  });
}
