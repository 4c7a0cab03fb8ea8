import type { VisitorConversation, VisitorMessage, VisitorSession } from '@prosa/core/contract';
import { createSigningKey } from '../admin/signing-keys.ts';
import { signVisitorToken } from '../admin/visitor-token.ts';
import { createWebchatChannel, type WebchatChanges, type WebchatChannel } from '../admin/webchat-channels.ts';
import type { Answer, TestDesk, TestWorkspace } from './desk.ts';

export const shopOrigin = 'https://loja.test';

export interface TestVisitor {
  readonly session: VisitorSession;
  call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  upload(file: Blob, fileName: string): Promise<Answer<{ readonly id: string }>>;
  /** Begins a conversation, or goes on with the open one. */
  says(text: string, more?: object): Promise<VisitorConversation>;
  sends(conversationId: string, text: string, more?: object): Promise<Answer<VisitorMessage>>;
}

export interface TestWebchat {
  readonly channel: WebchatChannel;
  /** Signs as the website's backend. */
  identity(sub: string, claims?: { name?: string; email?: string; expiresInSeconds?: number }): Promise<string>;
  startSession<Body = VisitorSession>(body?: object, headers?: Record<string, string>): Promise<Answer<Body>>;
  visitor(body?: object): Promise<TestVisitor>;
}

/** A webchat on a made-up shop. */
export async function openWebchat(
  desk: TestDesk,
  workspace: TestWorkspace,
  settings: WebchatChanges = {},
): Promise<TestWebchat> {
  const scope = { db: desk.database, clock: desk.clock };
  const channel = await createWebchatChannel(scope, workspace.id, {
    settings: { title: 'Loja', origins: [shopOrigin], form: { name: 'optional', subjects: ['Pedido'] }, ...settings },
  });
  const { kid, secret } = await createSigningKey(scope, workspace.id, { audience: 'visitor' });

  async function request<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await desk.request(path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as Body,
    };
  }

  const startSession = <Body>(body: object = {}, headers: Record<string, string> = {}) =>
    request<Body>('/v1/webchat/sessions', {
      method: 'POST',
      headers: { origin: shopOrigin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ key: channel.key, ...body }),
    });

  return {
    channel,
    identity: (sub, { expiresInSeconds = 600, ...claims } = {}) =>
      signVisitorToken({ kid, secret: secret ?? '', sub, expiresInSeconds, now: desk.clock.now(), ...claims }),
    startSession,
    async visitor(body) {
      const { body: session } = await startSession<VisitorSession>(body);
      const headersOf = (method: string) => ({
        origin: shopOrigin,
        authorization: `Bearer ${session.token}`,
        ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
      });
      const visitor: TestVisitor = {
        session,
        call: (method, path, content, headers = {}) =>
          request(`/v1/webchat${path}`, {
            method,
            headers: {
              ...headersOf(method),
              ...(content !== undefined && { 'content-type': 'application/json' }),
              ...headers,
            },
            ...(content !== undefined && { body: JSON.stringify(content) }),
          }),
        upload: (file, fileName) =>
          request(`/v1/webchat/attachments?fileName=${encodeURIComponent(fileName)}`, {
            method: 'POST',
            headers: headersOf('POST'),
            body: file,
          }),
        async says(text, more = {}) {
          const message = { type: 'text', text };
          const { status, body: conversation } = await visitor.call<VisitorConversation>('POST', '/conversations', {
            message,
            ...more,
          });
          if (status !== 200) throw new Error(`the visitor was refused: ${JSON.stringify(conversation)}`);
          return conversation;
        },
        sends: (conversationId, text, more = {}) =>
          visitor.call('POST', `/conversations/${conversationId}/messages`, { type: 'text', text, ...more }),
      };
      return visitor;
    },
  };
}
