import { createProfile, deleteProfile, updateProfile } from '../commands/save-profile.ts';
import { getProfile, listProfiles } from '../store/profiles.ts';
import type { Handlers } from './handlers.ts';

export const profileHandlers: Handlers['profiles'] = {
  list: ({ db, principal }, { query }) => listProfiles(db, principal.workspaceId, query),
  get: ({ db, principal }, { params }) => getProfile(db, principal.workspaceId, params.profileId),
  create: (unit, _principal, { body }) => createProfile(unit, body),
  update: (unit, _principal, { params, body }) => updateProfile(unit, params.profileId, body),
  delete: (unit, _principal, { params }) => deleteProfile(unit, params.profileId),
};
