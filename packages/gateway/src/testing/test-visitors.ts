import { paths, splitPath, type Attachment, type VisitorConversation, type VisitorSession } from '@prosa/core/contract';
import { fileOf } from './test-files.ts';
import type { TestFiles, TestVisitor, TestVisitorOptions } from './test-people.ts';

export interface VisitorDeps {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly createWebchat: () => Promise<string>;
  readonly visitorToken: (visitor: TestVisitorOptions) => Promise<string>;
}

/** What visitors of a website do, through the webchat's own routes. */
export function testVisitors({ baseUrl, fetch, createWebchat, visitorToken }: VisitorDeps) {
  const tokens = new Map<string, Promise<string>>();
  let usualWebchat: Promise<string> | null = null;

  async function call<Answer>(route: string, { token, query = '', ...init }: VisitorRequest): Promise<Answer> {
    const { method, path } = splitPath(route);
    const headers = new Headers({ 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() });
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(`${baseUrl}${path}${query}`, { method, headers, ...init });
    if (!response.ok) throw new Error(`unable to be a visitor; ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async function beginSession({ name, email, externalId }: TestVisitor, key: string): Promise<string> {
    const identity = externalId === undefined ? null : await visitorToken({ externalId, name, email });
    const body = JSON.stringify({ key, identity });
    return (await call<VisitorSession>(paths.webchat.startSession, { body })).token;
  }

  async function tokenOf(visitor: TestVisitor): Promise<string> {
    const key = visitor.webchat ?? (await (usualWebchat ??= createWebchat()));
    const who = `${key} ${visitor.externalId ?? ''} ${visitor.name ?? ''}`;
    const begun = tokens.get(who) ?? beginSession(visitor, key);
    tokens.set(who, begun);
    return await begun;
  }

  async function messageOf(text: string, files: TestFiles, token: string) {
    const file = fileOf(files);
    if (!file) return { type: 'text', text };
    const query = `?fileName=${encodeURIComponent(file.fileName ?? file.kind)}`;
    const { id } = await call<Attachment>(paths.webchat.upload, { token, query, body: file.blob });
    return { type: file.kind, attachmentId: id, caption: text === '' ? null : text };
  }

  return {
    /** @returns the id of the conversation */
    async says(text: string, visitor: TestVisitor & TestFiles): Promise<string> {
      const token = await tokenOf(visitor);
      const { name, email, subject } = visitor;
      const message = await messageOf(text, visitor, token);
      const body = JSON.stringify({ name, email, subject, message });
      return (await call<VisitorConversation>(paths.webchat.start, { token, body })).id;
    },
  };
}

interface VisitorRequest {
  readonly token?: string;
  readonly query?: string;
  readonly body: BodyInit;
}
