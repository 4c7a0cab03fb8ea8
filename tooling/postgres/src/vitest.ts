import type { TestProject } from 'vitest/node';
import { startPostgres } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of a running PostgreSQL; make a database of its own for each test file. */
    postgresUrl: string;
  }
}

/** One server for a whole vitest run: `globalSetup` of the projects that test against PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
