import { cancelDispatch } from '../commands/cancel-dispatch.ts';
import { createDispatch } from '../commands/create-dispatch.ts';
import { listRecipients, reportOf } from '../store/dispatch-recipients.ts';
import { getDispatch, listDispatches, requireDispatch } from '../store/dispatches.ts';
import type { Handlers } from './handlers.ts';

export const dispatchHandlers: Handlers['dispatches'] = {
  list: ({ db, principal, now }, { query }) => listDispatches(db, principal.workspaceId, query, now),
  get: ({ db, principal, now }, { params }) => getDispatch(db, principal.workspaceId, params.dispatchId, now),
  create: (unit, principal, { body }) => createDispatch(unit, principal, body),
  cancel: (unit, principal, { params }) => cancelDispatch(unit, principal, params.dispatchId),
  async recipients({ db, principal }, { params, query }) {
    const { id } = await requireDispatch(db, principal.workspaceId, params.dispatchId);
    return await listRecipients(db, id, query);
  },
  async report({ db, principal }, { params }) {
    const { id } = await requireDispatch(db, principal.workspaceId, params.dispatchId);
    return await reportOf(db, id);
  },
};
