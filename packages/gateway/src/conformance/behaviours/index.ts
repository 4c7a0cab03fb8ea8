import type { Behaviour } from '../behaviour.ts';
import { answers } from './answers.ts';
import { attachments } from './attachments.ts';
import { auth } from './auth.ts';
import { conversations } from './conversations.ts';
import { customers } from './customers.ts';
import { dispatches } from './dispatches.ts';
import { events } from './events.ts';
import { idempotency } from './idempotency.ts';
import { messages } from './messages.ts';
import { pages } from './pages.ts';
import { webchat } from './webchat.ts';
import { workspace } from './workspace.ts';

/** All that is tried, in the order of the report. */
export const behaviours: readonly Behaviour[] = [
  ...auth,
  ...answers,
  ...idempotency,
  ...pages,
  ...customers,
  ...conversations,
  ...messages,
  ...attachments,
  ...events,
  ...webchat,
  ...workspace,
  ...dispatches,
];
