import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortestSecret } from '../admin/signing-keys.ts';
import type { WhatsAppConfig } from '../channels/whatsapp/config.ts';
import { isNetwork } from './client-address.ts';

/** A setting is wrong; the message names it and says what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The settings of the environment, read and checked (`docs/configuration.md`). */
export interface GatewayConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** `null`: SQLite in the data folder. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly mediaDir: string;
  /** Script of the webchat for websites; `null`: that of the installed package. */
  readonly webchatDir: string | null;
  /** `null`: made on first start. */
  readonly authSecret: string | null;
  /** Keys that secrets of channels are encrypted with, the newest first; none: one is made on first start. */
  readonly secretKeys: readonly string[];
  /** Without a slash at the end. `null`: where it listens. */
  readonly publicUrl: string | null;
  readonly whatsapp: WhatsAppConfig | null;
  /** Where the numbers that are added later send to: Meta, or the simulator. */
  readonly graphUrl: string;
  /** Proxies whose `X-Forwarded-For` is believed: names and networks, as `createClientAddress` takes them. */
  readonly trustedProxies: readonly string[];
  /** Visitors' sessions that one address begins within a minute; `null`: the usual limit. */
  readonly sessionsPerAddress: number | null;
  readonly logFormat: 'text' | 'json';
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Setting {
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
}

/** Everything that the environment can set, as `--help` shows it. */
export const settings: readonly Setting[] = [
  { name: 'HOST', meaning: 'address to listen on', fallback: '127.0.0.1' },
  { name: 'PORT', meaning: 'port to listen on', fallback: '4000' },
  { name: 'DATABASE_URL', meaning: 'PostgreSQL, postgres://…', fallback: 'SQLite in the data folder' },
  { name: 'PROSA_DATA_DIR', meaning: 'SQLite file, media, made secrets', fallback: '.prosa' },
  { name: 'PROSA_AUTH_SECRET', meaning: 'first agent key of the default workspace', fallback: 'made on first start' },
  {
    name: 'PROSA_SECRET_KEY',
    meaning: 'encrypts tokens of channels; during a change new,former',
    fallback: 'made on first start',
  },
  { name: 'PROSA_PUBLIC_URL', meaning: 'address that browsers and Meta reach', fallback: 'http://HOST:PORT' },
  { name: 'PROSA_MEDIA_URL', meaning: 'folder for media, file:///…', fallback: 'media in the data folder' },
  { name: 'PROSA_WEBCHAT_DIR', meaning: "folder with the webchat's script", fallback: 'of @prosa/widget-webchat' },
  { name: 'PROSA_TRUSTED_PROXIES', meaning: 'whose X-Forwarded-For is believed', fallback: "nobody's" },
  { name: 'PROSA_SESSIONS_PER_ADDRESS', meaning: "visitors' sessions a minute from one address", fallback: '20' },
  { name: 'PROSA_LOG', meaning: 'log lines as text or json', fallback: 'text' },
  { name: 'WHATSAPP_ACCESS_TOKEN', meaning: 'token of the system user', fallback: 'no WhatsApp channel' },
  { name: 'WHATSAPP_PHONE_NUMBER_ID', meaning: 'id of the number, digits', fallback: '' },
  { name: 'WHATSAPP_BUSINESS_ACCOUNT_ID', meaning: 'id of the account, digits', fallback: '' },
  {
    name: 'WHATSAPP_APP_ID',
    meaning: 'id of the app, digits: to upload examples of template headers',
    fallback: 'none',
  },
  { name: 'WHATSAPP_APP_SECRET', meaning: 'secret of the app; during a change both, with a comma', fallback: '' },
  { name: 'WHATSAPP_VERIFY_TOKEN', meaning: 'text of your choice, given to Meta too', fallback: '' },
  { name: 'WHATSAPP_BASE_URL', meaning: 'Meta, or the simulator', fallback: 'https://graph.facebook.com' },
  { name: 'WHATSAPP_GRAPH_VERSION', meaning: 'version of the Graph API', fallback: 'v25.0' },
];

/**
 * Reads the settings. An empty variable counts as unset.
 * @throws ConfigError for the first one that is wrong
 */
export function readConfig(env: Environment): GatewayConfig {
  const dataDir = resolve(text(env, 'PROSA_DATA_DIR') ?? '.prosa');
  return {
    host: readHost(env),
    port: readPort(env),
    databaseUrl: readDatabaseUrl(env),
    dataDir,
    mediaDir: readMediaDir(env, dataDir),
    webchatDir: text(env, 'PROSA_WEBCHAT_DIR') ?? null,
    authSecret: readAuthSecret(env),
    secretKeys: readSecretKeys(env),
    publicUrl: readUrl(env, 'PROSA_PUBLIC_URL', 'https://chat.example.com'),
    whatsapp: readWhatsApp(env),
    graphUrl: readGraphUrl(env),
    trustedProxies: readTrustedProxies(env),
    sessionsPerAddress: readSessionsPerAddress(env),
    logFormat: readLogFormat(env),
  };
}

