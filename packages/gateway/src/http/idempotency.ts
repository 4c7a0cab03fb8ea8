import { clientIdSchema } from '@prosa/core/contract';
import { day } from '../clock.ts';
import { refuse } from '../domain/problems.ts';
import type { Database } from '../store/database.ts';
import type { Unit } from '../store/unit.ts';

/** A key answers the same for this long. */
export const idempotencyRetentionMs = 7 * day;

/** The `Idempotency-Key` that every request which changes something carries. */
export function idempotencyKeyOf(request: Request): string {
  const key = request.headers.get('idempotency-key');
  if (key === null) {
    refuse('idempotency_key_missing', {
      detail: 'Send a new random key for each change, and the same one to try again.',
    });
  }
  const valid = clientIdSchema.safeParse(key);
  if (!valid.success) {
    refuse('validation_failed', {
      errors: [{ path: 'header.Idempotency-Key', message: 'must be 8 to 128 visible ASCII characters' }],
    });
  }
  return valid.data;
}

export async function fingerprintOf(...parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Does the command once for its key, inside the command's own transaction: the key and its effect are committed
 * together or not at all. A second request with the key waits for the first and gets its answer. A refusal leaves no
 * trace, so it can be tried again.
 */
export async function once<Response>(
  unit: Unit,
  request: { readonly owner: string; readonly key: string; readonly fingerprint: string },
  command: () => Promise<Response>,
): Promise<{ readonly response: Response; readonly repeated: boolean }> {
  const { owner, key, fingerprint } = request;
  const { workspaceId } = unit;
  const taken = await unit.tx
    .insertInto('idempotencyKeys')
    .values({ workspaceId, owner, key, fingerprint, response: '', createdAt: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!taken) return { response: await answerOf<Response>(unit, request), repeated: true };
  const response = await command();
  await unit.tx
    .updateTable('idempotencyKeys')
    .set({ response: JSON.stringify(response) })
    .where('workspaceId', '=', workspaceId)
    .where('owner', '=', owner)
    .where('key', '=', key)
    .execute();
  return { response, repeated: false };
}

async function answerOf<Response>(
  unit: Unit,
  { owner, key, fingerprint }: { readonly owner: string; readonly key: string; readonly fingerprint: string },
): Promise<Response> {
  const row = await unit.tx
    .selectFrom('idempotencyKeys')
    .select(['fingerprint', 'response'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('owner', '=', owner)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (row.fingerprint !== fingerprint)
    refuse('idempotency_key_reused', { detail: 'Make a new key for another request.' });
  return JSON.parse(row.response) as Response;
}

export async function pruneIdempotencyKeys(db: Database, now: number): Promise<void> {
  await db.transaction((tx) =>
    tx
      .deleteFrom('idempotencyKeys')
      .where('createdAt', '<', now - idempotencyRetentionMs)
      .execute(),
  );
}
