import type { Agent, Conversation, ConversationCounts, ConversationOutcome } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { day, hour, minute, second } from '../clock.ts';
import { isInService } from '../domain/lifecycle.ts';
import { readLog, toldStates, type LoggedEvent } from '../testbed/conversation-log.ts';
import { allOf, offerSeconds, openDayDesk, type DayAgent, type DayDesk } from '../testbed/day-desk.ts';
import { chance, arrivalTicks, planDay, type PlannedCustomer } from '../testbed/day-plan.ts';
import type { Outcome } from '../testbed/queues.ts';
import { openSharedDesk } from '../testbed/shared-desk.ts';

const seed = 4;
const tick = 5 * minute;
/** From here on whoever gets a conversation from a colleague has to accept it. */
const acceptanceFrom = 24;
/** From here on an agent is lost as soon as they have something to lose. */
const lostFrom = 27;
const lastTick = 200;

/** What was done in the day, as those who did it remember it. */
interface Ledger {
  /** By customer: how often their card was answered or ignored. */
  readonly cards: Map<number, number>;
  readonly moved: Set<number>;
  readonly parked: Map<number, number>;
  /** Whose agent was lost, and who asked for an answer. */
  readonly asked: Set<string>;
  /** By agent: how many services ended with them. */
  readonly finished: Map<string, number>;
  /** By conversation and agent: for how many ticks. */
  readonly attended: Map<string, number>;
  accepted: number;
  declined: number;
  ignored: number;
  taken: number;
  toAgents: number;
  toQueues: number;
  saved: number;
}

interface Day {
  readonly desk: DayDesk;
  readonly plan: readonly PlannedCustomer[];
  readonly ledger: Ledger;
  now: number;
  lost: DayAgent | null;
  readonly paused: Set<string>;
}

const lunchOf = (index: number) => 14 + (index % 4) * 5;

function planned({ plan, desk }: Day, conversation: Conversation): PlannedCustomer {
  const customer = plan[desk.customerOf(conversation)];
  if (!customer) throw new Error('nobody planned this');
  return customer;
}

function noteFinished({ ledger }: Day, { assignee }: Conversation): void {
  if (assignee) ledger.finished.set(assignee.id, (ledger.finished.get(assignee.id) ?? 0) + 1);
}

const post = (by: DayAgent['caller'], { id }: Conversation, command: string, body?: object) =>
  by.call<Outcome>('POST', `/v1/conversations/${id}/${command}`, body);

async function must(reply: ReturnType<typeof post>): Promise<Conversation> {
  const { status, body } = await reply;
  expect([status, body.code, body.detail]).toEqual([200, undefined, undefined]);
  return body;
}

const isThere = ({ lost, paused }: Day, { id }: DayAgent) => id !== lost?.id && !paused.has(id);

/** Everybody who was offered a card accepts it, refuses it, or does not see it. */
async function answerCards(today: Day): Promise<void> {
  const { desk, ledger } = today;
  const offered = await allOf(desk.workspace.server, '&status=offered');
  await Promise.all(
    offered.map(async (conversation) => {
      const agent = desk.agents.find(({ id }) => id === conversation.offer?.agent.id);
      if (!agent) throw new Error('a card of nobody');
      const { index } = planned(today, conversation);
      const asked = ledger.cards.get(index) ?? 0;
      ledger.cards.set(index, asked + 1);
      const mood = isThere(today, agent) ? chance(seed, 'card', index, asked) : 1;
      if (mood < 0.6) {
        await must(post(agent.caller, conversation, 'accept'));
        ledger.accepted += 1;
      } else if (mood < 0.8) {
        await must(post(agent.caller, conversation, 'decline'));
        ledger.declined += 1;
      } else ledger.ignored += 1;
    }),
  );
}

const untouched = ['leaves waiting', 'waits in vain', 'discarded'];