/** Settings of a WhatsApp number, or `null` when none of its variables is set. */
export function readWhatsApp(env: Environment): WhatsAppConfig | null {
  const required = [
    'WHATSAPP_ACCESS_TOKEN',
    'WHATSAPP_PHONE_NUMBER_ID',
    'WHATSAPP_BUSINESS_ACCOUNT_ID',
    'WHATSAPP_APP_SECRET',
    'WHATSAPP_VERIFY_TOKEN',
  ] as const;
  const missing = required.filter((name) => text(env, name) === null);
  if (missing.length === required.length) return null;
  if (missing.length > 0) {
    throw new ConfigError(`Set ${missing.join(', ')} too: a WhatsApp number needs all of ${required.join(', ')}.`);
  }
  const ids = {
    phoneNumberId: digits(env, 'WHATSAPP_PHONE_NUMBER_ID'),
    businessAccountId: digits(env, 'WHATSAPP_BUSINESS_ACCOUNT_ID'),
  };
  for (const name of required) {
    if (/[^\x21-\x7e]/.test((text(env, name) ?? '').replace(/, */g, ',')))
      throw new ConfigError(`Set ${name} without blanks or accents.`);
  }
  return {
    ...ids,
    ...(text(env, 'WHATSAPP_APP_ID') !== null && { appId: digits(env, 'WHATSAPP_APP_ID') }),
    accessToken: text(env, 'WHATSAPP_ACCESS_TOKEN') ?? '',
    appSecrets: appSecrets(env),
    verifyToken: text(env, 'WHATSAPP_VERIFY_TOKEN') ?? '',
    baseUrl: readGraphUrl(env),
    graphVersion: readGraphVersion(env),
  };
}

function text(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

function readHost(env: Environment): string {
  const host = text(env, 'HOST') ?? '127.0.0.1';
  if (!/^[a-z0-9.:-]+$/i.test(host)) throw new ConfigError('Set HOST to a name or an IP address, such as 127.0.0.1.');
  return host;
}

function readPort(env: Environment): number {
  const port = text(env, 'PORT') ?? '4000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ConfigError('Set PORT to a number from 0 to 65535; 0 takes any free port.');
  }
  return Number(port);
}

function readDatabaseUrl(env: Environment): string | null {
  const url = text(env, 'DATABASE_URL');
  if (url === null) return null;
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    // Without its value: a password may be in it.
    throw new ConfigError(
      'Set DATABASE_URL to postgres://user:password@host:5432/database, or leave it out for SQLite.',
    );
  }
  return url;
}

function readMediaDir(env: Environment, dataDir: string): string {
  const url = text(env, 'PROSA_MEDIA_URL');
  if (url === null) return resolve(dataDir, 'media');
  try {
    if (url.startsWith('file:')) return fileURLToPath(url);
  } catch {
    // A file: address that names no folder of this machine.
  }
  throw new ConfigError(
    'Set PROSA_MEDIA_URL to a folder as file:///srv/prosa/media; other stores are not supported yet.',
  );
}

function readAuthSecret(env: Environment): string | null {
  const secret = text(env, 'PROSA_AUTH_SECRET');
  if (secret !== null && secret.length < shortestSecret) {
    throw new ConfigError(
      `Set PROSA_AUTH_SECRET to at least ${shortestSecret} characters (try: openssl rand -base64 32), or leave it out.`,
    );
  }
  return secret;
}

function readSecretKeys(env: Environment): readonly string[] {
  const keys =
    text(env, 'PROSA_SECRET_KEY')
      ?.split(',')
      .map((key) => key.trim()) ?? [];
  if (keys.some((key) => key.length < shortestSecret)) {
    throw new ConfigError(
      `Set PROSA_SECRET_KEY to at least ${shortestSecret} characters (try: openssl rand -base64 32), or leave it out; ` +
        'while it is changed: the new one, a comma, the former one.',
    );
  }
  return keys;
}

function readGraphUrl(env: Environment): string {
  return readUrl(env, 'WHATSAPP_BASE_URL', 'https://graph.facebook.com') ?? 'https://graph.facebook.com';
}

function readUrl(env: Environment, name: string, example: string): string | null {
  const value = text(env, name);
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new ConfigError(`Set ${name} to an http:// or https:// address without a query, such as ${example}.`);
  }
  return url.href.replace(/\/+$/, '');
}

function readTrustedProxies(env: Environment): readonly string[] {
  const networks = (text(env, 'PROSA_TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((network) => network !== '');
  if (networks.every(isNetwork)) return networks;
  throw new ConfigError(
    'Set PROSA_TRUSTED_PROXIES to loopback, private, addresses or networks such as 10.0.0.0/8, with commas between.',
  );
}

function readSessionsPerAddress(env: Environment): number | null {
  const count = text(env, 'PROSA_SESSIONS_PER_ADDRESS');
  if (count === null) return null;
  if (!/^\d{1,6}$/.test(count) || Number(count) < 1) {
    throw new ConfigError('Set PROSA_SESSIONS_PER_ADDRESS to a number from 1 to 999999, or leave it out for 20.');
  }
  return Number(count);
}

function readLogFormat(env: Environment): GatewayConfig['logFormat'] {
  const format = text(env, 'PROSA_LOG') ?? 'text';
  if (format !== 'text' && format !== 'json') throw new ConfigError('Set PROSA_LOG to text or json.');
  return format;
}

function digits(env: Environment, name: string): string {
  const value = text(env, name) ?? '';
  if (!/^\d{5,30}$/.test(value)) {
    throw new ConfigError(`Set ${name} to the id that Meta shows, digits only; it is not the phone number.`);
  }
  return value;
}

function appSecrets(env: Environment): readonly string[] {
  const secrets = (text(env, 'WHATSAPP_APP_SECRET') ?? '').split(',').map((secret) => secret.trim());
  if (secrets.includes('')) throw new ConfigError('Set WHATSAPP_APP_SECRET to one secret, or to two with a comma.');
  return secrets;
}

function readGraphVersion(env: Environment): string {
  const version = text(env, 'WHATSAPP_GRAPH_VERSION') ?? 'v25.0';
  if (!/^v\d{1,3}\.\d$/.test(version)) throw new ConfigError('Set WHATSAPP_GRAPH_VERSION to a version such as v25.0.');
  return version;
}
