import { readConfig } from '../config.ts';
import { describeDatabase, openMigrated } from '../open-database.ts';
import { parse, type Command } from './command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the tables of the database up to date (start does it too)',
  usage: ['migrate'],
  async run(args, { env, print }) {
    parse(args, { options: {} });
    const config = readConfig(env);
    const { database, applied } = await openMigrated(config);
    await database.close();
    const done = applied.length === 0 ? 'was up to date' : `is up to date now (applied ${applied.join(', ')})`;
    print(`The database ${done}: ${describeDatabase(config)}`);
  },
};
