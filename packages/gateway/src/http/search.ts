import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const searchHandlers: Handlers['search'] = {
  conversations: () => refuse('unavailable'),
};
