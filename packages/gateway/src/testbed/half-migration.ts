// Brings a database up to a migration that never ends, says so on stdout, and waits to be killed in the middle of it.
import { sql } from 'kysely';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { openSqlite } from '../node/sqlite/open-sqlite.ts';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations/index.ts';

const [place = '', cutAt = ''] = process.argv.slice(2);
const database = place.startsWith('postgres:') ? await openPostgres({ url: place }) : await openSqlite({ path: place });
await migrate(database, {
  migrations: Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [
      name,
      name !== cutAt
        ? migration
        : {
            async up(db, engine) {
              await migration.up(db, engine);
              await sql`create table halves (id text primary key)`.execute(db);
              process.stdout.write('half\n');
              await new Promise((resolve) => setTimeout(resolve, 60_000));
            },
          },
    ]),
  ),
});
