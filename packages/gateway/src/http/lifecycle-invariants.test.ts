import { conversationStatuses, type Conversation } from '@prosa/core/contract';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { updateWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { hour, minute } from '../clock.ts';
import { isChatOver, isInService, isOver, isWaiting, lifecycle, nextStatus } from '../domain/lifecycle.ts';
import type { LifecycleCommand } from '../domain/lifecycle.ts';
import { silentLog } from '../log.ts';
import { routeAll } from '../routing/router.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine } from '../testbed/engines.ts';
import { setQueue } from '../testbed/queues.ts';
import { runDueTimers } from '../timers/desk-timers.ts';

const phones = ['+5583999142210', '+5583988120042'];

/** Somebody does something to one of the conversations, or time passes. What is refused is refused. */
const often = ['write', 'accept', 'accept', 'close', 'send', 'route'] as const;
const steps = [
  ...[...often, ...often, 'decline', 'toQueue', 'toAgent', 'park', 'resume', 'save', 'discard', 'reopen'],
  ...['handOver', 'resolve', 'convertToQueue', 'convertToAgent', 'night', 'day', 'minutes', 'hours', 'timers'],
] as const;

const step = fc.record({
  what: fc.constantFrom(...steps),
  who: fc.integer({ min: 0, max: 2 }),
  which: fc.nat({ max: 5 }),
});
const story = fc.record({
  closePolicy: fc.constantFrom('none', 'form'),
  routing: fc.constantFrom('pull', 'offer', 'auto'),
  outOfHours: fc.constantFrom('triage', 'close', 'wait'),
  bot: fc.boolean(),
  night: fc.boolean(),
  /** What happens at the same moment, and what follows. */
  moments: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
    minLength: 8,
    maxLength: 20,
    size: 'max',
  }),
});
type Story = Parameters<Parameters<typeof story.map>[0]>[0];
type Step = Story['moments'][number][number];

interface World {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly people: readonly Caller[];
  readonly ids: readonly string[];
  readonly queueId: string;
}

async function build(desk: TestDesk, { bot, night, ...rules }: Omit<Story, 'moments'>): Promise<World> {
  const workspace = await desk.workspace('Cacau');
  const people = [
    await workspace.agent('ana', { expiresInSeconds: 30 * 24 * 3600 }),
    await workspace.agent('bruno', { expiresInSeconds: 30 * 24 * 3600 }),
    await workspace.agent('carla', { role: 'supervisor', expiresInSeconds: 30 * 24 * 3600 }),
  ];
  const ids: string[] = [];
  for (const caller of people) {
    const { id } = await whoAmI(caller);
    ids.push(id);
  }
  // As pages that hold a stream.
  await desk.database.transaction(async (tx) => {
    await tx.updateTable('agents').set({ connected: 1 }).where('id', 'in', ids).execute();
  });
  const { id: queueId } = await setQueue(workspace, {
    ...rules,
    hours: night ? [] : null,
    queueTimeoutMinutes: 120,
    expireUnanswered: true,
    inactivityMinutes: { whatsapp: 60 },
    reopenWithinMinutes: 30,
    messages: { queued: 'Fila {posicao}', started: 'Sou {atendente}', ended: 'Até logo', unavailable: 'Voltamos' },
  });
  if (bot) {
    const scope = { db: desk.database, clock: desk.clock };
    await updateWhatsAppChannel(scope, workspace.id, workspace.channel.id, { bot });
    // The testbed hands the row over as it was read.
    Object.assign(workspace.channel, { config: JSON.stringify({ bot }) });
  }
  for (const phone of phones) await workspace.customerSays(phone, 'Oi');
  return { desk, workspace, people, ids, queueId };
}

async function play(world: World, { what, who, which }: Step): Promise<void> {
  const { desk, workspace, people, ids, queueId } = world;
  const { server } = workspace;
  const caller = people[who] ?? server;
  const scope = { db: desk.database, clock: desk.clock };
  const rows = await rowsOf(world);
  const id = rows[which % Math.max(rows.length, 1)]?.id;
  const post = async (action: string, body?: object, by: Caller = caller) => {
    if (id === undefined) return;
    const { status } = await by.call('POST', `/v1/conversations/${id}/${action}`, body);
    expect([200, 403, 409], action).toContain(status);
  };
  const agentId = ids[which % ids.length];
  switch (what) {
    case 'write':
      return await workspace.customerSays(phones[which % phones.length] ?? '', 'Oi');
    case 'send':
      return await post('messages', { type: 'text', text: 'Bom dia' });
    case 'toQueue':
      return await post('transfer', { to: { queueId } });
    case 'toAgent':
      return await post('transfer', { to: { agentId } });
    case 'close':
    case 'save':
      return await post(what, {});
    case 'discard':
      return await post('discard', { reason: 'Engano' });
    case 'handOver':
      return await post('hand-over', {}, server);
    case 'resolve':
      return await post('resolve', undefined, server);
    case 'convertToQueue':
      return await post('convert', { queueId });
    case 'convertToAgent':
      return await post('convert', { agentId });
    case 'night':
    case 'day':
      return void (await setQueue(workspace, { hours: what === 'day' ? null : [] }));
    case 'minutes':
      return desk.clock.advance(20 * minute);
    case 'hours':
      return desk.clock.advance(7 * hour);
    case 'timers':
      return void (await runDueTimers({ ...scope, log: silentLog }));
    case 'route':
      return await routeAll(scope, silentLog);
    default:
      return await post(what);
  }
}

