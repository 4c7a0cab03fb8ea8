import { addOrigin, listOrigins, parseOrigin, removeOrigin } from '../../admin/origins.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, type Command } from './command.ts';
import { inWorkspace } from './in-workspace.ts';
import { day, table } from './table.ts';

const workspace = { type: 'string' } as const;

const add: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [text = ''] = takePositionals(positionals, ['origin']);
  const { origin } = await inWorkspace(env, values.workspace, (scope, { id }) => addOrigin(scope, id, text));
  print(`Pages of ${origin} may call the gateway.`);
};

const list: Action = async (args, { env, print }) => {
  const { values } = parse(args, { options: { workspace } });
  const origins = await inWorkspace(env, values.workspace, (scope, { id }) => listOrigins(scope, id));
  const rows = origins.map(({ origin, createdAt }) => [origin, day(createdAt)]);
  print(table(['origin', 'added'], rows, 'No page of another origin may call the gateway.'));
};

const remove: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [text = ''] = takePositionals(positionals, ['origin']);
  await inWorkspace(env, values.workspace, (scope, { id }) => removeOrigin(scope, id, text));
  print(`Pages of ${parseOrigin(text)} may no longer call the gateway.`);
};

export const originCommand: Command = {
  name: 'origin',
  summary: 'origins whose pages may call the gateway',
  usage: [
    'origin add https://crm.example.com [--workspace <id>]',
    'origin list [--workspace <id>]',
    'origin remove https://crm.example.com',
  ],
  run: (args, context) => runAction({ add, list, remove }, args, context),
};
