import { ensureRoleProfiles } from '../commands/save-profile.ts';
import { createQueue } from '../commands/save-queue.ts';
import { newId } from '../domain/ids.ts';
import { isTimeZone } from '../domain/time-zone.ts';
import type { Tx } from '../store/database.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';

/** A company, with everything that is its own: agents, customers, channels, conversations. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface NewWorkspace {
  readonly name: string;
  /** IANA name; protocol numbers carry the date there. */
  readonly timeZone?: string | undefined;
}

const defaultTimeZone = 'America/Sao_Paulo';
const firstQueue = 'Atendimento';
const defaultWorkspaceKey = 'default_workspace';
const longestName = 100;

/** Makes a workspace with one queue to wait in and a profile for each role. */
export async function createWorkspace(scope: UnitScope, workspace: NewWorkspace): Promise<Workspace> {
  const row = workspaceRow(scope, workspace);
  await insertWorkspace(scope, row, (tx) => insertRow(tx, row));
  return row;
}

/** The workspace that commands mean when they name none. Made with the first call, found by all later ones. */
export async function createDefaultWorkspace(
  scope: UnitScope,
  workspace: NewWorkspace = { name: 'Prosa' },
): Promise<Workspace> {
  const existing = await findDefaultWorkspace(scope);
  if (existing) return existing;
  const row = workspaceRow(scope, workspace);
  await insertWorkspace(scope, row, async (tx) => {
    // First, because a second process that starts now waits here until this one has committed.
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('meta')
      .values({ key: defaultWorkspaceKey, value: row.id })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return false;
    await insertRow(tx, row);
    return true;
  });
  return (await findDefaultWorkspace(scope)) ?? row;
}

export async function findDefaultWorkspace({ db }: Pick<UnitScope, 'db'>): Promise<Workspace | null> {
  const row = await db.read
    .selectFrom('workspaces')
    .innerJoin('meta', 'meta.value', 'workspaces.id')
    .selectAll('workspaces')
    .where('meta.key', '=', defaultWorkspaceKey)
    .executeTakeFirst();
  return row ?? null;
}

/** In the order of their making. */
export async function listWorkspaces({ db }: Pick<UnitScope, 'db'>): Promise<readonly Workspace[]> {
  return db.read.selectFrom('workspaces').selectAll().orderBy('createdAt').orderBy('id').execute();
}

/** @throws AdminError when there is none with this id */
export async function getWorkspace({ db }: Pick<UnitScope, 'db'>, id: string): Promise<Workspace> {
  const row = await db.read.selectFrom('workspaces').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AdminError(`unable to find the workspace; there is none with the id "${id}"`);
  return row;
}

function workspaceRow({ clock }: UnitScope, { name, timeZone = defaultTimeZone }: NewWorkspace): Workspace {
  const createdAt = clock.now();
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > longestName) {
    throw new AdminError(`unable to make the workspace; its name needs 1 to ${longestName} characters`);
  }
  if (!isTimeZone(timeZone)) {
    throw new AdminError(`unable to make the workspace; "${timeZone}" is no time zone, try "${defaultTimeZone}"`);
  }
  return { id: newId('workspace', createdAt), name: trimmed, timeZone, createdAt };
}

async function insertRow(tx: Tx, row: Workspace): Promise<void> {
  await tx
    .insertInto('workspaces')
    .values({ ...row, settingsUpdatedAt: row.createdAt })
    .execute();
}

/** `insert` returns `false` when somebody else was faster. */
async function insertWorkspace(
  scope: UnitScope,
  workspace: Workspace,
  insert: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await runUnit(scope, workspace.id, async (unit) => {
    if ((await insert(unit.tx)) === false) return;
    await ensureRoleProfiles(unit);
    await createQueue(unit, { name: firstQueue });
  });
}