async function rowsOf({ desk, workspace }: World): Promise<ConversationRow[]> {
  return await desk.database.read
    .selectFrom('conversations')
    .selectAll()
    .where('workspaceId', '=', workspace.id)
    .orderBy('id')
    .execute();
}

async function timelineOf({ desk, workspace }: World) {
  return await desk.database.read
    .selectFrom('messages')
    .select(['id', 'conversationId', 'position', 'content'])
    .where('workspaceId', '=', workspace.id)
    .where('type', '=', 'event')
    .orderBy('conversationId')
    .orderBy('position')
    .execute();
}

type Snapshot = Awaited<ReturnType<typeof lookAt>>;

async function lookAt(world: World) {
  const rows = await rowsOf(world);
  const timeline = await timelineOf(world);
  return { rows: new Map(rows.map((row) => [row.id, row])), timeline };
}

function checkRow(row: ConversationRow): void {
  const { status, assigneeId, offeredTo, protocol, outcome, closedAt, endedAt, answeredAt } = row;
  const attended = isInService(status) || status === 'wrap_up';
  if (attended) expect(assigneeId, 'one who attends').not.toBeNull();
  if (isWaiting(status) || status === 'triage' || status === 'bot') expect(assigneeId, 'nobody yet').toBeNull();
  if (attended) expect(answeredAt).not.toBeNull();
  expect(offeredTo !== null, 'a card is out exactly while it is offered').toBe(status === 'offered');
  if (attended || isWaiting(status)) expect(protocol, 'a service has its number').not.toBeNull();
  expect(outcome !== null, 'what is over has an outcome').toBe(isChatOver(status));
  expect([closedAt !== null, endedAt !== null]).toEqual([isOver(status), isChatOver(status)]);
}

/** Whether commands of the table lead from one status to the other. */
function canReach(from: Conversation['status'], to: Conversation['status']): boolean {
  const seen = new Set<string>([from]);
  for (const status of seen) {
    for (const command of Object.keys(lifecycle[status as Conversation['status']])) {
      const next = nextStatus(status as Conversation['status'], command as LifecycleCommand);
      if (next !== null) seen.add(next);
    }
  }
  return seen.has(to);
}

function checkChange(before: Snapshot, after: Snapshot): void {
  for (const [id, was] of before.rows) {
    const is = after.rows.get(id);
    if (!is) throw new Error('a conversation is gone');
    if (was.protocol !== null) expect(is.protocol, 'never another number').toBe(was.protocol);
    if (was.answeredAt !== null) expect(is.answeredAt, 'first answered once').toBe(was.answeredAt);
    expect(is.version).toBeGreaterThanOrEqual(was.version);
    const told = (snapshot: Snapshot) => snapshot.timeline.filter(({ conversationId }) => conversationId === id);
    expect(told(after).slice(0, told(before).length), 'the timeline only grows').toEqual(told(before));
    if (is.status === was.status) continue;
    expect(is.version, 'a change of state is a version').toBeGreaterThan(was.version);
    expect(told(after).length, 'a change of state is told').toBeGreaterThan(told(before).length);
    expect(canReach(was.status as Conversation['status'], is.status as Conversation['status'])).toBe(true);
  }
}

async function checkAll(world: World, { rows }: Snapshot): Promise<void> {
  const all = [...rows.values()];
  for (const row of all) checkRow(row);
  const open = all.filter(({ status }) => !isChatOver(status)).map(({ contactId }) => contactId);
  expect(new Set(open).size, 'one open conversation of a contact').toBe(open.length);
  const numbers = all.flatMap(({ protocol }) => (protocol === null ? [] : [Number(protocol.slice(-6))]));
  const { desk, workspace } = world;
  const given = await desk.database.read
    .selectFrom('protocols')
    .select('number')
    .where('workspaceId', '=', workspace.id)
    .execute();
  expect(numbers.length, 'a number for a service, and none beside').toBe(given.length);
  // The count begins anew with the day.
  for (const day of new Set(given.map(({ number }) => number.slice(0, 8)))) {
    const ofDay = given.filter(({ number }) => number.startsWith(day));
    const counts = ofDay.map(({ number }) => Number(number.slice(8))).sort((a, b) => a - b);
    expect(counts, 'without gaps').toEqual(counts.map((_, index) => index + 1));
  }
}

forEachEngine((name, open) => {
  it('keeps what must hold, whatever people, customers, automations and time do at the same moment', async () => {
    const opened = await open();
    const desk = openDesk(opened.database);
    const seen = new Set<string>();
    try {
      await fc.assert(
        fc.asyncProperty(story, async ({ moments, ...setup }) => {
          const world = await build(desk, setup);
          let before = await lookAt(world);
          for (const moment of moments) {
            await Promise.all(moment.map((each) => play(world, each)));
            const after = await lookAt(world);
            checkChange(before, after);
            await checkAll(world, after);
            for (const { status } of after.rows.values()) seen.add(status);
            before = after;
          }
        }),
        { numRuns: name === 'postgres' ? 12 : 60, seed: 20261121 },
      );
    } finally {
      await desk.gateway.close();
      await opened.close();
    }
    // Otherwise it would prove nothing.
    const wanted = conversationStatuses.filter((status) => status !== 'awaiting_reply' && status !== 'expired');
    expect([...seen].sort()).toEqual(expect.arrayContaining(wanted));
  }, 180_000);
});
