import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const profileHandlers: Handlers['profiles'] = {
  list: () => refuse('unavailable'),
  get: () => refuse('unavailable'),
  create: () => refuse('unavailable'),
  update: () => refuse('unavailable'),
  delete: () => refuse('unavailable'),
};
