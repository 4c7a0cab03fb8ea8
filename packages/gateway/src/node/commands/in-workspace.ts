import { createDefaultWorkspace, getWorkspace, type Workspace } from '../../admin/workspaces.ts';
import type { ChannelScope } from '../../admin/whatsapp-channels.ts';
import { createSecretBox } from '../../channels/secret-box.ts';
import { systemClock } from '../../clock.ts';
import { readConfig, type Environment } from '../config.ts';
import { openBesideGateway } from '../open-database.ts';
import { secretKeys } from '../secrets.ts';

/** Opens the database that the settings name for the time of `work`. */
export async function withDatabase<Result>(
  env: Environment,
  work: (scope: ChannelScope) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(env);
  const database = await openBesideGateway(config);
  try {
    const secretBox = await createSecretBox(await secretKeys(config.dataDir, config.secretKeys));
    return await work({ db: database, clock: systemClock, secretBox });
  } finally {
    await database.close();
  }
}

/** As `withDatabase`, with the workspace of this id, or the default one. */
export async function inWorkspace<Result>(
  env: Environment,
  id: string | undefined,
  work: (scope: ChannelScope, workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return withDatabase(env, async (scope) =>
    work(scope, id === undefined ? await createDefaultWorkspace(scope) : await getWorkspace(scope, id)),
  );
}
