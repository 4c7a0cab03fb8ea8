import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const hsmHandlers: Handlers['hsm'] = {
  list: () => refuse('unavailable'),
  get: () => refuse('unavailable'),
  create: () => refuse('unavailable'),
  update: () => refuse('unavailable'),
  delete: () => refuse('unavailable'),
  sync: () => refuse('unavailable'),
};