/** Two agents at a time take who waits longest where nobody is given: one gets it. */
async function takeWaiting(today: Day): Promise<void> {
  const { desk, ledger, now } = today;
  const waiting = await allOf(desk.workspace.server, `&tab=waiting&queueId=${desk.queueIds.pull}`);
  const there = desk.agents.filter((agent) => isThere(today, agent));
  for (const [place, conversation] of waiting.entries()) {
    const { fate } = planned(today, conversation);
    if (conversation.status !== 'queued' || untouched.includes(fate)) continue;
    const rivals = [0, 1].flatMap((step) => there[(now + place * 2 + step) % there.length] ?? []);
    const replies = await Promise.all(rivals.map(({ caller }) => post(caller, conversation, 'accept')));
    const won = replies.filter(({ status }) => status === 200);
    expect(replies.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    if (won.length === 0) for (const { body } of replies) expect(body.code).toBe('agent_at_limit');
    else expect(won).toHaveLength(1);
    ledger.taken += won.length;
  }
}

/** What an agent does with each conversation they have. */
async function work(today: Day, agent: DayAgent): Promise<void> {
  const { ledger } = today;
  for (const conversation of await allOf(agent.caller, '&tab=mine')) {
    const customer = planned(today, conversation);
    if (conversation.status === 'wrap_up') await saveRecord(today, agent.caller, conversation, customer);
    if (conversation.status !== 'active') continue;
    const place = `${conversation.id} ${agent.id}`;
    const ticks = (ledger.attended.get(place) ?? 0) + 1;
    ledger.attended.set(place, ticks);
    if (conversation.lastMessage?.direction === 'inbound' || conversation.unreadCount > 0) {
      await must(post(agent.caller, conversation, 'read'));
      expect((await post(agent.caller, conversation, 'messages', { type: 'text', text: 'Bom dia' })).status).toBe(200);
    }
    await proceed(today, agent, conversation, customer, ticks);
  }
}

async function proceed(
  today: Day,
  { id, caller }: DayAgent,
  conversation: Conversation,
  { index, fate, lasts, outcome }: PlannedCustomer,
  ticks: number,
): Promise<void> {
  const { desk, ledger, now } = today;
  if (fate === 'silent' || fate === 'leaves in service') return;
  if (fate === 'to agent' && !ledger.moved.has(index)) {
    const others = desk.agents.filter((agent) => agent.id !== id && isThere(today, agent));
    const agentId = others[index % others.length]?.id ?? '';
    await must(post(caller, conversation, 'transfer', { to: { agentId }, reason: 'Conhece o caso' }));
    ledger.moved.add(index);
    ledger.toAgents += 1;
  } else if (fate === 'to queue' && !ledger.moved.has(index)) {
    const to = conversation.queue?.id === desk.queueIds.offer ? desk.queueIds.auto : desk.queueIds.offer;
    await must(post(caller, conversation, 'transfer', { to: { queueId: to } }));
    ledger.moved.add(index);
    ledger.toQueues += 1;
  } else if (fate === 'parked' && !ledger.parked.has(index)) {
    await must(post(caller, conversation, 'park'));
    ledger.parked.set(index, now);
  } else if (ticks >= lasts) {
    const closed = await must(post(caller, conversation, 'close', { outcome }));
    if (closed.status === 'closed') noteFinished(today, closed);
  }
}

/** Every third forgets the field that the queue asks for. */
async function saveRecord(
  today: Day,
  by: DayAgent['caller'],
  conversation: Conversation,
  { index }: PlannedCustomer,
): Promise<void> {
  if (index % 3 === 0) {
    expect((await post(by, conversation, 'save', {})).body.code).toBe('record_incomplete');
  }
  noteFinished(today, await must(post(by, conversation, 'save', { category: 'Outros' })));
  today.ledger.saved += 1;
}

/** Customers begin, come back, lose patience, and ask again whoever does not answer. */
async function customersAct(today: Day, all: readonly Conversation[]): Promise<void> {
  const { desk, plan, ledger, now, lost } = today;
  for (const customer of plan) if (customer.arrives === now) await desk.writes(customer, 'Oi');
  for (const conversation of all) {
    const customer = planned(today, conversation);
    const { index, fate, arrives } = customer;
    const { status, assignee } = conversation;
    if (isInService(status) && assignee?.id === lost?.id) {
      ledger.asked.add(conversation.id);
      await desk.writes(customer, 'Ainda aí?');
    } else if (status === 'pending' && (ledger.parked.get(index) ?? now) <= now - 3)
      await desk.writes(customer, 'Achei');
    const tired = fate === 'leaves waiting' && status === 'queued' && arrives <= now - 2;
    const done = fate === 'leaves in service' && status === 'active';
    if (tired || done) {
      const path = `/conversations/${conversation.id}/close`;
      expect((await desk.visitor(customer).call('POST', path, {})).status).toBe(200);
      noteFinished(today, conversation);
    }
  }
}

async function supervise(today: Day, all: readonly Conversation[]): Promise<void> {
  const { desk, lost, now } = today;
  for (const conversation of all) {
    const customer = planned(today, conversation);
    const { status, assignee } = conversation;
    if (customer.fate === 'discarded' && status === 'queued' && customer.arrives <= now - 3) {
      await must(post(desk.supervisor, conversation, 'discard', { reason: 'Propaganda' }));
    }
    if (status === 'wrap_up' && assignee?.id === lost?.id) {
      await saveRecord(today, desk.supervisor, conversation, customer);
    }
  }
}

/** Lunch, one after another; one agent's connection is lost for the rest of the day. */
async function staff(today: Day, all: readonly Conversation[]): Promise<void> {
  const { desk, paused, now } = today;
  if (now >= lostFrom && !today.lost) {
    const served = all.filter(({ status }) => isInService(status));
    const holds = ({ id }: DayAgent) => served.filter(({ assignee }) => assignee?.id === id).length;
    today.lost = desk.agents.find((agent) => holds(agent) > 1) ?? null;
    if (today.lost) await desk.lose(today.lost);
  }
  for (const [index, { id, caller }] of desk.agents.entries()) {
    const begins = now === lunchOf(index);
    if (begins || now === lunchOf(index) + 4) {
      const body = begins ? { state: 'paused', pauseReason: 'Almoço' } : { state: 'online' };
      expect((await caller.call('PUT', '/v1/agents/me/presence', body)).status).toBe(200);
      if (begins) paused.add(id);
      else paused.delete(id);
    }
  }
  if (now === acceptanceFrom) {
    await desk.workspace.server.call('PATCH', '/v1/settings', { origins: { whatsapp: { transferNeedsAccept: true } } });
  }
}

async function liveTick(today: Day): Promise<void> {
  const { desk } = today;
  const { shared, workspace } = desk;
  const [{ clock }] = shared.desks;
  const all = await allOf(workspace.server, '&tab=all');
  await staff(today, all);
  await customersAct(today, all);
  await supervise(today, all);
  for (let round = 0; round < 2; round++) {
    await shared.route();
    await answerCards(today);
    clock.advance(offerSeconds * second);
  }
  await takeWaiting(today);
  const present = desk.agents.filter(({ id }) => id !== today.lost?.id);
  await Promise.all([...present.map((agent) => work(today, agent)), shared.route(), shared.timers()]);
  await answerCards(today);
  clock.advance(tick - 2 * offerSeconds * second);
  await shared.timers();
}

const countBy = <Item, Key extends string>(items: readonly Item[], keyOf: (item: Item) => Key) => {
  const counts: Partial<Record<Key, number>> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};

const newLedger = (): Ledger => ({
  cards: new Map(),
  moved: new Set(),
  parked: new Map(),
  asked: new Set(),
  finished: new Map(),
  attended: new Map(),
  ...{ accepted: 0, declined: 0, ignored: 0, taken: 0, toAgents: 0, toQueues: 0, saved: 0 },
});

/** What the log told, first to last. */
function linesOf(log: readonly LoggedEvent[]) {
  return log.flatMap(({ type, message }) =>
    type === 'message.created' && message?.content.type === 'event' ? [message.content.event] : [],
  );
}

/** Nothing is given to whoever is paused: the log has everything in the order in which it was committed. */
function checkPauses(log: readonly LoggedEvent[]): void {
  const states = new Map<string, Agent['presence']['state']>();
  for (const { type, agent, conversation, message } of log) {
    if (agent) states.set(agent.id, agent.presence.state);
    const line = message?.content.type === 'event' ? message.content.event : null;
    if (line?.name === 'assigned') expect(states.get(line.to.id)).toBe('online');
    if (type === 'offer.created' && conversation?.offer?.from === null) {
      expect(states.get(conversation.offer.agent.id)).toBe('online');
    }
  }
}

describe.each(['sqlite', 'postgres'] as const)('%s', (engine) => {
  it('ends a day of two hundred conversations and twelve agents with the right counts', async () => {
    const shared = await openSharedDesk(engine);
    const plan = planDay(seed);
    const desk = await openDayDesk(shared, plan);
    const { workspace, agents } = desk;
    const today: Day = { desk, plan, ledger: newLedger(), now: 0, lost: null, paused: new Set() };
    const { ledger } = today;
    const counts = async (caller = workspace.server) =>
      (await caller.call<ConversationCounts>('GET', '/v1/conversations/counts')).body;
    try {
      const forgotten = plan.filter(({ fate }) => fate === 'expires').length;
      for (; today.now < lastTick; today.now += 1) {
        await liveTick(today);
        if (today.now >= arrivalTicks && (await counts()).all === forgotten) break;
      }
      expect(await counts()).toEqual({ waiting: forgotten, unread: 0, mine: 0, all: forgotten });
      // The next day, those whom nobody ever answered cannot be answered any more.
      shared.desks[0].clock.advance(day + hour);
      await shared.timers();

      const all = await allOf(workspace.server);
      const outcomeOf = (customer: PlannedCustomer): ConversationOutcome => customer.outcome;
      expect(all).toHaveLength(200);
      expect(countBy(all, ({ status }) => status)).toEqual({ closed: 197, expired: 3 });
      expect(countBy(all, ({ outcome }) => outcome ?? 'inactivity')).toEqual(countBy(plan, outcomeOf));
      for (const one of all) expect(one.outcome).toBe(planned(today, one).outcome);
      expect(all.filter(({ answeredAt }) => answeredAt !== null)).toHaveLength(181);
      const unserved = all.filter(({ answeredAt }) => answeredAt === null);
      expect(countBy(unserved, ({ outcome }) => outcome ?? 'inactivity')).toEqual({
        abandoned_client: 6,
        queue_timeout: 6,
        discarded: 4,
        window_expired: 3,
      });

      const numbers = Array.from({ length: 200 }, (_, index) => String(index + 1).padStart(8, '0'));
      expect(all.map(({ protocol }) => protocol).sort()).toEqual(numbers);

      expect(await counts()).toEqual({ waiting: 0, unread: 0, mine: 0, all: 0 });
      const perAgent = await Promise.all(
        agents.map(async ({ id, caller }) => {
          expect(await counts(caller)).toEqual({ waiting: 0, unread: 0, mine: 0, all: 0 });
          return (await allOf(workspace.server, `&agentId=${id}`)).length;
        }),
      );
      expect(perAgent, 'as those who finished them remember').toEqual(
        agents.map(({ id }) => ledger.finished.get(id) ?? 0),
      );
      expect(perAgent.reduce((sum, count) => sum + count)).toBe(181);

      const log = await readLog(desk.shared.desks[0].database, workspace.id);
      const told = toldStates();
      told.take(log);
      for (const { id, status, version } of all) expect(told.of(id)).toMatchObject({ status, version });
      for (const [index, { occurredAt }] of log.entries()) {
        expect(occurredAt).toBeGreaterThanOrEqual(log[index - 1]?.occurredAt ?? 0);
      }
      checkPauses(log);
      const events = countBy(log, ({ type }) => type);
      expect(events).toMatchObject({
        'conversation.created': 200,
        'protocol.assigned': 200,
        'conversation.closed': 197,
        'conversation.expired': 3,
        'offer.accepted': ledger.accepted,
        'offer.declined': ledger.declined,
        'offer.timed_out': ledger.ignored,
        'offer.created': ledger.accepted + ledger.declined + ledger.ignored,
        'conversation.transferred': ledger.toAgents + ledger.toQueues,
        'conversation.pending': 12,
      });
      const lines = countBy(linesOf(log), ({ name }) => name);
      expect(lines).toMatchObject({ accepted: ledger.taken + ledger.accepted, recorded: ledger.saved });
      expect([ledger.toAgents, ledger.toQueues]).toEqual([20, 15]);
      // Whoever lost their agent and asked again got another one.
      const requeued = log.flatMap(({ message }) => {
        const line = message?.content.type === 'event' ? message.content.event : null;
        return line?.name === 'requeued' ? [{ id: message?.conversationId, from: line.from.id }] : [];
      });
      expect(ledger.asked.size).toBeGreaterThan(1);
      expect(requeued.map(({ id }) => id)).toEqual(expect.arrayContaining([...ledger.asked]));
      expect(new Set(requeued.map(({ from }) => from))).toEqual(new Set([today.lost?.id]));

      // Who listened at either gateway heard all of it, in this order.
      const types = log.filter(({ seq }) => seq > desk.since).map(({ type }) => type);
      for (const { frames } of desk.heard) {
        await expect.poll(() => frames.length, { timeout: 15 * second }).toBe(types.length + 1);
        expect(frames.slice(1).map(({ data }) => data.type)).toEqual(types);
      }
    } finally {
      await desk.close();
      await shared.close();
    }
  }, 180_000);
});
