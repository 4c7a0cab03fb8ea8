import type { Agent, Conversation, Page } from '@prosa/core/contract';
import { createApiKey } from '../admin/api-keys.ts';
import { signAgentToken, type AgentRole } from '../admin/agent-token.ts';
import { addOrigin } from '../admin/origins.ts';
import { createSigningKey } from '../admin/signing-keys.ts';
import { createWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { createWorkspace } from '../admin/workspaces.ts';
import type { ChannelRow } from '../channels/channel.ts';
import type { SecretBox } from '../channels/secret-box.ts';
import { day, type Clock } from '../clock.ts';
import type { InboundContent } from '../commands/inbound.ts';
import { receiveMessage } from '../commands/receive-message.ts';
import { createGateway } from '../gateway.ts';
import type { Log } from '../log.ts';
import type { MediaStore } from '../media/media-store.ts';
import type { Gateway } from '../options.ts';
import type { Database } from '../store/database.ts';
import { runUnit } from '../store/unit.ts';
import { memoryMedia } from '../testing/memory-media.ts';

/** A time of its own, that passes only when a test says so. Starts now, so that tokens and links agree with it. */
export function testClock(): Clock & { advance(ms: number): void } {
  let offset = 0;
  const start = Date.now();
  return { now: () => start + offset, advance: (ms) => void (offset += ms) };
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Calls the gateway as one person or server would. */
export interface Caller {
  readonly token: string;
  call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

export interface InboundOptions {
  readonly name?: string;
  readonly providerId?: string;
  readonly sentAt?: number;
}

export interface TestWorkspace {
  readonly id: string;
  readonly kid: string;
  readonly secret: string;
  readonly channel: ChannelRow;
  /** With which Meta signs the webhooks of this channel. */
  readonly appSecret: string;
  readonly server: Caller;
  agent(sub: string, options?: { name?: string; role?: AgentRole; expiresInSeconds?: number }): Promise<Caller>;
  /** A message from a made-up customer, as the WhatsApp channel would hand it over. */
  customerSays(phone: string, text: string, options?: InboundOptions): Promise<void>;
  customerSends(phone: string, content: InboundContent, options?: InboundOptions): Promise<void>;
}

export interface TestDesk {
  readonly gateway: Gateway;
  readonly database: Database;
  readonly media: MediaStore;
  readonly clock: ReturnType<typeof testClock>;
  workspace(name: string): Promise<TestWorkspace>;
  /** Whoever has the token, at this gateway. */
  caller(token: string): Caller;
  request(path: string, init?: RequestInit): Promise<Response>;
}

export const testUrl = 'http://gateway.test';
export const testOrigin = 'https://crm.test';
let serial = 0;

/** Whoever has the token, at the gateway that answers these requests. */
export function callerAt(request: TestDesk['request'], token: string): Caller {
  return {
    token,
    async call<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await request(path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === '' ? null : JSON.parse(text)) as Body,
      };
    },
  };
}

interface DeskOptions {
  readonly fetch?: typeof fetch;
  /** Secrets of channels that are added through the API are encrypted. */
  readonly secretBox?: SecretBox;
  readonly log?: Log;
  readonly clock?: TestDesk['clock'];
  /** Where the numbers of its workspaces send to. */
  readonly graphUrl?: string;
}

/** A gateway over a fresh database, without background work. */
export function openDesk(
  database: Database,
  { clock = testClock(), graphUrl = 'http://graph.test', ...options }: DeskOptions = {},
): TestDesk {
  const media = memoryMedia();
  const gateway = createGateway({ database, media, publicUrl: testUrl, clock, graphUrl, ...options });
  const scope = { db: database, clock };
  const request = (path: string, init?: RequestInit) => gateway.fetch(new Request(testUrl + path, init));

  const callerWith = (token: string) => callerAt(request, token);

  return {
    gateway,
    database,
    media,
    clock,
    request,
    caller: callerWith,
    async workspace(name) {
      const { id } = await createWorkspace(scope, { name });
      const { kid, secret } = await createSigningKey(scope, id);
      const { key } = await createApiKey(scope, id, { name: `${name} server` });
      await addOrigin(scope, id, testOrigin);
      serial += 1;
      const appSecret = `test-app-secret-${serial}`;
      await createWhatsAppChannel(scope, id, {
        settings: {
          phoneNumberId: `10900000000${String(serial).padStart(4, '0')}`,
          businessAccountId: '10800000000001',
          accessToken: 'test-token',
          appSecrets: [appSecret],
          verifyToken: 'test-verify-token',
          baseUrl: graphUrl,
          graphVersion: 'v25.0',
        },
      });
      const channel = await database.read
        .selectFrom('channels')
        .selectAll()
        .where('workspaceId', '=', id)
        .executeTakeFirstOrThrow();
      if (secret === null) throw new Error('a test key has a secret');

      const customerSends = async (
        phone: string,
        content: InboundContent,
        { name: profile, providerId, sentAt }: InboundOptions = {},
      ) => {
        await runUnit(scope, id, (unit) =>
          receiveMessage(
            unit,
            {
              channel,
              contact: { address: phone.slice(1), phone, userId: null, username: null, name: profile ?? null },
              providerId: providerId ?? `wamid.${crypto.randomUUID()}`,
              sentAt: sentAt ?? clock.now(),
              content,
            },
            { serviceWindowMs: day },
          ),
        );
      };
      return {
        id,
        kid,
        secret,
        channel,
        appSecret,
        server: callerWith(key),
        async agent(sub, { name: agentName = sub, role = 'agent', expiresInSeconds = 3600 } = {}) {
          return callerWith(
            await signAgentToken({ kid, secret, sub, name: agentName, role, expiresInSeconds, now: clock.now() }),
          );
        },
        customerSends,
        customerSays: (phone, text, says) => customerSends(phone, { type: 'text', text }, says),
      };
    },
  };
}

/** The conversation that has been waiting longest. */
export async function oldestWaiting(caller: Caller): Promise<Conversation> {
  const { body } = await caller.call<Page<Conversation>>('GET', '/v1/conversations?tab=waiting');
  const [conversation] = body.data;
  if (!conversation) throw new Error('nobody waits');
  return conversation;
}

export async function whoAmI(caller: Caller): Promise<Agent> {
  return (await caller.call<Agent>('GET', '/v1/agents/me')).body;
}
