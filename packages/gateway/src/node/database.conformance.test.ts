import { expect, it } from 'vitest';
import { forEachEngine } from '../testing/engines.ts';

forEachEngine(
  (_name, open) => {
    it('keeps what a transaction wrote', async () => {
      const { database, close } = await open();
      await database.transaction((tx) =>
        tx
          .insertInto('workspaces')
          .values({ id: 'wsp_1', name: 'Loja', timeZone: 'America/Recife', createdAt: 1700000000000 })
          .execute(),
      );
      expect(await database.read.selectFrom('workspaces').selectAll().execute()).toEqual([
        { id: 'wsp_1', name: 'Loja', timeZone: 'America/Recife', createdAt: 1700000000000 },
      ]);
      await close();
    });
  },
  ['sqlite', 'sqlite file', 'postgres'],
);
