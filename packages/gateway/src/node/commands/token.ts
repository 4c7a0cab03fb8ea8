import { agentRoles, signAgentToken, type AgentRole } from '../../admin/agent-token.ts';
import { AdminError } from '../../admin/admin-error.ts';
import { findHmacKey } from '../../admin/signing-keys.ts';
import { readConfig } from '../config.ts';
import { describeDatabase } from '../open-database.ts';
import { parse, takePositionals, UsageError, type Command } from './command.ts';
import { inWorkspace } from './in-workspace.ts';

const options = {
  workspace: { type: 'string' },
  kid: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  role: { type: 'string' },
  'expires-in': { type: 'string' },
} as const;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

export const tokenCommand: Command = {
  name: 'token',
  summary: 'sign a token for an agent, to try things (hosts sign their own)',
  usage: [
    'token <user id> [--name <name>] [--email <address>] [--role agent|supervisor|administrator]',
    '      [--expires-in 30m] [--workspace <id>] [--kid <key>]',
  ],
  async run(args, { env, print, note }) {
    const { values, positionals } = parse(args, { options, allowPositionals: true });
    const [sub = ''] = takePositionals(positionals, ['user id']);
    const expiresInSeconds = seconds(values['expires-in'] ?? '1h');
    const role = roleOf(values.role ?? 'agent');
    const key = await inWorkspace(env, values.workspace, (scope, workspace) =>
      findHmacKey(scope, workspace.id, values.kid),
    );
    if (!key) {
      throw new AdminError(
        `unable to sign the token; the workspace has no such HS256 key in use (${describeDatabase(readConfig(env))}). ` +
          "Is that the gateway's database? If it is, make a key: prosa-gateway key create",
      );
    }
    const { name = sub, email } = values;
    print(await signAgentToken({ ...key, sub, name, email, role, expiresInSeconds }));
    note(`Valid for ${expiresInSeconds} seconds, signed with ${key.kid}.`);
  },
};

function seconds(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const total = Number(count) * (unitSeconds[unit] ?? 0);
  if (total <= 0) throw new UsageError('Give --expires-in a number and a unit: 45s, 30m, 8h or 2d.');
  return total;
}

function roleOf(text: string): AgentRole {
  const role = agentRoles.find((one) => one === text);
  if (!role) throw new UsageError(`Give --role one of ${agentRoles.join(', ')}.`);
  return role;
}
