import type { DispatchRecipient, DispatchReport, Message, MessagePricing, RecipientState } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import { dispatchReason } from '../domain/dispatch-problems.ts';
import type { Reader } from './database.ts';
import type { DispatchRecipientsTable } from './dispatch-schema.ts';
import { countsOf, recipientState, recipientsWithMessages } from './dispatches.ts';
import { afterCursor, pageOf } from './page.ts';

export type RecipientRow = Selectable<DispatchRecipientsTable>;

type Problem = NonNullable<DispatchRecipient['problem']>;

const byPlace = {
  column: 'dispatchRecipients.place',
  id: 'dispatchRecipients.id',
  type: 'number',
  order: 'asc',
} as const;

/** In the order of the list that was given. */
export async function listRecipients(
  db: Reader,
  dispatchId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined; readonly state?: RecipientState | undefined },
) {
  let query = recipientsWithMessages(db)
    .selectAll('dispatchRecipients')
    .select([recipientState.as('is'), 'messages.failure', 'messages.pricing'])
    .where('dispatchRecipients.dispatchId', '=', dispatchId)
    .orderBy('dispatchRecipients.place')
    .orderBy('dispatchRecipients.id')
    .limit(page.limit + 1);
  if (page.state !== undefined) query = query.where(recipientState, '=', page.state);
  if (page.cursor !== undefined) query = query.where(afterCursor(page.cursor, byPlace));
  return pageOf(
    await query.execute(),
    page.limit,
    (row) => ({ key: row.place, id: row.id }),
    ({ is, failure, pricing, ...row }): DispatchRecipient => ({
      id: row.id,
      place: row.place,
      phone: row.phone,
      name: row.name,
      contactId: row.contactId,
      state: is,
      problem: row.problem === null ? failureOf(is, failure) : ownProblem(row.problem),
      conversationId: row.conversationId,
      messageId: row.messageId,
      pricing: pricing === null ? null : (JSON.parse(pricing) as MessagePricing),
    }),
  );
}

function ownProblem(code: string): Problem {
  return { code, detail: null, reason: dispatchReason(code) };
}

function failureOf(state: RecipientState, failure: string | null): Problem | null {
  if (state !== 'failed' || failure === null) return null;
  const { code, detail, reason = null } = JSON.parse(failure) as NonNullable<Message['failure']>;
  return { code, detail, reason };
}

export async function reportOf(db: Reader, dispatchId: string): Promise<DispatchReport> {
  const rows = await recipientsWithMessages(db)
    .select([
      recipientState.as('is'),
      'dispatchRecipients.problem',
      'messages.failure',
      'messages.pricing',
      (eb) => eb.fn.countAll().as('people'),
    ])
    .where('dispatchRecipients.dispatchId', '=', dispatchId)
    .groupBy([recipientState, 'dispatchRecipients.problem', 'messages.failure', 'messages.pricing'])
    .execute();
  const pricing = new Map<string, DispatchReport['pricing'][number]>();
  const problems = new Map<string, DispatchReport['problems'][number]>();
  for (const { is, problem, failure, ...row } of rows) {
    const people = Number(row.people);
    if (row.pricing !== null || isWithMeta(is)) {
      const { category = null, billable = null } = JSON.parse(row.pricing ?? '{}') as Partial<MessagePricing>;
      const key = JSON.stringify([category, billable]);
      pricing.set(key, { category, billable, messages: (pricing.get(key)?.messages ?? 0) + people });
    }
    const found = problem === null ? failureOf(is, failure) : ownProblem(problem);
    if (found === null || (is !== 'failed' && is !== 'skipped' && is !== 'cancelled')) continue;
    const { code, reason } = found;
    const key = `${is} ${code}`;
    problems.set(key, { state: is, code, reason, recipients: (problems.get(key)?.recipients ?? 0) + people });
  }
  const counts = await countsOf(db, [dispatchId]);
  return {
    counts: counts.get(dispatchId) as DispatchReport['counts'],
    pricing: [...pricing.values()].sort((a, b) => b.messages - a.messages),
    problems: [...problems.values()].sort((a, b) => b.recipients - a.recipients),
  };
}

function isWithMeta(state: RecipientState): boolean {
  return state === 'sent' || state === 'delivered' || state === 'read' || state === 'replied';
}
