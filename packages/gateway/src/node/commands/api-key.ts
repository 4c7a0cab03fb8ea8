import { createApiKey, listApiKeys, revokeApiKey } from '../../admin/api-keys.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, UsageError, type Command } from './command.ts';
import { inWorkspace } from './in-workspace.ts';
import { day, table } from './table.ts';

const workspace = { type: 'string' } as const;

const create: Action = async (args, { env, print, note }) => {
  const { values } = parse(args, { options: { workspace, name: { type: 'string' } } });
  const { name } = values;
  if (name === undefined) throw new UsageError('Give the key a --name that says which server uses it.');
  const key = await inWorkspace(env, values.workspace, (scope, { id }) => createApiKey(scope, id, { name }));
  print(key.key);
  note(`Its id is ${key.id}. The key is for servers only, and it is not shown again.`);
};

const list: Action = async (args, { env, print }) => {
  const { values } = parse(args, { options: { workspace } });
  const keys = await inWorkspace(env, values.workspace, (scope, { id }) => listApiKeys(scope, id));
  const rows = keys.map(({ id, name, createdAt, revokedAt }) => [
    id,
    name,
    day(createdAt),
    revokedAt === null ? 'in use' : `revoked ${day(revokedAt)}`,
  ]);
  print(table(['id', 'name', 'made', ''], rows, 'The workspace has no API key.'));
};

const revoke: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [keyId = ''] = takePositionals(positionals, ['id']);
  await inWorkspace(env, values.workspace, (scope, { id }) => revokeApiKey(scope, id, keyId));
  print(`${keyId} is revoked: it is refused from now on.`);
};

export const apiKeyCommand: Command = {
  name: 'api-key',
  summary: 'keys with which servers call the gateway',
  usage: ['api-key create --name <name> [--workspace <id>]', 'api-key list [--workspace <id>]', 'api-key revoke <id>'],
  run: (args, context) => runAction({ create, list, revoke }, args, context),
};
