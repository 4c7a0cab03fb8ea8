import { permissions, type Conversation, type Permission, type Profile, type Queue } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { second } from '../clock.ts';
import { usualPermissions } from '../domain/permissions.ts';
import type { Caller } from '../testbed/desk.ts';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';
import type { Outcome } from '../testbed/queues.ts';
import { readStream } from '../testbed/read-stream.ts';

const marina = '+5583999142210';

/** What an administrator changes at one process holds at the other from the next request on. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let at: Processes;
  beforeAll(async () => {
    at = await openProcesses(engine);
  });
  afterAll(() => at.close());

  const may = async (process: GatewayProcess, caller: Caller) =>
    (await process.as(caller).call<{ permissions: Permission[] }>('GET', '/v1/agents/me/permissions')).body.permissions;
  const post = (process: GatewayProcess, caller: Caller, { id }: Conversation, action: string, body?: object) =>
    process.as(caller).call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const makeProfile = async ({ server }: ProcessWorkspace, name: string, without: readonly Permission[]) => {
    const left = permissions.filter((one) => !without.includes(one));
    return (await at.a.as(server).call<Profile>('POST', '/v1/profiles', { name, permissions: left })).body;
  };

  it.concurrent('the three roles may what they may, and a profile of your own holds at once', async ({ expect }) => {
    const workspace = await at.workspace('Cacau');
    const { server } = workspace;
    for (const role of ['agent', 'supervisor', 'administrator'] as const) {
      const person = await workspace.agent(role, role);
      expect((await may(at.b, person)).sort()).toEqual([...usualPermissions[role]].sort());
    }
    const [ana, lia] = [await workspace.agent('Ana'), await workspace.agent('Lia', 'supervisor')];
    const conversation = await workspace.says(at.a, marina, 'Oi');
    for (const process of [at.a, at.b]) {
      expect((await post(process, ana, conversation, 'discard', { reason: 'Engano' })).body.code).toBe('forbidden');
      expect((await process.as(lia).call('POST', '/v1/profiles', { name: 'Meu', permissions: [] })).status).toBe(403);
      const unknown = await process
        .as(server)
        .call<Outcome>('POST', '/v1/profiles', { name: '', permissions: ['all'] });
      expect([unknown.status, unknown.body.errors?.map(({ path }) => path)]).toEqual([
        422,
        ['body.name', 'body.permissions.0'],
      ]);
    }

    const profile = await makeProfile(workspace, 'Só olha', ['conversations.accept', 'search.use']);
    await at.a.as(server).call('PATCH', `/v1/agents/${ana.id}`, { profileId: profile.id });
    for (const process of [at.b, at.a]) {
      expect((await post(process, ana, conversation, 'accept')).body.code).toBe('forbidden');
      expect((await process.as(ana).call('GET', '/v1/search/conversations?q=oi')).status).toBe(403);
    }
    const inUse = await at.b.as(server).call<Outcome>('DELETE', `/v1/profiles/${profile.id}`);
    expect([inUse.status, inUse.body.code]).toEqual([409, 'in_use']);
    await at.b.as(server).call('PATCH', `/v1/profiles/${profile.id}`, { permissions });
    expect((await post(at.a, ana, conversation, 'accept')).status).toBe(200);
    await at.b.as(server).call('PATCH', `/v1/agents/${ana.id}`, { profileId: null });
    expect(await may(at.a, ana)).not.toContain('conversations.discard');
    expect((await at.a.as(server).call('DELETE', `/v1/profiles/${profile.id}`)).status).toBe(200);
  });

  it.concurrent(
    'who sees only their queues sees what changes there, in lists, streams and by id',
    async ({ expect }) => {
      const workspace = await at.workspace('Cacau');
      const { server } = workspace;
      const bia = await workspace.online(at.b, 'Bia');
      const { body: finance } = await at.a.as(server).call<Queue>('POST', '/v1/queues', {
        name: 'Financeiro',
        agentIds: [(await workspace.agent('Ana')).id],
      });
      const conversation = await workspace.says(at.a, marina, 'Oi');
      await post(at.a, server, conversation, 'transfer', { to: { queueId: finance.id } });
      const path = `/v1/conversations/${conversation.id}`;
      expect((await at.b.as(bia).call('GET', path)).status).toBe(200);
      const profile = await makeProfile(workspace, 'Só as suas filas', ['conversations.view_all']);
      await at.a.as(server).call('PATCH', `/v1/agents/${bia.id}`, { profileId: profile.id });
      for (const process of [at.b, at.a]) {
        expect((await process.as(bia).call('GET', path)).status).toBe(404);
        expect((await post(process, bia, conversation, 'accept')).status).toBe(404);
        expect((await process.as(bia).call('GET', '/v1/conversations')).body).toMatchObject({ data: [] });
      }
      const before = bia.stream.frames.length;
      const heard = () => JSON.stringify(bia.stream.frames.slice(before));
      await workspace.says(at.a, marina, 'Segredo');
      // What she may see was said after it: so she has been past it when the queue is opened to her.
      await workspace.says(at.a, '+5583988120042', 'Outro assunto');
      await expect.poll(heard, { timeout: 20_000 }).toContain('Outro assunto');
      await at.a.as(server).call('PATCH', `/v1/queues/${finance.id}`, { agentIds: [] });
      expect((await at.b.as(bia).call('GET', path)).status).toBe(200);
      await workspace.says(at.b, marina, 'Para todos');
      await expect.poll(heard, { timeout: 20_000 }).toContain('Para todos');
      expect(heard()).not.toContain('Segredo');
    },
  );

  it.concurrent('a deactivated agent is out of both within 5 s, open streams too', async ({ expect }) => {
    const workspace = await at.workspace('Cacau');
    const { server } = workspace;
    const here = await workspace.online(at.a, 'Bia');
    const there = await readStream(
      await at.b.request('/v1/events', { headers: { authorization: `Bearer ${here.token}` } }),
    );
    const conversation = await workspace.says(at.a, marina, 'Oi');
    expect((await post(at.b, here, conversation, 'accept')).status).toBe(200);
    const since = Date.now();
    await at.a.as(server).call('PATCH', `/v1/agents/${here.id}`, { active: false });
    // From the next request on, wherever it goes.
    const refused = await Promise.all([at.b, at.a].map((process) => post(process, here, conversation, 'park')));
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [401, 'agent_deactivated'],
      [401, 'agent_deactivated'],
    ]);
    await Promise.all([here.stream.ended, there.ended]);
    expect(Date.now() - since).toBeLessThan(5 * second);
    for (const { frames } of [here.stream, there]) {
      expect(frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'agent_deactivated' } });
    }
    const headers = { authorization: `Bearer ${here.token}` };
    for (const process of [at.a, at.b]) expect((await process.request('/v1/events', { headers })).status).toBe(401);
    await at.b.as(server).call('PATCH', `/v1/agents/${here.id}`, { active: true });
    expect((await at.a.as(here).call('GET', '/v1/agents/me')).status).toBe(200);
  });
});
