import type { Problem, Settings } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
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
    ana = await workspace.agent('ana');
    boss = await workspace.agent('chefe', { role: 'administrator' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const read = async () => (await ana.call<Settings>('GET', '/v1/settings')).body;
  const change = (body: unknown, caller = boss) => caller.call<Settings & Problem>('PATCH', '/v1/settings', body);

  it('refuses what is not valid, names each field, and changes nothing', async () => {
    const before = await read();
    const bad = await change({ timeZone: 'America/Lua', protocolFormat: 'abc' });
    expect([bad.status, bad.body.errors?.map(({ path }) => path)]).toEqual([
      422,
      ['body.timeZone', 'body.protocolFormat'],
    ]);
    for (const [body, path] of [
      [{ maxConcurrent: 0 }, 'body.maxConcurrent'],
      [{ origins: { sms: {} } }, 'body.origins.sms'],
      [{ origins: { whatsapp: { invite: 'sim' } } }, 'body.origins.whatsapp.invite'],
      [{ retentionDays: 30 }, 'body.retentionDays'],
      [{ pauseReasons: [''] }, 'body.pauseReasons.0'],
      [{ disconnectGraceSeconds: 1 }, 'body.disconnectGraceSeconds'],
      [{ colour: 'blue' }, 'body.colour'],
    ] as const) {
      const answer = await change(body);
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
    }
    expect((await change({ maxConcurrent: 3 }, ana)).status).toBe(403);
    expect(await read()).toEqual(before);
  });

  it('changes what is given, keeps the rest, and tells it once', async () => {
    const before = await read();
    expect(before).toMatchObject({ timeZone: 'America/Sao_Paulo', version: 1 });
    const changes = {
      timeZone: 'America/Recife',
      origins: { whatsapp: { transferToQueue: false } },
      pauseReasons: ['Almoço', 'Almoço', 'Treinamento'],
      disconnectGraceSeconds: null,
    };
    const { status, body } = await change(changes);
    expect([status, body]).toEqual([
      200,
      {
        ...before,
        timeZone: 'America/Recife',
        origins: { ...before.origins, whatsapp: { ...before.origins.whatsapp, transferToQueue: false } },
        pauseReasons: ['Almoço', 'Treinamento'],
        disconnectGraceSeconds: null,
        updatedAt: body.updatedAt,
        version: 2,
      },
    ]);
    expect((await change(changes)).body.version).toBe(2);
    expect(await read()).toEqual(body);
    const told = await opened.database.read
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'settings.updated')
      .execute();
    expect(told.map(({ data }) => JSON.parse(data) as unknown)).toEqual([{ settings: body }]);
  });

  it('loses none of two changes at the same moment, and is of one workspace only', async () => {
    await Promise.all([
      change({ maxConcurrent: 4 }),
      change({ retentionDays: 180 }),
      change({ protocolNotice: false }),
    ]);
    expect(await read()).toMatchObject({ maxConcurrent: 4, retentionDays: 180, protocolNotice: false, version: 4 });
    const other = await desk.workspace('Outra');
    expect((await other.server.call<Settings>('GET', '/v1/settings')).body).toMatchObject({ retentionDays: 90 });
  });
});
