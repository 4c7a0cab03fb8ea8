import { createWorkspace, findDefaultWorkspace, listWorkspaces } from '../../admin/workspaces.ts';
import { runAction, type Action } from './actions.ts';
import { parse, UsageError, type Command } from './command.ts';
import { withDatabase } from './in-workspace.ts';
import { day, table } from './table.ts';

const create: Action = async (args, { env, print, note }) => {
  const { values } = parse(args, { options: { name: { type: 'string' }, 'time-zone': { type: 'string' } } });
  const { name, 'time-zone': timeZone } = values;
  if (name === undefined) throw new UsageError('Give the workspace a --name.');
  const workspace = await withDatabase(env, (scope) => createWorkspace(scope, { name, timeZone }));
  print(workspace.id);
  note(`"${workspace.name}" has one queue and no key yet: prosa-gateway key create --workspace ${workspace.id}`);
};

const list: Action = async (args, { env, print }) => {
  parse(args, { options: {} });
  const { workspaces, main } = await withDatabase(env, async (scope) => ({
    workspaces: await listWorkspaces(scope),
    main: await findDefaultWorkspace(scope),
  }));
  const rows = workspaces.map(({ id, name, timeZone, createdAt }) => [
    id,
    name,
    timeZone,
    day(createdAt),
    id === main?.id ? 'default' : '',
  ]);
  print(table(['id', 'name', 'time zone', 'made', ''], rows, 'There is no workspace yet; the first start makes one.'));
};

export const workspaceCommand: Command = {
  name: 'workspace',
  summary: 'workspaces: one for each customer of yours',
  usage: ['workspace create --name <name> [--time-zone America/Sao_Paulo]', 'workspace list'],
  run: (args, context) => runAction({ create, list }, args, context),
};
