import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from './main.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prosa-cli-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(line: string, env: Record<string, string> = {}) {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await main(line === '' ? [] : line.split(' '), {
    env: { PROSA_DATA_DIR: folder, PORT: '0', ...env },
    print: (text) => printed.push(text),
    note: (text) => noted.push(text),
    stop: AbortSignal.abort(),
  });
  return { code, out: printed.join('\n'), notes: noted.join('\n') };
}

const whatsapp = {
  WHATSAPP_ACCESS_TOKEN: 'EAAJB',
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398',
  WHATSAPP_APP_SECRET: 'app-secret',
  WHATSAPP_VERIFY_TOKEN: 'verify',
};

describe('start', () => {
  it('says where it is reached and where the data is, and never a secret', async () => {
    const { code, out, notes } = await run('', whatsapp);
    expect(code).toBe(0);
    expect(out).toMatch(/listens on +http:\/\/127\.0\.0\.1:\d+/);
    expect(out).toContain(join(folder, 'prosa.db'));
    expect(out).toMatch(/agent key +kid_[\w-]+, secret in .*auth-secret/);
    expect(out).toMatch(/phone number id 106540352242922, webhook http:\/\/.*\/webhooks\/whatsapp/);
    expect(notes).toContain('stopped');
    expect(out + notes).not.toMatch(/EAAJB|app-secret|verify/);
  });

  it('finds the same workspace and key again', async () => {
    const secret = { PROSA_AUTH_SECRET: 's'.repeat(32) };
    const first = await run('start', secret);
    const second = await run('start', secret);
    expect(kidOf(second.out)).toBe(kidOf(first.out));
    expect((await run('start')).out).toContain(String(kidOf(first.out)));
    expect((await run('workspace list')).out).toMatch(/^id.*\nwsp_\w+ +Prosa +America\/Sao_Paulo +[\d-]+ +default$/);
  });

  it('stops with one sentence when a setting is wrong', async () => {
    expect(await run('start', { PORT: 'abc' })).toEqual({
      code: 1,
      out: '',
      notes: 'Set PORT to a number from 0 to 65535; 0 takes any free port.',
    });
  });

  it('says who has the data already', async () => {
    const database = await openSqlite({ path: join(folder, 'prosa.db') });
    const { code, notes } = await run('start');
    expect(code).toBe(1);
    expect(notes).toContain(`the gateway with process id ${process.pid} uses it`);
    await database.close();
  });
});

