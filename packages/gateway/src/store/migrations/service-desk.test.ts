import type { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { usualPermissions } from '../../domain/permissions.ts';
import { forEachEngine } from '../../testbed/engines.ts';
import { listProfiles } from '../profiles.ts';
import { migrations } from './index.ts';

forEachEngine((_name, open) => {
  it('gives the workspaces that were there before a profile for each role', async () => {
    const { database, close } = await open({ empty: true });
    await database.transaction(async (tx) => {
      for (const [name, { up }] of Object.entries(migrations)) {
        if (name.startsWith('0004')) {
          const row = { name: 'Loja', time_zone: 'America/Recife', created_at: 1 };
          await tx
            .insertInto('workspaces' as never)
            .values([
              { id: 'wsp_1', ...row },
              { id: 'wsp_2', ...row },
            ] as never)
            .execute();
        }
        await up(tx as unknown as Kysely<unknown>, database.engine);
      }
    });
    for (const workspaceId of ['wsp_1', 'wsp_2']) {
      const { data } = await listProfiles(database.read, workspaceId, { limit: 10 });
      expect(data.map(({ name, role }) => [name, role])).toEqual([
        ['Administrador', 'administrator'],
        ['Atendente', 'agent'],
        ['Supervisor', 'supervisor'],
      ]);
      expect(data[1]?.permissions).toEqual(usualPermissions.agent);
    }
    await close();
  });
});
