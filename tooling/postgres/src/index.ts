export { createDatabase, startPostgres, type TestPostgres } from './server.ts';
