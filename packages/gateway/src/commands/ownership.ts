import type { Permission } from '@prosa/core/contract';
import { isInService } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { hasJoined } from '../store/participants.ts';
import type { Unit } from '../store/unit.ts';
import { can } from './permission.ts';
import type { Principal } from './principal.ts';

/** Who attends the conversation, by name; `null` for nobody. */
export async function ownerOf(unit: Unit, row: Pick<ConversationRow, 'assigneeId'>): Promise<Person | null> {
  if (row.assigneeId === null) return null;
  const agent = await unit.tx
    .selectFrom('agents')
    .select(['id', 'name'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', row.assigneeId)
    .executeTakeFirst();
  return agent ?? null;
}

/** Passes the assignee and those whose profile allows it on others' conversations; everybody else is told who has it. */
export async function requireOwnership(
  unit: Unit,
  principal: Principal,
  row: ConversationRow,
  others: Extract<Permission, `${string}_others`> = 'conversations.close_others',
): Promise<void> {
  if (await can(unit.tx, principal, others)) return;
  await requireAssignee(unit, principal, row);
}

/** As `requireOwnership`, but a supervisor does not speak in another agent's conversation. */
export async function requireAssignee(unit: Unit, principal: Principal, row: ConversationRow): Promise<void> {
  if (principal.kind === 'api_key' || row.assigneeId === principal.agent.id) return;
  refuse('conversation_not_yours', {
    owner: await ownerOf(unit, row),
    detail:
      row.assigneeId === null
        ? 'Nobody attends it yet: accept it first.'
        : 'Another agent attends it: it has to be transferred first.',
  });
}

/** Passes who may write to the customer: the assignee, and while somebody attends it whoever joined. */
export async function requireSpeaker(unit: Unit, principal: Principal, row: ConversationRow): Promise<void> {
  if (principal.kind === 'agent' && isInService(row.status)) {
    if (await hasJoined(unit.tx, row.id, principal.agent.id)) return;
  }
  await requireAssignee(unit, principal, row);
}
