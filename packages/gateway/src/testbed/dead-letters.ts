import type { Message } from '@prosa/core/contract';
import type { TestDesk, TestWorkspace } from './desk.ts';

export interface TestDeadLetter {
  readonly id: string;
  readonly messageId: string;
}

/** A message of the server that was given up, as if its channel had refused it. */
export async function deadLetter(
  { database, clock }: Pick<TestDesk, 'database' | 'clock'>,
  { server }: Pick<TestWorkspace, 'server'>,
  conversationId: string,
): Promise<TestDeadLetter> {
  const { body: message } = await server.call<Message>('POST', `/v1/conversations/${conversationId}/messages`, {
    type: 'text',
    text: 'Não chegou',
  });
  const error = '131026: Message undeliverable';
  return await database.transaction(async (tx) => {
    await tx
      .updateTable('messages')
      .set({ status: 'failed', failedAt: clock.now(), failure: JSON.stringify({ code: '131026', detail: error }) })
      .where('id', '=', message.id)
      .execute();
    const { id } = await tx
      .updateTable('jobs')
      .set({
        state: 'failed',
        attempts: 1,
        finishedAt: clock.now(),
        lastError: error,
        errors: JSON.stringify([{ at: clock.now(), error }]),
      })
      .where('subjectId', '=', message.id)
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, messageId: message.id };
  });
}
