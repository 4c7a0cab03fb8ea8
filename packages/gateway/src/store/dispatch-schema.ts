import type { Generated } from 'kysely';
/* The tables of dispatches; how columns are written: `schema.ts`. */

export interface DispatchesTable {
  id: string;
  workspaceId: string;
  channelId: string;
  templateId: string;
  /** As it was when the dispatch was made: the template may be gone. */
  templateName: string;
  templateLanguage: string;
  name: string;
  /** `scheduled`, `running`, `finished`, `cancelled`; what holds it is looked up. */
  status: string;
  /** JSON of the contract's `TemplateUse`: what is the same for everybody. */
  template: string;
  replyQueueId: string | null;
  awaitingReplyMinutes: number | null;
  total: number;
  /** `agent` or `api_key`. */
  creatorKind: string;
  creatorId: string;
  creatorName: string;
  scheduledAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** When it is looked at again. */
  nextAt: number;
  /** Until when the messaging limit of the number is spent; `null` or past: it is not. */
  limitedUntil: number | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** How many people may be written to first before they are counted again; all processes take from the same. */
export interface ReachAllowancesTable {
  /** Workspace and business account. */
  id: string;
  people: number;
  /** After this it holds no longer, epoch milliseconds. */
  until: number;
}

export interface DispatchRecipientsTable {
  id: string;
  workspaceId: string;
  dispatchId: string;
  /** In the list, from 0. */
  place: number;
  /** Of the dispatch's channel; until somebody new is reached only their phone is known. */
  contactId: string | null;
  /** As `contacts.phone`. */
  phone: string | null;
  name: string | null;
  /** JSON of the contract's document; `null`: none was given. */
  document: string | null;
  /** JSON of the values of this line only. */
  variables: string;
  /** `waiting`, `written` (the rest is the message's), `failed`, `skipped`, `cancelled`. */
  state: string;
  /** Why, by the codes of `domain/dispatch-problems.ts`. */
  problem: string | null;
  /** How often it went wrong for a reason of ours. */
  attempts: Generated<number>;
  conversationId: string | null;
  messageId: string | null;
}
