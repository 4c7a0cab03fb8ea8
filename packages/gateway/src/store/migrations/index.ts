import type { Kysely } from 'kysely';
import * as initial from './0001-initial.ts';

export interface Migration {
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order; a name that has run is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
};
