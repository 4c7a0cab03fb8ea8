import type { Tx } from './database.ts';

/** Takes the next `count` numbers of a counter that has no gaps, and returns the last. Locks it until the commit. */
export async function takeNumbers(tx: Tx, workspaceId: string, name: string, count: number): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ workspaceId, name, value: count })
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'name']).doUpdateSet((eb) => ({ value: eb('counters.value', '+', count) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}
