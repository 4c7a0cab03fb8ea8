// Writes pairs of rows for ever and says on stdout which are committed: to be killed at any moment.
import { createQueue } from '../commands/save-queue.ts';
import { systemClock } from '../clock.ts';
import { openSqlite } from '../node/sqlite/open-sqlite.ts';
import { migrate } from '../store/migrate.ts';
import { runUnit } from '../store/unit.ts';

const [path = '', workspaceId = ''] = process.argv.slice(2);
const database = await openSqlite({ path });
await migrate(database);
await database.transaction((tx) =>
  tx
    .insertInto('workspaces')
    .values({ id: workspaceId, name: 'Loja', timeZone: 'America/Recife', createdAt: Date.now() })
    .execute(),
);
for (;;) {
  const { id } = await runUnit({ db: database, clock: systemClock }, workspaceId, (unit) =>
    createQueue(unit, { name: 'Fila' }),
  );
  process.stdout.write(`${id}\n`);
}
