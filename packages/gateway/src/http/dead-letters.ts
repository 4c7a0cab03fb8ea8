import { redrive } from '../commands/redrive.ts';
import { listDeadLetters } from '../store/dead-letters.ts';
import type { Handlers } from './handlers.ts';

export const deadLetterHandlers: Handlers['deadLetters'] = {
  list: ({ db, principal }, { query }) => listDeadLetters(db, principal.workspaceId, query),
  redrive: (unit, _, { params }) => redrive(unit, params.deadLetterId),
};
