import { createSigningKey, listSigningKeys, revokeSigningKey } from '../../admin/signing-keys.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, UsageError, type Command } from './command.ts';
import { inWorkspace } from './in-workspace.ts';
import { day, table } from './table.ts';

const workspace = { type: 'string' } as const;

const create: Action = async (args, { env, print, note }) => {
  const { values } = parse(args, {
    options: { workspace, 'jwks-url': { type: 'string' }, audience: { type: 'string' } },
  });
  const audience = audienceOf(values.audience ?? 'agent');
  const key = await inWorkspace(env, values.workspace, (scope, { id }) =>
    createSigningKey(scope, id, { audience, jwksUrl: values['jwks-url'] }),
  );
  print(`kid     ${key.kid}`);
  if (key.secret === null) {
    note(`Sign tokens with a key of ${key.jwksUrl ?? ''}, and put this kid in their header.`);
    return;
  }
  print(`secret  ${key.secret}`);
  note(`Keep the secret on your server: whoever has it can be any ${audience}. It is not shown again.`);
};

const list: Action = async (args, { env, print }) => {
  const { values } = parse(args, { options: { workspace } });
  const keys = await inWorkspace(env, values.workspace, (scope, { id }) => listSigningKeys(scope, id));
  const rows = keys.map(({ kid, audience, algorithm, jwksUrl, createdAt, revokedAt }) => [
    kid,
    audience,
    jwksUrl ?? algorithm,
    day(createdAt),
    revokedAt === null ? 'in use' : `revoked ${day(revokedAt)}`,
  ]);
  print(table(['kid', 'signs for', 'with', 'made', ''], rows, 'The workspace has no signing key.'));
};

const revoke: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [kid = ''] = takePositionals(positionals, ['kid']);
  await inWorkspace(env, values.workspace, (scope, { id }) => revokeSigningKey(scope, id, kid));
  print(`${kid} is revoked: its tokens are refused from now on.`);
};

function audienceOf(text: string): 'agent' | 'visitor' {
  if (text !== 'agent' && text !== 'visitor') throw new UsageError('Give --audience one of agent, visitor.');
  return text;
}

export const keyCommand: Command = {
  name: 'key',
  summary: 'keys that sign the tokens of agents, or the identities of visitors',
  usage: [
    'key create [--audience agent|visitor] [--jwks-url https://…] [--workspace <id>]',
    'key list [--workspace <id>]',
    'key revoke <kid>',
  ],
  run: (args, context) => runAction({ create, list, revoke }, args, context),
};
