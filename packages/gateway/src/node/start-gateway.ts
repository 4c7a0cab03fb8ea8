import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureAgentKey, findHmacKey } from '../admin/signing-keys.ts';
import { ensureWhatsAppChannel, sealWhatsAppChannels, type WhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { createDefaultWorkspace, type Workspace } from '../admin/workspaces.ts';
import { createSecretBox } from '../channels/secret-box.ts';
import type { WhatsAppConfig } from '../channels/whatsapp/config.ts';
import { systemClock, type Clock } from '../clock.ts';
import { createGateway } from '../gateway.ts';
import { silentLog, type Log } from '../log.ts';
import type { MediaStore } from '../media/media-store.ts';
import type { Gateway } from '../options.ts';
import type { Database } from '../store/database.ts';
import { createClientAddress } from './client-address.ts';
import { openDiskMedia } from './disk-media.ts';
import { listen } from './listen.ts';
import { openMigrated, sqlitePath } from './open-database.ts';
import { unsafeSettings } from './postgres/durable-settings.ts';
import { findAuthSecret, keepAuthSecret, secretKeys } from './secrets.ts';
import { watchLog } from './sqlite/watch-log.ts';
import { findWebchatFolder, serveWebchatScript } from './webchat-script.ts';

/** How `startGateway` runs: what the command takes from its environment. */
export interface StartOptions {
  /** SQLite file, media and made secrets live here. */
  readonly dataDir: string;
  /** PostgreSQL; SQLite in the data folder when absent. */
  readonly databaseUrl?: string | null | undefined;
  readonly mediaDir?: string | undefined;
  /** Loopback when absent. */
  readonly host?: string | undefined;
  /** Any free one when absent or 0. */
  readonly port?: number | undefined;
  /** Where browsers and Meta reach it; where it listens when absent. */
  readonly publicUrl?: string | null | undefined;
  /** Secret of the default workspace's agent key, at least 32 characters; made and kept when absent. */
  readonly authSecret?: string | null | undefined;
  /** Folder with the webchat's script for websites; that of `@prosa/widget-webchat` when absent. */
  readonly webchatDir?: string | null | undefined;
  /**
   * Keys that tokens and app secrets of channels are encrypted with, each at least 32 characters, the newest first; one is
   * made and kept in the data folder when absent.
   */
  readonly secretKeys?: readonly string[] | undefined;
  /** Where numbers that are added through the API send to; Meta when absent. */
  readonly graphUrl?: string | undefined;
  /** First number of the default workspace. */
  readonly whatsapp?: WhatsAppConfig | null | undefined;
  /**
   * Proxies whose `X-Forwarded-For` is believed, each `loopback`, `private`, an address or a network as `10.0.0.0/8`;
   * none when absent.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Visitors' sessions that one address begins within a minute; 20 when absent. */
  readonly sessionsPerAddress?: number | null | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
  /** For calls to providers. */
  readonly fetch?: typeof fetch | undefined;
}

/** A gateway with its server and its database. */
export interface RunningGateway {
  /** Where it listens. */
  readonly url: string;
  readonly publicUrl: string;
  readonly gateway: Gateway;
  readonly database: Database;
  readonly media: MediaStore;
  /** The default one. */
  readonly workspace: Workspace;
  readonly agentKey: AgentKey;
  readonly whatsapp: WhatsAppChannel | null;
  /** Finishes what is under way (30 seconds at most), then closes everything. Calling it again waits for the same. */
  close(): Promise<void>;
}

/** Signs agent tokens of the default workspace. */
export interface AgentKey {
  readonly kid: string;
  readonly secret: string;
  /** File that holds the secret; `null` when it was given, or made by another process of the same database. */
  readonly path: string | null;
  /** Somebody revoked it: its tokens are refused. */
  readonly revoked: boolean;
}

/** The gateway has 25 s for what it is sending; then what still hangs is cut. */
const closeDeadlineMs = 28_000;

/** Opens database and media, seeds the default workspace, and serves the gateway over HTTP. */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const {
    dataDir,
    databaseUrl = null,
    mediaDir = join(dataDir, 'media'),
    clock = systemClock,
    log = silentLog,
  } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { database, applied } = await openMigrated({ databaseUrl, dataDir });
  const undo: (() => Promise<unknown>)[] = [() => database.close()];
  try {
    for (const name of applied) log('info', 'migration applied', { name });
    for (const name of database.engine === 'postgres' ? await unsafeSettings(database) : []) {
      log('warn', 'PostgreSQL may lose in a power cut what it says is stored; switch the setting on', { name });
    }
    const secretBox = await createSecretBox(await secretKeys(dataDir, options.secretKeys ?? []));
    const scope = { db: database, clock, secretBox };
    const media = await openDiskMedia(mediaDir);
    const workspace = await createDefaultWorkspace(scope);
    const agentKey = await seedAgentKey(scope, workspace.id, options.authSecret ?? null, dataDir);
    const whatsapp = options.whatsapp
      ? await ensureWhatsAppChannel(scope, workspace.id, { settings: options.whatsapp })
      : null;
    const sealed = await sealWhatsAppChannels(scope, secretBox);
    if (sealed > 0) log('info', 'secrets of channels encrypted', { channels: sealed });

    // The address is known only once it listens; until the gateway stands, callers are asked to come back.
    let serve: Gateway['fetch'] = () =>
      Promise.resolve(new Response(null, { status: 503, headers: { 'Retry-After': '1' } }));
    const addressOf = createClientAddress(options.trustedProxies ?? []);
    const noteForwarded = createForwardedNote(log);
    const listener = await listen(
      (request, peer) => {
        const forwardedFor = request.headers.get('x-forwarded-for');
        const remoteAddress = addressOf(peer, forwardedFor);
        if (forwardedFor !== null && remoteAddress === peer) noteForwarded(peer);
        return serve(request, { remoteAddress });
      },
      {
        host: options.host ?? '127.0.0.1',
        port: options.port ?? 0,
      },
    );
    undo.push(() => listener.close({ deadlineMs: 0 }));
    const publicUrl = options.publicUrl ?? listener.url;
    const gateway = createGateway({
      database,
      media,
      publicUrl,
      clock,
      log,
      fetch: options.fetch,
      secretBox,
      graphUrl: options.graphUrl,
      sessionsPerAddress: options.sessionsPerAddress ?? undefined,
    });
    const script = serveWebchatScript(options.webchatDir ?? findWebchatFolder());
    serve = async (request, source) => (await script(request)) ?? gateway.fetch(request, source);
    gateway.start();
    const logWatch = databaseUrl === null ? watchLog({ path: sqlitePath(dataDir), log }) : null;
    logWatch?.start();

    let closed: Promise<void> | null = null;
    return {
      url: listener.url,
      publicUrl,
      gateway,
      database,
      media,
      workspace,
      agentKey,
      whatsapp,
      close: () =>
        (closed ??= (async () => {
          await Promise.all([listener.close({ deadlineMs: closeDeadlineMs }), gateway.close(), logWatch?.stop()]);
          await database.close();
        })()),
    };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function seedAgentKey(
  scope: { readonly db: Database; readonly clock: Clock },
  workspaceId: string,
  given: string | null,
  dataDir: string,
): Promise<AgentKey> {
  if (given === null) {
    // Gateways that share a database share the key that the first of them made.
    const existing = await findHmacKey(scope, workspaceId);
    if (existing) {
      const kept = await findAuthSecret(dataDir);
      return { ...existing, path: kept?.value === existing.secret ? kept.path : null, revoked: false };
    }
  }
  const kept = given === null ? await keepAuthSecret(dataDir) : null;
  const secret = given ?? kept?.value ?? '';
  const { kid, revokedAt } = await ensureAgentKey(scope, workspaceId, secret);
  return { kid, secret, path: kept?.path ?? null, revoked: revokedAt !== null };
}

/** Says it once: behind a proxy that nobody named, all visitors share its address and so its limits. */
function createForwardedNote(log: Log): (peer: string | undefined) => void {
  let isSaid = false;
  return (peer) => {
    if (isSaid) return;
    isSaid = true;
    log('warn', 'X-Forwarded-For is not believed; if that is your proxy, name it in PROSA_TRUSTED_PROXIES', {
      from: peer ?? null,
    });
  };
}
