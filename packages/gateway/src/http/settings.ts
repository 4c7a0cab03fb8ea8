import { refuse } from '../domain/problems.ts';
import { getSettings } from '../store/settings.ts';
import type { Handlers } from './handlers.ts';

export const settingsHandlers: Handlers['settings'] = {
  get: ({ db, principal }) => getSettings(db, principal.workspaceId),
  update: () => refuse('unavailable'),
};
