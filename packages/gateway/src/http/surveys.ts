import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const surveyHandlers: Handlers['surveys'] = {
  list: () => refuse('unavailable'),
  get: () => refuse('unavailable'),
  create: () => refuse('unavailable'),
  update: () => refuse('unavailable'),
  send: () => refuse('unavailable'),
  responses: () => refuse('unavailable'),
  results: () => refuse('unavailable'),
};
