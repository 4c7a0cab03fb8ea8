import { openApiDocument } from '@prosa/core/contract';
import { systemClock } from './clock.ts';
import { createAgentStreams } from './events/agent-streams.ts';
import { createCursorCodec } from './events/cursor.ts';
import { agentHandlers } from './http/agents.ts';
import { createApp } from './http/app.ts';
import { attachmentHandlers } from './http/attachments.ts';
import { createAuthenticator } from './http/authenticate.ts';
import { channelHandlers } from './http/channels.ts';
import { contactHandlers } from './http/contacts.ts';
import { conversationHandlers } from './http/conversations.ts';
import { customerHandlers } from './http/customers.ts';
import { deadLetterHandlers } from './http/dead-letters.ts';
import { dispatchHandlers } from './http/dispatches.ts';
import { createReaders } from './events/readers.ts';
import { eventHandlers } from './http/events.ts';
import { health, ready } from './http/health.ts';
import { serveMedia } from './http/media.ts';
import { hsmHandlers } from './http/hsm.ts';
import { messageHandlers } from './http/messages.ts';
import { createOrigins } from './http/origins.ts';
import { profileHandlers } from './http/profiles.ts';
import { protocolHandlers } from './http/protocols.ts';
import { searchHandlers } from './http/search.ts';
import { settingsHandlers } from './http/settings.ts';
import { tagHandlers } from './http/tags.ts';
import { queueHandlers } from './http/queues.ts';
import { surveyHandlers } from './http/surveys.ts';
import { createTokenVerifier } from './http/verify-token.ts';
import { webchatHandlers } from './http/webchat.ts';
import { openBox } from './channels/secret-box.ts';
import { handleWebhook } from './channels/whatsapp/webhook.ts';
import { silentLog } from './log.ts';
import { createLinkSigner } from './media/signed-link.ts';
import type { Gateway, GatewayOptions } from './options.ts';
import { readMeta } from './store/meta.ts';
import { version } from './version.ts';
import { createWorkers } from './workers.ts';

/** The gateway over a database and a media store. It answers at once; background work begins with `start`. */
export function createGateway(options: GatewayOptions): Gateway {
  const { database: db, media, publicUrl, clock = systemClock, log = silentLog, sessionsPerAddress } = options;
  const { secretBox = openBox, graphUrl = 'https://graph.facebook.com' } = options;
  const fetchFromOutside = options.fetch ?? globalThis.fetch.bind(globalThis);
  const shutdown = new AbortController();
  const readers = createReaders(shutdown.signal);
  const scope = { db, clock };
  const streams = createAgentStreams(scope, log);
  const workers = createWorkers({ ...scope, media, log, fetch: fetchFromOutside, secretBox });
  // The database is asked for its secrets once, with the first request.
  let app: Promise<Gateway['fetch']> | null = null;
  let closed: Promise<void> | null = null;

  return {
    async fetch(request, source) {
      app ??= assemble().catch((error: unknown) => {
        app = null;
        throw error;
      });
      return await (
        await app
      )(request, source);
    },
    start() {
      if (shutdown.signal.aborted) return;
      workers.start();
      streams.background.start();
    },
    close() {
      shutdown.abort();
      closed ??= Promise.all([workers.stop(), streams.background.stop()]).then(() => undefined);
      return closed;
    },
  };

  async function assemble() {
    const meta = await readMeta(db.read);
    const mediaDeps = { db, clock, media, links: await createLinkSigner(meta) };
    const verifyToken = createTokenVerifier({ ...scope, fetch: fetchFromOutside });
    const files = { ...mediaDeps, publicUrl };
    const streamDeps = { db, clock, cursors: await createCursorCodec(meta), readers, shutdown: shutdown.signal };
    const webhookDeps = { db, clock, log, secretBox };
    return createApp({
      ...scope,
      log,
      origins: createOrigins({ db, clock, publicUrl }),
      authenticate: createAuthenticator({ ...scope, verifyToken }),
      handlers: {
        conversations: conversationHandlers,
        messages: messageHandlers,
        customers: customerHandlers,
        contacts: contactHandlers,
        queues: queueHandlers,
        agents: agentHandlers,
        attachments: attachmentHandlers(files),
        protocols: protocolHandlers,
        profiles: profileHandlers,
        tags: tagHandlers,
        settings: settingsHandlers,
        search: searchHandlers,
        hsm: hsmHandlers,
        dispatches: dispatchHandlers,
        surveys: surveyHandlers,
        channels: channelHandlers({ ...scope, secretBox, graphUrl, publicUrl, fetch: fetchFromOutside }),
        deadLetters: deadLetterHandlers,
        webchat: webchatHandlers({ files, stream: streamDeps, verifyToken, sessionsPerAddress }),
        events: eventHandlers(streamDeps, streams),
      },
      extra: {
        'GET /health': health,
        'GET /ready': () => ready(db, () => shutdown.signal.aborted),
        'GET /openapi.json': () => Promise.resolve(Response.json(openApiDocument({ version, serverUrl: publicUrl }))),
        'GET /media/:attachmentId': (request, { attachmentId = '' }) => serveMedia(mediaDeps, request, attachmentId),
        'GET /webhooks/whatsapp': (request) => handleWebhook(request, webhookDeps),
        'POST /webhooks/whatsapp': (request) => handleWebhook(request, webhookDeps),
      },
    });
  }
}
