import type { Reader, Tx } from './database.ts';

/** Whether the agent was invited to the conversation and accepted. */
export async function hasJoined(db: Reader, conversationId: string, agentId: string): Promise<boolean> {
  return (await findParticipant(db, conversationId, agentId))?.joined === 1;
}

export async function findParticipant(db: Reader, conversationId: string, agentId: string) {
  return await db
    .selectFrom('participants')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .where('agentId', '=', agentId)
    .executeTakeFirst();
}

/** Nobody of them is part of it any more; with an agent's id only that one. */
export async function removeParticipants(tx: Tx, conversationId: string, agentId?: string): Promise<void> {
  let query = tx.deleteFrom('participants').where('conversationId', '=', conversationId);
  if (agentId !== undefined) query = query.where('agentId', '=', agentId);
  await query.execute();
}
