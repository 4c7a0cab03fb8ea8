import { permissions, type Agent, type Page, type Permission, type Problem, type Profile } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let boss: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    boss = await workspace.agent('chefe', { role: 'administrator' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const list = async () => (await boss.call<Page<Profile>>('GET', '/v1/profiles')).body.data;
  const create = (name: string, allowed: readonly Permission[]) =>
    boss.call<Profile & Problem>('POST', '/v1/profiles', { name, permissions: allowed });
  const give = (agentId: string, changes: object) =>
    boss.call<Agent & Problem>('PATCH', `/v1/agents/${agentId}`, changes);
  const allowedOf = async (caller: Caller) =>
    (await caller.call<{ permissions: Permission[] }>('GET', '/v1/agents/me/permissions')).body.permissions;

  it('has a profile for each role from the start, which can be changed but not deleted', async () => {
    const profiles = await list();
    expect(profiles.map(({ name, role }) => [name, role])).toEqual([
      ['Administrador', 'administrator'],
      ['Atendente', 'agent'],
      ['Supervisor', 'supervisor'],
    ]);
    expect(profiles[0]?.permissions).toEqual(permissions);
    const ofAgents = profiles[1]?.id ?? '';
    const deletion = await boss.call<Problem>('DELETE', `/v1/profiles/${ofAgents}`);
    expect([deletion.status, deletion.body.code]).toEqual([409, 'in_use']);
    const changed = await boss.call<Profile>('PATCH', `/v1/profiles/${ofAgents}`, {
      permissions: ['conversations.view_all', 'settings.edit', 'settings.edit'],
    });
    expect(changed.body).toMatchObject({
      name: 'Atendente',
      permissions: ['conversations.view_all', 'settings.edit'],
      version: 2,
    });
    // From the next request on.
    expect(await allowedOf(ana)).toEqual(['conversations.view_all', 'settings.edit']);
    expect((await ana.call('PATCH', '/v1/settings', { maxConcurrent: 2 })).status).toBe(200);
    expect((await ana.call<Problem>('GET', '/v1/settings')).body).toMatchObject({
      code: 'forbidden',
      detail: 'The profile of this agent does not have the permission settings.view.',
    });
  });

  it('is made, given, changed and deleted; what is not there or in use is refused', async () => {
    const { body: reader } = await create('Leitura', ['settings.view', 'conversations.view_all']);
    expect(reader).toMatchObject({ role: null, permissions: ['conversations.view_all', 'settings.view'] });
    const { id } = await whoAmI(ana);
    const given = await give(id, { profileId: reader.id, maxConcurrent: 3 });
    expect(given.body).toMatchObject({ profile: { id: reader.id, name: 'Leitura' }, maxConcurrent: 3 });
    expect(await allowedOf(ana)).toEqual(reader.permissions);
    expect((await boss.call<Problem>('DELETE', `/v1/profiles/${reader.id}`)).body.code).toBe('in_use');

    const { body: other } = await desk
      .workspace('Outra')
      .then(({ server }) => server.call<Profile>('POST', '/v1/profiles', { name: 'Deles', permissions: [] }));
    const alien = await give(id, { profileId: other.id, maxConcurrent: 9 });
    expect([alien.status, alien.body.errors?.[0]?.path]).toEqual([422, 'body.profileId']);
    expect((await create('Errado', ['queues.delete' as Permission])).body.errors?.[0]?.path).toBe('body.permissions.0');
    expect(await whoAmI(ana)).toMatchObject({
      profile: { id: reader.id },
      maxConcurrent: 3,
      version: given.body.version,
    });

    expect((await give(id, { profileId: null })).body).toMatchObject({ profile: null, maxConcurrent: 3 });
    expect((await boss.call('DELETE', `/v1/profiles/${reader.id}`)).body).toEqual({ deleted: true });
    expect((await boss.call('GET', `/v1/profiles/${reader.id}`)).status).toBe(404);
    expect(await list()).toHaveLength(3);
  });

  it('agrees on one of a deletion and an agent who is given the profile at the same moment', async () => {
    const { id } = await whoAmI(ana);
    for (let round = 0; round < 5; round++) {
      const { body: profile } = await create(`Rodada ${String(round)}`, []);
      const [deletion, gift] = await Promise.all([
        boss.call('DELETE', `/v1/profiles/${profile.id}`),
        give(id, { profileId: profile.id }),
      ]);
      expect([
        [200, 422],
        [409, 200],
      ]).toContainEqual([deletion.status, gift.status]);
      await give(id, { profileId: null });
    }
  });

  it('finds nothing where there is nothing, before it says what is forbidden', async () => {
    const { id } = await whoAmI(ana);
    const { body: nothing } = await create('Nada', []);
    await give(id, { profileId: nothing.id });
    await workspace.customerSays('+5583999142210', 'Oi');
    const waiting = await oldestWaiting(boss);
    const missing = waiting.id.replace(/.{4}$/, '0000');
    const paths = [
      (conversation: string) => ['GET', `/v1/conversations/${conversation}`, undefined],
      (conversation: string) => ['GET', `/v1/conversations/${conversation}/messages`, undefined],
      (conversation: string) => ['POST', `/v1/conversations/${conversation}/accept`, undefined],
      (conversation: string) => ['POST', `/v1/conversations/${conversation}/close`, {}],
      (conversation: string) => ['POST', `/v1/conversations/${conversation}/viewing`, { viewing: true }],
    ] as ((conversation: string) => [string, string, unknown])[];
    for (const path of paths) {
      expect((await ana.call(...path(missing))).status).toBe(404);
      expect((await ana.call(...path(waiting.id))).status).toBe(403);
    }
    expect((await oldestWaiting(boss)).version).toBe(waiting.version);
  });
});
