import { SqliteQueryCompiler, type KyselyPlugin } from 'kysely';
import type { Database } from '../store/database.ts';

/** The database, and the queries that were put to it since `take` was last called: their text without their values. */
export function watchQueries(database: Database): { readonly database: Database; take(): readonly string[] } {
  const compiler = new SqliteQueryCompiler();
  let queries: string[] = [];
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      queries.push(compiler.compileQuery(node, queryId).sql);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return {
    database: {
      engine: database.engine,
      read: database.read.withPlugin(plugin),
      transaction: (work) => database.transaction((tx) => work(tx.withPlugin(plugin))),
      lock: (query) => database.lock(query),
      lockFree: (query) => database.lockFree(query),
      wake: (wake) => {
        database.wake(wake);
      },
      onWake: (listener) => database.onWake(listener),
      ping: () => database.ping(),
      isUniqueViolation: (error) => database.isUniqueViolation(error),
      close: () => database.close(),
    },
    take() {
      const taken = queries;
      queries = [];
      return taken;
    },
  };
}
