import { createDefaultWorkspace, getWorkspace, type Workspace } from '../../admin/workspaces.ts';
import { systemClock } from '../../clock.ts';
import type { UnitScope } from '../../store/unit.ts';
import { readConfig, type Environment } from '../config.ts';
import { openBesideGateway } from '../open-database.ts';

/** Opens the database that the settings name for the time of `work`. */
export async function withDatabase<Result>(
  env: Environment,
  work: (scope: UnitScope) => Promise<Result>,
): Promise<Result> {
  const database = await openBesideGateway(readConfig(env));
  try {
    return await work({ db: database, clock: systemClock });
  } finally {
    await database.close();
  }
}

/** As `withDatabase`, with the workspace of this id, or the default one. */
export async function inWorkspace<Result>(
  env: Environment,
  id: string | undefined,
  work: (scope: UnitScope, workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return withDatabase(env, async (scope) =>
    work(scope, id === undefined ? await createDefaultWorkspace(scope) : await getWorkspace(scope, id)),
  );
}