describe('administration', () => {
  it('signs a token with the key of the first start', async () => {
    const kid = kidOf((await run('start')).out);
    const { out, notes } = await run('token ana --name Ana --role supervisor --expires-in 2h');
    const { iat = 0, exp = 0, ...claims } = decodeJwt(out);
    expect(claims).toEqual({ sub: 'ana', name: 'Ana', role: 'supervisor', aud: 'agent' });
    expect(exp - iat).toBe(7200);
    expect(notes).toContain(String(kid));
    expect((await run('token ana --kid kid_other')).notes).toContain('no such HS256 key');
  });

  it.each([
    'token ana',
    'workspace list',
    'workspace create --name Outra',
    'key create',
    'api-key list',
    'origin add https://crm.example.com',
    'channel list',
  ])('"%s" in a folder without a gateway says so, and makes nothing there', async (line) => {
    const { code, out, notes } = await run(line);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain(`there is none at ${join(folder, 'prosa.db')}. Is this the gateway's folder? Run it there`);
    expect(notes).toContain('PROSA_DATA_DIR');
    expect(await readdir(folder)).toEqual([]);
  });

  it('names the database when its key is missing', async () => {
    await run('migrate');
    const { code, notes } = await run('token ana');
    expect(code).toBe(1);
    expect(notes).toContain(`no such HS256 key in use (SQLite, ${join(folder, 'prosa.db')})`);
  });

  it('works beside a gateway that runs', async () => {
    await run('migrate');
    const database = await openSqlite({ path: join(folder, 'prosa.db') });
    expect((await run('api-key create --name crm')).out).toMatch(/^prk_\w+$/);
    await database.close();
  });

  it('does not migrate beneath a gateway that runs', async () => {
    const database = await openSqlite({ path: join(folder, 'prosa.db') });
    expect((await run('key create')).notes).toContain('it needs migrations');
    await database.close();
  });

  it('makes, lists and revokes', async () => {
    await run('migrate');
    const { out: key } = await run('key create');
    const kid = /kid_\S+/.exec(key)?.[0] ?? '';
    expect(key).toMatch(/secret {2}[\w-]{43}/);
    expect((await run('key list')).out).toMatch(/in use/);
    expect((await run(`key revoke ${kid}`)).out).toContain('is revoked');
    expect(await run(`key revoke ${kid}`)).toMatchObject({ code: 1 });
    expect((await run('key list')).out).toMatch(/revoked \d{4}-/);

    expect((await run('api-key create --name crm')).code).toBe(0);
    expect((await run('api-key list')).out).toMatch(/key_\w+ +crm/);

    await run('origin add https://crm.example.com');
    expect((await run('origin list')).out).toContain('https://crm.example.com');
    await run('origin remove https://crm.example.com');
    expect((await run('origin list')).out).toBe('No page of another origin may call the gateway.');

    expect((await run('channel create')).notes).toContain('Set the WHATSAPP_… variables');
    const { out: channel } = await run('channel create --name Suporte', whatsapp);
    expect((await run('channel list')).out).toMatch(new RegExp(`${channel} +Suporte +106540352242922`));
    expect((await run(`channel update ${channel} --bot maybe`)).notes).toContain('Give --bot one of on, off.');
    expect((await run(`channel update ${channel} --bot on --title Loja`)).code).toBe(2);
    await run(`channel update ${channel} --bot on`);
    expect((await run('channel list')).out).toMatch(/106540352242922 +que_\w+ +on /);
    await run(`channel update ${channel} --bot off`);
    expect((await run('channel list')).out).not.toMatch(/ on /);
    expect((await run(`channel delete ${channel}`)).out).toContain('is deleted');
  });

  it('makes, changes, lists and deletes webchats, and keys for their visitors', async () => {
    await run('migrate');
    expect((await run('channel create --kind webchat')).notes).toContain('Give the --origin');
    expect((await run('channel create --title Loja')).notes).toContain('add --kind webchat');
    expect((await run('channel create --kind webchat --origin ftp://x')).notes).toContain('unable to allow');
    const { out } = await run(
      'channel create --kind webchat --title Loja --origin https://www.example.com --origin https://example.com --subject Pedido',
    );
    const [, id = '', key = ''] = /^id {3}(chn_\w+)\nkey {2}(wck_\w+)$/.exec(out) ?? [];
    expect((await run('channel list')).out).toMatch(
      new RegExp(`${id} +Loja +${key} .*https://www.example.com https://example.com`),
    );
    await run(`channel update ${id} --origin https://nova.example.com --ask-email hidden --accent #0b6e4f`);
    expect((await run('channel list')).out).toMatch(new RegExp(`${key} .* https://nova.example.com$`, 'm'));
    expect((await run(`channel update ${id} --accent green`)).notes).toContain('accent must look like');
    expect((await run(`channel update ${id} --ask-name maybe`)).code).toBe(2);
    expect((await run(`channel delete ${id}`)).out).toContain('is deleted');
    expect((await run('channel list')).out).toBe('The workspace has no channel.');

    expect((await run('key create --audience visitor')).notes).toContain('can be any visitor');
    expect((await run('key list')).out).toMatch(/kid_\S+ +visitor/);
    expect((await run('key create --audience king')).code).toBe(2);
  });

  it('keeps workspaces apart', async () => {
    await run('migrate');
    const { out: id } = await run('workspace create --name Outra --time-zone America/Recife');
    await run(`origin add https://outra.example.com --workspace ${id}`);
    expect((await run('origin list')).out).not.toContain('outra');
    expect((await run(`origin list --workspace ${id}`)).out).toContain('outra');
    expect((await run('origin list --workspace wsp_missing')).notes).toContain('there is none with the id');
  });

  it('migrates, once', async () => {
    expect((await run('migrate')).out).toContain('applied 0001-initial');
    expect((await run('migrate')).out).toContain('was up to date');
  });
});

describe('help', () => {
  it('lists commands and settings', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const word of ['token <user id>', 'api-key create', 'PROSA_DATA_DIR', 'WHATSAPP_GRAPH_VERSION']) {
      expect(out).toContain(word);
    }
    expect((await run('key --help')).out).toContain('key revoke <kid>');
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([
    'frob',
    'key',
    'key frob',
    'key revoke',
    'key revoke a b',
    'key list --frob',
    'token ana --role king',
    'token ana --expires-in 5',
    'migrate now',
  ])('answers "%s" with how to call it', async (line) => {
    const { code, out, notes } = await run(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(notes).toContain('prosa-gateway');
  });
});

function kidOf(text: string): string | undefined {
  return /kid_[\w-]+/.exec(text)?.[0];
}
