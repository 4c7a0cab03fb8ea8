import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, settings, type Environment } from './config.ts';

const whatsapp = {
  WHATSAPP_ACCESS_TOKEN: 'EAAJB',
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398',
  WHATSAPP_APP_SECRET: 'old, new',
  WHATSAPP_VERIFY_TOKEN: 'verify',
};

it('works with nothing set', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4000,
    databaseUrl: null,
    dataDir: resolve('.prosa'),
    mediaDir: resolve('.prosa', 'media'),
    authSecret: null,
    secretKeys: [],
    publicUrl: null,
    webchatDir: null,
    whatsapp: null,
    graphUrl: 'https://graph.facebook.com',
    trustedProxies: [],
    sessionsPerAddress: null,
    logFormat: 'text',
  });
});

it('takes an empty variable as unset', () => {
  expect(readConfig(Object.fromEntries(settings.map(({ name }) => [name, ' '])))).toEqual(readConfig({}));
});

it('reads everything', () => {
  const config = readConfig({
    ...whatsapp,
    HOST: '0.0.0.0',
    PORT: '8080',
    DATABASE_URL: 'postgres://prosa:pw@db.example.com/prosa',
    PROSA_DATA_DIR: '/srv/prosa',
    PROSA_SECRET_KEY: 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, ffffffffffffffffffffffffffffffff',
    PROSA_MEDIA_URL: 'file:///srv/media',
    PROSA_AUTH_SECRET: 's'.repeat(32),
    PROSA_PUBLIC_URL: 'https://chat.example.com/',
    PROSA_WEBCHAT_DIR: '/srv/webchat',
    PROSA_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8',
    PROSA_SESSIONS_PER_ADDRESS: '200',
    PROSA_LOG: 'json',
    WHATSAPP_BASE_URL: 'http://127.0.0.1:4001/',
    WHATSAPP_GRAPH_VERSION: 'v24.0',
  });
  expect(config).toEqual({
    host: '0.0.0.0',
    port: 8080,
    databaseUrl: 'postgres://prosa:pw@db.example.com/prosa',
    dataDir: '/srv/prosa',
    mediaDir: '/srv/media',
    webchatDir: '/srv/webchat',
    authSecret: 's'.repeat(32),
    publicUrl: 'https://chat.example.com',
    trustedProxies: ['loopback', '10.0.0.0/8'],
    sessionsPerAddress: 200,
    logFormat: 'json',
    secretKeys: ['nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn', 'ffffffffffffffffffffffffffffffff'],
    graphUrl: 'http://127.0.0.1:4001',
    whatsapp: {
      phoneNumberId: '106540352242922',
      businessAccountId: '102290129340398',
      accessToken: 'EAAJB',
      appSecrets: ['old', 'new'],
      verifyToken: 'verify',
      baseUrl: 'http://127.0.0.1:4001',
      graphVersion: 'v24.0',
    },
  });
});

describe('stops with a sentence that says what to set', () => {
  it.each<[Environment, string]>([
    [{ HOST: 'http://here' }, 'Set HOST to a name'],
    [{ PORT: 'abc' }, 'Set PORT to a number'],
    [{ PORT: '70000' }, 'Set PORT to a number'],
    [{ PORT: '-1' }, 'Set PORT to a number'],
    [{ DATABASE_URL: 'mysql://root:hunter2@db/x' }, 'Set DATABASE_URL to postgres://'],
    [{ PROSA_MEDIA_URL: 's3://bucket' }, 'Set PROSA_MEDIA_URL to a folder'],
    [{ PROSA_MEDIA_URL: 'file://elsewhere/media' }, 'Set PROSA_MEDIA_URL to a folder'],
    [{ PROSA_AUTH_SECRET: 'hunter2' }, 'Set PROSA_AUTH_SECRET to at least 32 characters'],
    [{ PROSA_PUBLIC_URL: 'chat.example.com' }, 'Set PROSA_PUBLIC_URL to an http:// or https:// address'],
    [{ PROSA_PUBLIC_URL: 'https://chat.example.com/?a=b' }, 'Set PROSA_PUBLIC_URL'],
    [{ PROSA_TRUSTED_PROXIES: 'loopback, my-proxy' }, 'Set PROSA_TRUSTED_PROXIES to loopback'],
    [{ PROSA_TRUSTED_PROXIES: '10.0.0.0/64' }, 'Set PROSA_TRUSTED_PROXIES'],
    [{ PROSA_SESSIONS_PER_ADDRESS: '0' }, 'Set PROSA_SESSIONS_PER_ADDRESS to a number'],
    [{ PROSA_SESSIONS_PER_ADDRESS: '-5' }, 'Set PROSA_SESSIONS_PER_ADDRESS'],
    [{ PROSA_LOG: 'loud' }, 'Set PROSA_LOG to text or json'],
    [{ WHATSAPP_ACCESS_TOKEN: 'EAAJB' }, 'Set WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID'],
    [{ ...whatsapp, WHATSAPP_PHONE_NUMBER_ID: '+55 83 9 9914-2210' }, 'Set WHATSAPP_PHONE_NUMBER_ID'],
    [{ ...whatsapp, WHATSAPP_ACCESS_TOKEN: 'hunter2 hunter2' }, 'Set WHATSAPP_ACCESS_TOKEN without blanks'],
    [{ ...whatsapp, WHATSAPP_PHONE_NUMBER_ID: '+55 83 3000-1000' }, 'digits only; it is not the phone number'],
    [{ ...whatsapp, WHATSAPP_APP_SECRET: ' , ' }, 'Set WHATSAPP_APP_SECRET'],
    [{ ...whatsapp, WHATSAPP_GRAPH_VERSION: '25' }, 'Set WHATSAPP_GRAPH_VERSION to a version'],
    [{ ...whatsapp, WHATSAPP_BASE_URL: 'graph.facebook.com' }, 'Set WHATSAPP_BASE_URL'],
  ])('%j', (env, sentence) => {
    let error: unknown;
    try {
      readConfig(env);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toContain(sentence);
    // Some of these are passwords and tokens.
    expect((error as Error).message).not.toContain('hunter2');
  });
});
