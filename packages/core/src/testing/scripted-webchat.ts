import type { Visitor, VisitorConversation, VisitorMessage, WebchatConfig } from '../contract/index.ts';
import { webchatPaths } from '../contract/paths.ts';
import { createWebchatClient } from '../webchat/create-webchat-client.ts';
import { memoryWebchatStorage } from '../webchat/storage.ts';
import type { WebchatClientOptions } from '../webchat/webchat-client.ts';
import { ManualClock } from './manual-clock.ts';
import { idOf, timeOf } from './samples.ts';
import { json, pageOf, ScriptedServer, type ScriptedRequest } from './scripted-server.ts';

export const webchatKey = 'wck_00000000000000000000';
const config: WebchatConfig = {
  title: 'Loja Cacau',
  greeting: 'Oi! Como podemos ajudar?',
  subtitle: null,
  accent: null,
  position: 'right',
  form: { name: 'optional', email: 'hidden', subjects: [] },
  maxFileBytes: 1_000_000,
};

export function visitorConversationOf(change: Partial<VisitorConversation> = {}): VisitorConversation {
  return {
    id: idOf('cnv', 1),
    status: 'active',
    subject: null,
    agentName: 'Ana',
    protocol: '20261120000042',
    unreadCount: 0,
    readPosition: 0,
    survey: null,
    createdAt: timeOf(0),
    endedAt: null,
    version: 1,
    ...change,
  };
}

/** A message of the team; with a `clientId`, one of the visitor. */
export function visitorMessageOf(position: number, change: Partial<VisitorMessage> = {}): VisitorMessage {
  const isOwn = change.clientId !== undefined;
  return {
    id: idOf('msg', position),
    conversationId: idOf('cnv', 1),
    author: isOwn ? { kind: 'visitor', name: null } : { kind: 'team', name: 'Ana' },
    content: { type: 'text', text: `mensagem ${position}` },
    clientId: null,
    position,
    createdAt: timeOf(position),
    version: 1,
    ...change,
  };
}

/** A signed identity, as far as a browser can tell: nobody here checks the signature. */
export function identityOf(subject: string): string {
  return `e30.${btoa(JSON.stringify({ sub: subject }))}.c2ln`;
}

/** What the visitor wrote in a request that sends or begins. */
export function textOf({ body }: ScriptedRequest): string {
  const { text, message } = body as { readonly text?: string; readonly message?: { readonly text: string } };
  return text ?? message?.text ?? '';
}

export const bearerOf = ({ headers }: ScriptedRequest) => headers.get('authorization');
export const keyOf = ({ headers }: ScriptedRequest) => headers.get('idempotency-key');

/** A gateway with one webchat and, as it comes, one conversation. */
export class WebchatServer extends ScriptedServer {
  conversation: VisitorConversation | null = null;
  messages: VisitorMessage[] = [];
  visitor: Visitor = { id: idOf('ctt', 1), name: null, email: null, verified: false };
  #sessions = 0;

  constructor() {
    super();
    this.always(webchatPaths.config, () => json(config));
    this.always(webchatPaths.startSession, ({ body }) => {
      const { identity } = body as { readonly identity: string | null };
      const visitor = { id: idOf('ctt', 1), name: identity && 'Marina', email: null, verified: identity !== null };
      return json({ token: `token-${++this.#sessions}`, expiresAt: '2026-12-20T12:00:00.000Z', visitor });
    });
    this.always(webchatPaths.session, () => json({ visitor: this.visitor, conversation: this.conversation }));
    this.always(webchatPaths.endSession, () => json({ ended: true }));
    this.always(webchatPaths.start, (request) => {
      this.conversation ??= visitorConversationOf({ status: 'waiting', agentName: null, protocol: null });
      this.write(request);
      return json(this.conversation);
    });
    this.always(webchatPaths.send, (request) => json(this.write(request)));
    this.always(webchatPaths.messages, () => pageOf([...this.messages].reverse()));
    this.always(webchatPaths.receipts, () => json(this.conversation));
    this.always(webchatPaths.typing, () => new Response(null, { status: 204 }));
    this.streamAt(webchatPaths.events);
  }

  /** Keeps a message of the visitor, once. */
  write({ body }: ScriptedRequest): VisitorMessage {
    const opening = body as { readonly message?: { readonly clientId: string; readonly text: string } };
    const { clientId, text } = opening.message ?? (body as { readonly clientId: string; readonly text: string });
    const known = this.messages.find((message) => message.clientId === clientId);
    if (known) return known;
    const message = visitorMessageOf(this.messages.length + 1, { clientId, content: { type: 'text', text } });
    this.messages.push(message);
    return message;
  }

  /** Who was here before: the browser has a session, the gateway has the conversation. */
  withVisitor(storage = memoryWebchatStorage(), subject: string | null = null) {
    const kept = { token: 'token-0', expiresAt: Date.parse('2026-12-20T12:00:00.000Z'), subject };
    storage.set(`prosa:webchat:${webchatKey}:session`, JSON.stringify(kept));
    return storage;
  }
}

/** A webchat client on a scripted server and a clock that stands still. */
export function scriptedWebchat(options: Partial<WebchatClientOptions> & { readonly server?: WebchatServer } = {}) {
  const { server = new WebchatServer(), ...more } = options;
  const clock = new ManualClock();
  const storage = memoryWebchatStorage();
  const chat = createWebchatClient({
    baseUrl: 'https://chat.prosa.example',
    webchatKey,
    fetch: server.fetch,
    clock,
    storage,
    ...more,
  });
  return { server, clock, chat, storage: more.storage ?? storage };
}
