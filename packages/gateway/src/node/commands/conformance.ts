import { AdminError } from '../../admin/admin-error.ts';
import {
  formatReport,
  givenTokens,
  runConformance,
  signedTokens,
  type AgentTokens,
  type WebchatOptions,
} from '../../conformance/index.ts';
import type { Environment } from '../config.ts';
import { parse, takePositionals, UsageError, type Command } from './command.ts';

const text = { type: 'string' } as const;
const options = {
  url: text,
  'auth-secret': text,
  kid: text,
  token: text,
  'second-token': text,
  'webchat-key': text,
  origin: text,
  customers: text,
  only: text,
  without: text,
  json: { type: 'boolean' },
} as const;

type Values = Readonly<Partial<Record<Exclude<keyof typeof options, 'json'>, string>>>;

export const conformanceCommand: Command = {
  name: 'conformance',
  summary: 'tries a backend against what clients and widgets rely on; use a workspace for tests',
  usage: [
    'conformance --url <backend> --kid <key> [--auth-secret <secret>]   (unset: PROSA_AUTH_SECRET)',
    'conformance --url <backend> --token <jwt> [--second-token <jwt>]',
    '      [--webchat-key <wck_…> --origin <website>] [--customers <address that plays them>]',
    '      [--only <behaviours>] [--without <behaviours>] [--json]',
  ],
  async run(args, { env, print, note }) {
    const { values, positionals } = parse(args, { options, allowPositionals: true });
    takePositionals(positionals, []);
    const url = addressOf(values.url, '--url http://127.0.0.1:4000');
    const tokens = tokensOf(values, env);
    const customers = values.customers && addressOf(values.customers, '--customers http://127.0.0.1:5000/customer');
    note('This takes about 20 seconds: one behaviour waits for a heartbeat.');
    const report = await runConformance({
      url,
      tokens,
      webchat: webchatOf(values),
      customers,
      only: namesOf(values.only),
      without: namesOf(values.without),
    }).catch((error: unknown) => {
      throw error instanceof RangeError ? new UsageError(`${error.message}.`) : error;
    });
    print(values.json ? JSON.stringify(report, null, 2) : formatReport(report));
    const refused = report.results.some(({ id, outcome }) => id === 'auth.agent' && outcome === 'failed');
    if (refused) {
      const given = values.token === undefined ? '--kid and its secret' : '--token';
      note(`No token was accepted, which most behaviours need: look at ${given} first.`);
    }
    if (report.failed > 0) {
      throw new AdminError(`${report.failed} of ${report.results.length} behaviours are not what the contract says.`);
    }
  },
};

function tokensOf(values: Values, env: Environment): AgentTokens {
  const { token, kid } = values;
  if (token !== undefined) return givenTokens({ ana: token, bia: values['second-token'] });
  if (kid === undefined) {
    throw new UsageError('Give --kid, the id of the key that signs tokens of agents, and its secret; or a --token.');
  }
  const secret = values['auth-secret'] ?? env['PROSA_AUTH_SECRET'] ?? '';
  if (secret === '') throw new UsageError('Give --auth-secret, or set PROSA_AUTH_SECRET: the secret of that key.');
  return signedTokens({ kid, secret });
}

function webchatOf({ 'webchat-key': key, origin }: Values): WebchatOptions | undefined {
  if (key === undefined && origin === undefined) return undefined;
  if (key === undefined || origin === undefined) {
    throw new UsageError('Give --webchat-key and --origin together: a webchat, and a website that may open it.');
  }
  return { key, origin };
}

function addressOf(value: string | undefined, example: string): string {
  if (value !== undefined && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new UsageError(`Give an address: ${example}.`);
}

function namesOf(list: string | undefined): readonly string[] | undefined {
  return list?.split(',').map((name) => name.trim());
}
