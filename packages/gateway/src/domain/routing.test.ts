import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candidatesOf,
  chooseAgents,
  compareCandidates,
  hasRoom,
  isAvailable,
  isThere,
  loadOf,
  withRefusal,
  type Candidate,
  type HeldConversation,
  type RoutingRules,
  type WaitingConversation,
} from './routing.ts';

const now = 1_800_000_000_000;
const none = { queue: null, workspace: null, origin: null };
const rules: RoutingRules = { limits: none, graceMs: 120_000, offerAgainMs: 60_000, now };
const waiting: WaitingConversation = { queueId: 'que_1', origin: 'whatsapp', refusals: [], preferred: null };

const held = (status: HeldConversation['status'], rest: Partial<HeldConversation> = {}): HeldConversation => ({
  queueId: 'que_1',
  origin: 'whatsapp',
  parkedIsFree: true,
  ...rest,
  status,
});

const agent = (id: string, rest: Partial<Candidate> = {}): Candidate => ({
  id,
  active: true,
  presence: 'online',
  connected: true,
  disconnectedAt: null,
  maxConcurrent: null,
  idleSince: now,
  held: [],
  place: 0,
  ...rest,
});

const chosen = (candidates: readonly Candidate[], conversation = waiting, over = rules) =>
  chooseAgents(conversation, candidates, over).agents.map(({ id }) => id);

