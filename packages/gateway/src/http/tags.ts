import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const tagHandlers: Handlers['tags'] = {
  list: () => refuse('unavailable'),
  create: () => refuse('unavailable'),
  update: () => refuse('unavailable'),
  delete: () => refuse('unavailable'),
};
