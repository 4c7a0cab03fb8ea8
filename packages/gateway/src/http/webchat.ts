import { refuse } from '../domain/problems.ts';
import type { Handlers } from './handlers.ts';

export const webchatHandlers: Handlers['webchat'] = {
  config: () => refuse('unavailable'),
  startSession: () => refuse('unavailable'),
  session: () => refuse('unavailable'),
  endSession: () => refuse('unavailable'),
  conversations: () => refuse('unavailable'),
  start: () => refuse('unavailable'),
  conversation: () => refuse('unavailable'),
  close: () => refuse('unavailable'),
  messages: () => refuse('unavailable'),
  send: () => refuse('unavailable'),
  receipts: () => refuse('unavailable'),
  typing: () => refuse('unavailable'),
  answerSurvey: () => refuse('unavailable'),
  attachmentUrl: () => refuse('unavailable'),
  events: () => refuse('unavailable'),
  upload: {
    prepare: () => refuse('unavailable'),
    fingerprint: () => refuse('unavailable'),
    command: () => refuse('unavailable'),
    undo: () => Promise.resolve(),
  },
};