describe('who can be asked', () => {
  it('is nobody who is deactivated, paused, offline, or never opened a page', () => {
    const away = [
      agent('a', { active: false }),
      agent('b', { presence: 'paused' }),
      agent('c', { presence: 'offline' }),
      agent('d', { connected: false }),
    ];
    expect(chosen(away)).toEqual([]);
  });

  it('still is whoever lost the connection less than the grace period ago', () => {
    const lost = (ms: number) => agent('a', { connected: false, disconnectedAt: now - ms });
    expect(isAvailable(lost(119_999), rules)).toBe(true);
    expect(isAvailable(lost(120_000), rules)).toBe(false);
    expect(isAvailable(lost(0), { now, graceMs: null })).toBe(false);
  });

  it('is told apart from who is there: a pause is no absence', () => {
    const states = ['online', 'paused', 'offline'] as const;
    expect(states.map((presence) => isThere(agent('a', { presence }), rules))).toEqual([true, true, false]);
    expect(isThere(agent('a', { active: false }), rules)).toBe(false);
    expect(isThere(agent('a', { connected: false }), rules), 'never opened a page').toBe(false);
  });

  it('is the members of the queue, or everybody where it has none', () => {
    const all = [agent('a'), agent('b'), agent('c')];
    expect(candidatesOf(['c', 'x', 'a'], all).map(({ id, place }) => [id, place])).toEqual([
      ['a', 2],
      ['c', 0],
    ]);
    expect(candidatesOf([], all).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('limits', () => {
  const three = [held('active'), held('offered', { queueId: 'que_2' }), held('active', { origin: 'webchat' })];
  const room = (maxConcurrent: number | null, limits: Partial<typeof rules.limits>, mine = three) =>
    hasRoom({ held: mine, maxConcurrent }, waiting, { ...none, ...limits });

  it('are looked for with the agent, the queue, the workspace, the origin; the first that is set decides', () => {
    expect(room(null, {})).toBe(true);
    expect([room(4, { queue: 1, workspace: 1, origin: 1 }), room(3, {})]).toEqual([true, false]);
    expect([room(null, { queue: 3, workspace: 1, origin: 1 }), room(null, { queue: 2 })]).toEqual([true, false]);
    expect([room(null, { workspace: 4, origin: 1 }), room(null, { workspace: 3 })]).toEqual([true, false]);
    expect([room(null, { origin: 3 }), room(null, { origin: 2 })]).toEqual([true, false]);
  });

  it('of zero give nothing', () => {
    expect(room(0, {}, [])).toBe(false);
  });

  it('count what is parked only where that keeps its place', () => {
    expect(room(1, {}, [held('pending')])).toBe(true);
    expect(room(1, {}, [held('pending', { parkedIsFree: false })])).toBe(false);
    expect(loadOf({ held: [held('pending'), held('active'), held('offered')] })).toBe(2);
  });
});

describe('the order', () => {
  it('is the preferred agent, the least loaded, the longest idle, the place in the queue', () => {
    const all = [
      agent('later', { place: 2 }),
      agent('sooner', { place: 1 }),
      agent('idle', { idleSince: now - 1, place: 3 }),
      agent('busy', { held: [held('active')], idleSince: 0 }),
      agent('known', { held: [held('active'), held('active')] }),
    ];
    expect(chosen(all, { ...waiting, preferred: 'known' })).toEqual(['known', 'idle', 'sooner', 'later', 'busy']);
    expect(chosen(all, { ...waiting, preferred: 'gone' })).toEqual(['idle', 'sooner', 'later', 'busy', 'known']);
  });

  const refusedBy = (...ids: string[]) => ({
    ...waiting,
    refusals: ids.map((agentId, i) => ({ agentId, at: now - ids.length + i })),
  });

  it('asks nobody twice before all were asked, and then whoever refused the longest ago', () => {
    const all = [agent('a'), agent('b'), agent('c')];
    expect(chosen(all, refusedBy('a'))).toEqual(['b', 'c']);
    expect(chosen(all, refusedBy('b', 'a'))).toEqual(['c']);
    expect(chosen(all, refusedBy('b', 'c', 'a'))).toEqual(['b', 'c', 'a']);
    expect(chosen(all, refusedBy('gone', 'b'))).toEqual(['a', 'c']);
  });

  it('leaves the only one who could take it alone for a while', () => {
    const full = agent('b', { maxConcurrent: 0 });
    const before = (ms: number) => ({ ...waiting, refusals: [{ agentId: 'a', at: now - ms }] });
    const choose = (ms: number, over = rules) => chooseAgents(before(ms), [agent('a'), full], over);
    expect(choose(59_999)).toEqual({ agents: [], refusedLately: true });
    expect(choose(60_000)).toMatchObject({ agents: [{ id: 'a' }], refusedLately: false });
    expect(choose(0, { ...rules, offerAgainMs: 0 })).toMatchObject({ agents: [{ id: 'a' }] });
    expect(chooseAgents(before(0), [full], rules), 'nobody has room').toEqual({ agents: [], refusedLately: false });
    expect(chooseAgents(refusedBy('a'), [], rules)).toEqual({ agents: [], refusedLately: false });
  });

  it('counts the last refusal of each', () => {
    const first = withRefusal(withRefusal([], { agentId: 'a', at: 1 }), { agentId: 'b', at: 2 });
    expect(withRefusal(first, { agentId: 'a', at: 3 })).toEqual([
      { agentId: 'b', at: 2 },
      { agentId: 'a', at: 3 },
    ]);
  });
});

describe('of any team, any limits and any history', () => {
  const heldOnes = fc.array(
    fc.record({
      queueId: fc.constantFrom('que_1', 'que_2', null),
      origin: fc.constantFrom('whatsapp' as const, 'webchat' as const),
      status: fc.constantFrom('active' as const, 'pending' as const, 'offered' as const),
      parkedIsFree: fc.boolean(),
    }),
    { maxLength: 5 },
  );
  const limit = fc.option(fc.integer({ min: 0, max: 4 }));
  const team = fc.uniqueArray(fc.stringMatching(/^[a-f]$/), { maxLength: 6 }).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          active: fc.boolean(),
          presence: fc.constantFrom('online' as const, 'online' as const, 'paused' as const, 'offline' as const),
          connected: fc.boolean(),
          disconnectedAt: fc.option(fc.integer({ min: now - 300_000, max: now })),
          maxConcurrent: limit,
          idleSince: fc.integer({ min: now - 3, max: now }),
          held: heldOnes,
          place: fc.nat(3),
        }),
      ),
    ),
  ) as fc.Arbitrary<Candidate[]>;
  const conversations = fc.record({
    queueId: fc.constantFrom('que_1', null),
    origin: fc.constantFrom('whatsapp' as const, 'webchat' as const),
    refusals: fc.uniqueArray(
      fc.record({ agentId: fc.stringMatching(/^[a-g]$/), at: fc.integer({ min: now - 120_000, max: now }) }),
      { maxLength: 6, selector: ({ agentId }) => agentId },
    ),
    preferred: fc.option(fc.stringMatching(/^[a-g]$/)),
  });
  const anyRules = fc.record({
    limits: fc.record({ queue: limit, workspace: limit, origin: limit }),
    graceMs: fc.option(fc.integer({ min: 5000, max: 200_000 })),
    offerAgainMs: fc.integer({ min: 0, max: 120_000 }),
    now: fc.constant(now),
  });

  it('asks only whom it may, leaves nobody out, and is the same whatever order the agents come in', () => {
    fc.assert(
      fc.property(conversations, team, anyRules, fc.func(fc.integer()), (conversation, candidates, over, shuffle) => {
        const { agents, refusedLately } = chooseAgents(conversation, candidates, over);
        const able = candidates.filter((one) => isAvailable(one, over) && hasRoom(one, conversation, over.limits));
        const refused = new Map(conversation.refusals.map(({ agentId, at }) => [agentId, at]));
        const unasked = able.filter(({ id }) => !refused.has(id));
        const expected = unasked.length > 0 ? unasked : refusedLately ? [] : able;
        expect(new Set(agents)).toEqual(new Set(expected));
        // It waits only when nobody at all could take it, or the only one said no a moment ago.
        expect(agents.length === 0).toBe(able.length === 0 || refusedLately);
        if (refusedLately) {
          expect(able).toHaveLength(1);
          expect(now - (refused.get(able[0]?.id ?? '') ?? 0)).toBeLessThan(over.offerAgainMs);
        }
        for (const { presence, active } of agents) expect([presence, active]).toEqual(['online', true]);

        const shuffled = [...candidates].sort((a, b) => shuffle(a.id) - shuffle(b.id));
        expect(chooseAgents(conversation, shuffled, over)).toEqual({ agents, refusedLately });
      }),
    );
  });

  it('is an order: of two neighbours the first is never the worse', () => {
    fc.assert(
      fc.property(conversations, team, anyRules, ({ preferred, ...rest }, candidates, over) => {
        const conversation = { ...rest, preferred, refusals: [] };
        const { agents } = chooseAgents(conversation, candidates, over);
        const compare = compareCandidates(preferred);
        for (const [i, one] of agents.entries()) {
          for (const other of agents.slice(i + 1)) {
            expect(compare(one, other)).toBeLessThan(0);
            expect(compare(other, one)).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('never lets an agent have more than the limit, however many are given', () => {
    fc.assert(
      fc.property(team, anyRules, fc.integer({ min: 1, max: 30 }), (candidates, over, arriving) => {
        let agents = candidates.map((one) => ({ ...one, held: [] as readonly HeldConversation[] }));
        let turnedAway = 0;
        for (let i = 0; i < arriving; i++) {
          const [next] = chooseAgents(waiting, agents, over).agents;
          if (!next) turnedAway += 1;
          agents = agents.map((one) => (one.id === next?.id ? { ...one, held: [...one.held, held('active')] } : one));
        }
        const given = agents.reduce((sum, one) => sum + one.held.length, 0);
        expect(given + turnedAway).toBe(arriving);
        for (const { held: mine, maxConcurrent } of agents) {
          const { queue, workspace, origin } = over.limits;
          expect(mine.length).toBeLessThanOrEqual(maxConcurrent ?? queue ?? workspace ?? origin ?? Infinity);
        }
        // Equal share: of those with room, none has two more than another.
        const open = agents.filter((one) => isAvailable(one, over) && hasRoom(one, waiting, over.limits)).map(loadOf);
        if (open.length > 0) expect(Math.max(...open) - Math.min(...open)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
