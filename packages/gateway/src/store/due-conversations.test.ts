import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseQueueSettings } from '../domain/queue-settings.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';
import { timedOutIn, unanswered } from './due-conversations.ts';

const settings = parseQueueSettings(
  JSON.stringify({
    expireUnanswered: true,
    queueTimeoutMinutes: 5,
    inactivityMinutes: { whatsapp: 10, webchat: 10 },
    pendingMinutes: { whatsapp: 5, webchat: 5 },
  }),
);
const now = Date.UTC(2026, 10, 20, 12);

let opened: OpenDatabase;
beforeEach(async () => {
  opened = await openEngine('sqlite');
});
afterEach(() => opened.close());

/** How SQLite would find the rows: every step that reads conversations. */
async function planOf(query: ReturnType<typeof unanswered>): Promise<string> {
  const rows = await query.explain<{ detail: string }>(undefined, sql`query plan`);
  return rows.map(({ detail }) => detail).join('; ');
}

it('looks for timers in the indexes of what is open: a history of years slows no round down', async () => {
  const db = opened.database.read;
  expect(await planOf(unanswered(db, now).limit(100))).toBe(
    'SEARCH conversations USING INDEX conversations_awaiting (reply_deadline<?)',
  );
  const queue = { id: 'que_1', workspaceId: 'wsp_1', settings };
  const plans = await Promise.all(timedOutIn(db, queue, now).map((query) => planOf(query.limit(100))));
  expect(plans).toHaveLength(6);
  for (const plan of plans)
    expect(plan).toMatch(/^SEARCH conversations USING INDEX conversations_(open|mine|queued|waiting) /);
});
