import { behaviours as all } from './behaviours/index.ts';
import type { Behaviour as Tried, Need } from './behaviour.ts';

export type { Need };

/** One behaviour, as the report names it. */
export interface Behaviour extends Pick<Tried, 'id' | 'says' | 'needs'> {
  /** The part of the contract that a backend may leave out together with it. */
  readonly optional: string | null;
}

/** Everything that the kit tries, in the order of the report. */
export const behaviours: readonly Behaviour[] = all.map(({ id, says, needs = [], part }) => ({
  id,
  says,
  needs,
  optional: part?.name ?? null,
}));
