import { viewerOf } from '../commands/viewer.ts';
import { searchConversations } from '../store/search.ts';
import type { Handlers } from './handlers.ts';

export const searchHandlers: Handlers['search'] = {
  async conversations({ db, engine, principal }, { query }) {
    const viewer = await viewerOf(db, principal);
    return await searchConversations({ db, engine, workspaceId: principal.workspaceId, viewer }, query);
  },
};
