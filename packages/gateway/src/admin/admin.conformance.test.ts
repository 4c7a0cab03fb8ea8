import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnitScope } from '../store/unit.ts';
import { forEachEngine } from '../testbed/engines.ts';
import { signAgentToken } from './agent-token.ts';
import { hashApiKey } from './api-key-hash.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { addOrigin, listOrigins, parseOrigin, removeOrigin } from './origins.ts';
import { createSigningKey, ensureAgentKey, findHmacKey, listSigningKeys, revokeSigningKey } from './signing-keys.ts';
import {
  createWhatsAppChannel,
  deleteWhatsAppChannel,
  ensureWhatsAppChannel,
  listWhatsAppChannels,
} from './whatsapp-channels.ts';
import {
  createDefaultWorkspace,
  createWorkspace,
  findDefaultWorkspace,
  getWorkspace,
  listWorkspaces,
} from './workspaces.ts';

const start = Date.UTC(2026, 10, 20, 12);
const secret = 's'.repeat(32);
const settings = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'EAAJB',
  appSecrets: ['first'],
  verifyToken: 'verify',
  baseUrl: 'https://graph.facebook.com',
  graphVersion: 'v25.0',
};

forEachEngine((_engine, open) => {
  let scope: UnitScope;
  let close: () => Promise<void>;
  let id: string;
  let other: string;

  beforeEach(async () => {
    const opened = await open();
    close = opened.close;
    let time = start;
    scope = { db: opened.database, clock: { now: () => time++ } };
    ({ id } = await createDefaultWorkspace(scope));
    ({ id: other } = await createWorkspace(scope, { name: 'Outra', timeZone: 'America/Recife' }));
  });

  afterEach(() => close());

  const queues = (workspaceId: string) =>
    scope.db.read.selectFrom('queues').selectAll().where('workspaceId', '=', workspaceId).execute();

  describe('workspaces', () => {
    it('start with one queue', async () => {
      expect(await queues(id)).toMatchObject([{ name: 'Atendimento' }]);
      expect(await queues(other)).toMatchObject([{ name: 'Atendimento' }]);
    });

    it('have one default, however often and from wherever it is made', async () => {
      const made = await Promise.all([1, 2, 3].map(() => createDefaultWorkspace(scope)));
      expect(new Set(made.map((workspace) => workspace.id))).toEqual(new Set([id]));
      expect(await findDefaultWorkspace(scope)).toMatchObject({ id, name: 'Prosa', timeZone: 'America/Sao_Paulo' });
      expect((await listWorkspaces(scope)).map((workspace) => workspace.id)).toEqual([id, other]);
      expect(await queues(id)).toHaveLength(1);
    });

    it('refuse an empty name, a time zone that is none, an id that is none', async () => {
      await expect(createWorkspace(scope, { name: '  ' })).rejects.toThrow('1 to 100 characters');
      await expect(createWorkspace(scope, { name: 'Loja', timeZone: 'Brasil' })).rejects.toThrow('is no time zone');
      await expect(getWorkspace(scope, 'wsp_missing')).rejects.toThrow('there is none with the id "wsp_missing"');
    });
  });

  it('make the default workspace once for two processes that start together', async () => {
    const fresh = await open();
    const own = { db: fresh.database, clock: { now: () => start } };
    const made = await Promise.all([1, 2, 3, 4].map(() => createDefaultWorkspace(own)));
    expect(new Set(made.map((workspace) => workspace.id)).size).toBe(1);
    expect(await listWorkspaces(own)).toHaveLength(1);
    expect(await own.db.read.selectFrom('queues').select('id').execute()).toHaveLength(1);
    await fresh.close();
  });

  describe('signing keys', () => {
    it('come with a secret of their own or the given one', async () => {
      const made = await createSigningKey(scope, id);
      expect(made.secret).toMatch(/^[\w-]{43}$/);
      const given = await createSigningKey(scope, id, { secret });
      expect(given).toMatchObject({ algorithm: 'HS256', audience: 'agent', secret });
      expect(given.kid).not.toBe(made.kid);
    });

    it('can be a JWKS address', async () => {
      const jwksUrl = 'https://crm.example.com/.well-known/jwks.json';
      expect(await createSigningKey(scope, id, { jwksUrl })).toMatchObject({
        algorithm: 'JWKS',
        secret: null,
        jwksUrl,
      });
      for (const bad of ['http://crm.example.com/jwks', 'file:///etc/passwd', 'https://me:pw@crm.example.com/', 'x']) {
        await expect(createSigningKey(scope, id, { jwksUrl: bad })).rejects.toThrow('must start with https://');
      }
      await createSigningKey(scope, id, { jwksUrl: 'http://localhost:3000/jwks' });
    });

    it('refuse a short secret, and two ways at once', async () => {
      await expect(createSigningKey(scope, id, { secret: 'short' })).rejects.toThrow('at least 32 characters');
      await expect(createSigningKey(scope, id, { secret, jwksUrl: 'https://a.example' })).rejects.toThrow('not both');
    });

    it('are listed without secrets, for their workspace only', async () => {
      await createSigningKey(scope, id, { secret });
      const listed = await listSigningKeys(scope, id);
      expect(listed).toHaveLength(1);
      expect(JSON.stringify(listed)).not.toContain(secret);
      expect(await listSigningKeys(scope, other)).toEqual([]);
    });

    it('are revoked once, by their own workspace', async () => {
      const { kid } = await createSigningKey(scope, id, { secret });
      await expect(revokeSigningKey(scope, other, kid)).rejects.toThrow('none in use');
      await revokeSigningKey(scope, id, kid);
      await expect(revokeSigningKey(scope, id, kid)).rejects.toThrow('none in use');
      expect((await listSigningKeys(scope, id))[0]?.revokedAt).toBeGreaterThan(start);
      expect(await findHmacKey(scope, id)).toBeNull();
    });

    it('are not brought back by a start with the old secret; a new secret makes a new key', async () => {
      const first = await ensureAgentKey(scope, id, secret);
      expect((await ensureAgentKey(scope, id, secret)).kid).toBe(first.kid);
      await revokeSigningKey(scope, id, first.kid);
      expect((await ensureAgentKey(scope, id, secret)).revokedAt).not.toBeNull();
      const second = await ensureAgentKey(scope, id, 't'.repeat(32));
      expect(await findHmacKey(scope, id)).toEqual({ kid: second.kid, secret: 't'.repeat(32) });
    });

    it('sign tokens that say who, for whom and until when', async () => {
      const { kid } = await createSigningKey(scope, id, { secret });
      const options = { kid, secret, sub: 'user-7', name: 'Ana', role: 'supervisor', expiresInSeconds: 60 } as const;
      const token = await signAgentToken({ ...options, now: start });
      expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256', kid });
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        audience: 'agent',
        currentDate: new Date(start),
      });
      expect(payload).toEqual({
        sub: 'user-7',
        name: 'Ana',
        role: 'supervisor',
        aud: 'agent',
        iat: start / 1000,
        exp: start / 1000 + 60,
      });
      await expect(signAgentToken({ ...options, expiresInSeconds: 0 })).rejects.toThrow('above 0');
    });
  });

  describe('API keys', () => {
    it('are shown once and stored as a digest', async () => {
      const { key, id: keyId } = await createApiKey(scope, id, { name: 'CRM' });
      expect(key).toMatch(/^prk_\w{43,64}$/);
      const row = await scope.db.read.selectFrom('apiKeys').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ id: keyId, workspaceId: id, hash: await hashApiKey(key) });
      expect(JSON.stringify(await listApiKeys(scope, id))).not.toContain(row.hash);
    });

    it('are revoked once, by their own workspace', async () => {
      const { id: keyId } = await createApiKey(scope, id, { name: 'CRM' });
      await expect(revokeApiKey(scope, other, keyId)).rejects.toThrow('none in use');
      await revokeApiKey(scope, id, keyId);
      await expect(revokeApiKey(scope, id, keyId)).rejects.toThrow('none in use');
      expect(await listApiKeys(scope, id)).toMatchObject([{ name: 'CRM', revokedAt: expect.any(Number) as number }]);
    });

    it('need a name', async () => {
      await expect(createApiKey(scope, id, { name: ' ' })).rejects.toThrow('1 to 100 characters');
    });
  });

  describe('origins', () => {
    it('are added once, listed and removed', async () => {
      await addOrigin(scope, id, 'https://CRM.example.com/');
      await addOrigin(scope, id, 'https://crm.example.com');
      await addOrigin(scope, other, 'https://crm.example.com');
      expect(await listOrigins(scope, id)).toMatchObject([{ origin: 'https://crm.example.com' }]);
      await removeOrigin(scope, id, 'https://crm.example.com:443');
      await expect(removeOrigin(scope, id, 'https://crm.example.com')).rejects.toThrow('not on the list');
      expect(await listOrigins(scope, other)).toHaveLength(1);
    });
  });

  describe('WhatsApp channels', () => {
    it('wait in the oldest queue unless told otherwise, and keep what they need', async () => {
      const channel = await createWhatsAppChannel(scope, id, { settings });
      expect(channel).toMatchObject({ phoneNumberId: settings.phoneNumberId, queueId: (await queues(id))[0]?.id });
      const row = await scope.db.read.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ kind: 'whatsapp', externalId: settings.phoneNumberId, version: 1 });
      expect(JSON.parse(row.config)).toMatchObject(settings);
      expect(JSON.stringify(await listWhatsAppChannels(scope, id))).not.toMatch(/EAAJB|first|verify/);
    });

    it('refuse a number twice, a queue of another workspace, no app secret', async () => {
      const [foreign] = await queues(other);
      await expect(createWhatsAppChannel(scope, id, { settings, queueId: foreign!.id })).rejects.toThrow('no queue');
      await expect(createWhatsAppChannel(scope, id, { settings: { ...settings, appSecrets: [] } })).rejects.toThrow(
        'without an app secret',
      );
      await createWhatsAppChannel(scope, id, { settings });
      await expect(createWhatsAppChannel(scope, id, { settings })).rejects.toThrow('belongs to the channel');
      await expect(ensureWhatsAppChannel(scope, other, { settings })).rejects.toThrow('another workspace');
    });

    it('take new settings when they are made sure of, and only then change', async () => {
      const versionOf = async () =>
        (await scope.db.read.selectFrom('channels').select('version').executeTakeFirstOrThrow()).version;
      const made = await Promise.all([1, 2, 3].map(() => ensureWhatsAppChannel(scope, id, { settings })));
      expect(new Set(made.map((channel) => channel.id)).size).toBe(1);
      expect(await versionOf()).toBe(1);
      await ensureWhatsAppChannel(scope, id, { settings: { ...settings, appSecrets: ['first', 'second'] } });
      expect(await versionOf()).toBe(2);
      expect(await listWhatsAppChannels(scope, id)).toHaveLength(1);
    });

    it('are deleted while nobody has written to them', async () => {
      const channel = await createWhatsAppChannel(scope, id, { settings });
      await expect(deleteWhatsAppChannel(scope, other, channel.id)).rejects.toThrow('there is none');
      const contact = {
        id: 'ctt_1',
        workspaceId: id,
        channelId: channel.id,
        name: 'Bia',
        createdAt: start,
        updatedAt: start,
        version: 1,
      };
      await scope.db.transaction((tx) =>
        tx
          .insertInto('contacts')
          .values({
            ...contact,
            address: null,
            phone: null,
            userId: null,
            username: null,
            email: null,
            verified: 1,
            customerId: null,
          })
          .execute(),
      );
      await expect(deleteWhatsAppChannel(scope, id, channel.id)).rejects.toThrow('people have written to it');
      await scope.db.transaction((tx) => tx.deleteFrom('contacts').execute());
      await deleteWhatsAppChannel(scope, id, channel.id);
      expect(await listWhatsAppChannels(scope, id)).toEqual([]);
    });
  });
});

describe('parseOrigin', () => {
  it.each([
    ['https://crm.example.com', 'https://crm.example.com'],
    ['HTTPS://CRM.Example.com:443/', 'https://crm.example.com'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://[::1]:80', 'http://[::1]'],
    ['https://ação.example.com', 'https://xn--ao-siap.example.com'],
  ])('reads %s', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
  });

  it.each([
    '',
    '*',
    'null',
    'crm.example.com',
    'https://*.example.com',
    'https://crm.example.com/app',
    'https://crm.example.com?x',
    'https://crm.example.com/#',
    'https://me@crm.example.com',
    'ftp://crm.example.com',
    'file:///srv',
    'javascript:alert(1)',
    'https://a.example https://b.example',
    'https:\\\\crm.example.com',
  ])('refuses %j', (text) => {
    expect(() => parseOrigin(text)).toThrow('an origin is a scheme, a host');
  });
});
