import { existsSync } from 'node:fs';
import { AdminError } from '../../admin/admin-error.ts';
import { startNewEpoch } from '../../admin/new-epoch.ts';
import { systemClock } from '../../clock.ts';
import { readConfig, type Environment } from '../config.ts';
import { openMigrated, sqlitePath } from '../open-database.ts';
import { countGatewayConnections } from '../postgres/connected-gateways.ts';
import { backupSqlite, restoreSqlite } from '../sqlite/backup-sqlite.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, type Command } from './command.ts';

const backup: Action = async (args, { env, print, note }) => {
  const target = fileOf(args);
  const path = sqliteOf(env, 'back up', 'pg_dump');
  if (!existsSync(path)) {
    throw new AdminError(`unable to back up; there is no database at ${path}. Set PROSA_DATA_DIR as for the gateway.`);
  }
  const { bytes } = await backupSqlite(path, target);
  print(`${target} is a whole copy of the database: ${bytes} bytes`);
  note('Files that people sent are not in it: copy the media folder now, after the database.');
};

const restore: Action = async (args, { env, print, note }) => {
  const path = sqliteOf(env, 'restore', 'pg_restore, then prosa-gateway db new-epoch');
  const { kept, unconfirmed, cancelled } = await restoreSqlite(fileOf(args), path);
  print(`The database is restored: ${path}`);
  if (kept !== null) note(`What was there before is kept: ${kept}`);
  noteUnconfirmed(unconfirmed, note);
  noteCancelled(cancelled, note);
};

const newEpoch: Action = async (args, { env, print, note }) => {
  parse(args, { options: {} });
  const config = readConfig(env);
  if (config.databaseUrl !== null && (await countGatewayConnections(config.databaseUrl)) > 0) {
    throw new AdminError('unable to begin a new epoch; a gateway is connected to the database. Stop it first.');
  }
  const { database } = await openMigrated(config);
  try {
    const { unconfirmed, cancelled } = await startNewEpoch({ db: database, clock: systemClock });
    print('The database has a new epoch: who was connected before loads everything anew.');
    noteUnconfirmed(unconfirmed, note);
    noteCancelled(cancelled, note);
  } finally {
    await database.close();
  }
};

function fileOf(args: readonly string[]): string {
  const { positionals } = parse(args, { options: {}, allowPositionals: true });
  const [file = ''] = takePositionals(positionals, ['file']);
  return file;
}

function sqliteOf(env: Environment, verb: string, instead: string): string {
  const { databaseUrl, dataDir } = readConfig(env);
  if (databaseUrl === null) return sqlitePath(dataDir);
  throw new AdminError(`unable to ${verb}; the data is in PostgreSQL, use its own tools: ${instead}.`);
}

function noteUnconfirmed(count: number, note: (line: string) => void): void {
  if (count === 0) return;
  note(`${count} messages waited to be sent. They may have left after the backup: they are shown as unconfirmed.`);
}

function noteCancelled(count: number, note: (line: string) => void): void {
  if (count === 0) return;
  note(`${count} dispatches had begun. Whom they reached after the backup is not known: they are cancelled.`);
}

export const dbCommand: Command = {
  name: 'db',
  summary: 'back up and restore the database',
  usage: ['db backup <file>', 'db restore <file>', 'db new-epoch'],
  run: (args, context) => runAction({ backup, restore, 'new-epoch': newEpoch }, args, context),
};
