import { createTag, deleteTag, updateTag } from '../commands/save-tag.ts';
import { listTags } from '../store/tags.ts';
import type { Handlers } from './handlers.ts';

export const tagHandlers: Handlers['tags'] = {
  list: ({ db, principal }, { query }) => listTags(db, principal.workspaceId, query),
  create: (unit, _principal, { body }) => createTag(unit, body),
  update: (unit, _principal, { params, body }) => updateTag(unit, params.tagId, body),
  delete: (unit, _principal, { params }) => deleteTag(unit, params.tagId),
};
