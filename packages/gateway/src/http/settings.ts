import { updateSettings } from '../commands/save-settings.ts';
import { getSettings } from '../store/settings.ts';
import type { Handlers } from './handlers.ts';

export const settingsHandlers: Handlers['settings'] = {
  get: ({ db, principal }) => getSettings(db, principal.workspaceId),
  update: (unit, _principal, { body }) => updateSettings(unit, body),
};
