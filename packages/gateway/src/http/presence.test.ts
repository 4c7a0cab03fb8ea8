import { agentSchema, type Agent, type Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, second } from '../clock.ts';
import { createAgentStreams } from '../events/agent-streams.ts';
import { silentLog } from '../log.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, freshPostgres, type OpenDatabase } from '../testbed/engines.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';

const readings: StreamReading[] = [];

async function listen(desk: TestDesk, caller: Caller): Promise<StreamReading> {
  const headers = { authorization: `Bearer ${caller.token}` };
  const reading = await readStream(await desk.request('/v1/events', { headers }));
  readings.push(reading);
  return reading;
}

/** As another process on the same tables would. */
const sweepBeside = (desk: TestDesk) => createAgentStreams({ db: desk.database, clock: desk.clock }, silentLog).sweep();

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bruno: Caller;
  let chief: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    bruno = await workspace.agent('bruno', { name: 'Bruno' });
    chief = await workspace.agent('chefe', { name: 'Chefe', role: 'supervisor' });
    await Promise.all([ana, bruno, chief].map(whoAmI));
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  const say = (caller: Caller, body: unknown, who = 'me') =>
    caller.call<Agent & Problem>('PUT', `/v1/agents/${who}/presence`, body);
  const presenceOf = async (caller: Caller) => (await whoAmI(caller)).presence;

  it('refuses a state, a reason or a field that there is not, and changes nothing', async () => {
    const before = await whoAmI(ana);
    const refused: [unknown, string][] = [
      [{}, 'body.state'],
      [{ state: 'away' }, 'body.state'],
      [{ state: 'paused', pauseReason: 'Soneca' }, 'body.pauseReason'],
      [{ state: 'paused', pauseReason: '' }, 'body.pauseReason'],
      [{ state: 'online', pauseReason: 'Almoço' }, 'body.pauseReason'],
      [{ state: 'paused', until: 'noon' }, 'body.until'],
    ];
    for (const [body, path] of refused) {
      const answer = await say(ana, body);
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
    }
    expect(await whoAmI(ana)).toEqual(before);
  });

  it('pauses with a reason of the workspace, tells the team, and nothing when it is said again', async () => {
    const reading = await listen(desk, bruno);
    desk.clock.advance(second);
    const { status, body } = await say(ana, { state: 'paused', pauseReason: 'Almoço' });
    expect(status).toBe(200);
    expect(agentSchema.parse(body).presence).toEqual({
      state: 'paused',
      pauseReason: 'Almoço',
      connected: false,
      since: new Date(desk.clock.now()).toISOString(),
    });
    expect((await say(ana, { state: 'paused', pauseReason: 'Almoço' })).body.version).toBe(body.version);
    await say(ana, { state: 'online' });
    const told = (await reading.until(3)).slice(1);
    expect(told.map(({ data }) => data.type)).toEqual(['agent.updated', 'agent.updated']);
    expect(await presenceOf(ana)).toMatchObject({ state: 'online', pauseReason: null });
  });

  it('lets supervisors pause others, agents only themselves, and nobody an agent of another workspace', async () => {
    const { id } = await whoAmI(ana);
    const own = await say(ana, { state: 'offline' }, id);
    expect([own.status, own.body.presence.state]).toEqual([200, 'offline']);
    const refused = await say(bruno, { state: 'paused' }, id);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect((await say(chief, { state: 'paused', pauseReason: 'Reunião' }, id)).status).toBe(200);
    expect(await presenceOf(ana)).toMatchObject({ state: 'paused', pauseReason: 'Reunião' });
    expect((await say(workspace.server, { state: 'online' }, id)).status).toBe(200);
    const stranger = await (await desk.workspace('Deles')).agent('outra', { role: 'administrator' });
    expect((await say(stranger, { state: 'offline' }, id)).status).toBe(404);
    expect(await presenceOf(ana)).toMatchObject({ state: 'online' });
  });

  it('is connected while any page holds a stream, and gone once the last has left', async () => {
    expect((await presenceOf(ana)).connected).toBe(false);
    const [first, second_] = [await listen(desk, ana), await listen(desk, ana)];
    const { version } = await whoAmI(ana);
    expect((await presenceOf(ana)).connected).toBe(true);
    await first.stop();
    await sweepBeside(desk);
    expect(await whoAmI(ana)).toMatchObject({ version, presence: { connected: true } });
    await second_.stop();
    const rows = () => opened.database.read.selectFrom('agentStreams').selectAll().execute();
    await expect.poll(rows).toEqual([]);
    await sweepBeside(desk);
    expect((await presenceOf(ana)).connected).toBe(false);
    const row = await opened.database.read
      .selectFrom('agents')
      .select('disconnectedAt')
      .where('externalId', '=', 'ana')
      .executeTakeFirstOrThrow();
    expect(row.disconnectedAt).toBe(desk.clock.now());
  });

  it('says nothing when a page is loaded again', async () => {
    await (await listen(desk, ana)).stop();
    const { version } = await whoAmI(ana);
    await listen(desk, ana);
    await sweepBeside(desk);
    expect((await whoAmI(ana)).version).toBe(version);
  });

  it('forgets the streams of a process that died, after 45 seconds and not before', async () => {
    const { id: agentId } = await whoAmI(ana);
    const dead = createAgentStreams({ db: opened.database, clock: desk.clock }, silentLog);
    await dead.open({ workspaceId: workspace.id, agentId });
    desk.clock.advance(45 * second);
    await sweepBeside(desk);
    expect((await presenceOf(ana)).connected).toBe(true);
    desk.clock.advance(1);
    await sweepBeside(desk);
    expect((await presenceOf(ana)).connected).toBe(false);
    // It had only stood still.
    desk.clock.advance(second);
    await dead.sweep();
    expect((await presenceOf(ana)).connected).toBe(true);
    await dead.background.stop();
  });

  it('keeps a stream that its own process still holds, however much the clock jumps', async () => {
    const { id: agentId } = await whoAmI(ana);
    const living = createAgentStreams({ db: opened.database, clock: desk.clock }, silentLog);
    const leave = await living.open({ workspaceId: workspace.id, agentId });
    desk.clock.advance(hour);
    await living.sweep();
    expect((await presenceOf(ana)).connected).toBe(true);
    leave();
    leave();
    await living.background.stop();
    await sweepBeside(desk);
    expect((await presenceOf(ana)).connected).toBe(false);
  });

  it('refuses the stream of an agent who is deactivated, and leaves no row behind', async () => {
    const { id } = await whoAmI(ana);
    await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
    const headers = { authorization: `Bearer ${ana.token}` };
    const answer = await desk.request('/v1/events', { headers });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([401, 'agent_deactivated']);
    expect(await opened.database.read.selectFrom('agentStreams').selectAll().execute()).toEqual([]);
  });
});

describe('two gateways over one PostgreSQL', () => {
  it('ends the streams of a deactivated agent in both within five seconds', async () => {
    const url = await freshPostgres();
    const [one, two] = [await openPostgres({ url }), await openPostgres({ url })];
    await migrate(one);
    const [desk, elsewhere] = [openDesk(one), openDesk(two)];
    try {
      const workspace = await desk.workspace('Cacau');
      const ana = await workspace.agent('ana');
      const here = await listen(desk, ana);
      const there = await listen(elsewhere, ana);
      const { id } = await whoAmI(ana);
      const start = Date.now();
      await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
      await Promise.all([here.ended, there.ended]);
      expect(Date.now() - start).toBeLessThan(5000);
      for (const { frames } of [here, there]) {
        expect(frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'agent_deactivated' } });
      }
      await expect.poll(() => one.read.selectFrom('agentStreams').selectAll().execute()).toEqual([]);
      expect((await ana.call('GET', '/v1/agents/me')).status).toBe(401);
    } finally {
      await Promise.all([desk.gateway.close(), elsewhere.gateway.close()]);
      await Promise.all([one.close(), two.close()]);
    }
  });
});
