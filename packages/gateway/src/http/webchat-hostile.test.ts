import type { Problem, VisitorConversation } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../base64url.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile } from '../testbed/files.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';

const encoded = (value: unknown) => toBase64Url(new TextEncoder().encode(JSON.stringify(value)));

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;
  let visitor: TestVisitor;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
    visitor = await webchat.visitor();
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  it.each([
    ['an object', { a: 1 }],
    ['a list', ['key_1']],
    ['a number', 7],
    ['null', null],
    ['a NUL', 'key\0'],
  ])('refuses a token whose kid is %s, as an identity and as a credential', async (_what, kid) => {
    const token = `${encoded({ alg: 'HS256', kid })}.${encoded({ aud: 'visitor', sub: 'u-77' })}.c2ln`;
    const { status, body } = await webchat.startSession<Problem>({ identity: token });
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
    const response = await desk.request('/v1/conversations', { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  it('takes no key for its own name in a list', async () => {
    const [header = '', ...rest] = (await webchat.identity('u-77')).split('.');
    const { kid } = JSON.parse(atob(header)) as { kid: string };
    const { status } = await webchat.startSession({
      identity: [encoded({ alg: 'HS256', kid: [kid] }), ...rest].join('.'),
    });
    expect(status).toBe(401);
  });

  it('takes no control characters from what the website signs', async () => {
    const { status, body } = await webchat.startSession<Problem>({ identity: await webchat.identity('u\0 77') });
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
    const { session } = await webchat.visitor({
      identity: await webchat.identity('u-77', { name: ' Mari\0na\u001b ', email: '\0' }),
    });
    expect(session.visitor).toMatchObject({ name: 'Marina', email: null });
  });

  it('refuses a page address with control characters', async () => {
    const { status, body } = await visitor.call<Problem>('POST', '/conversations', {
      pageUrl: 'https://loja.test/\0',
      message: { type: 'text', text: 'Oi' },
    });
    expect([status, body.errors?.[0]?.path]).toEqual([422, 'body.pageUrl']);
  });

  it('keeps of a file name what can be seen', async () => {
    const { body: file } = await visitor.upload(pdfFile(), 'no\u0000ta\r\n \u202Efdp.exe\u2069.pdf');
    expect(file).toMatchObject({ fileName: 'nota fdp.exe.pdf' });
    const { body: nameless } = await visitor.upload(pdfFile(), '\u202E\0');
    expect(nameless).toMatchObject({ fileName: 'arquivo' });
    const { id } = await visitor.says('', { message: { type: 'document', attachmentId: file.id } });
    expect((await visitor.call('GET', `/conversations/${id}/messages`)).status).toBe(200);
  });

  it.each([
    ['a NUL', [1, 'cnv_\0']],
    ['a fraction', [1.5, 'cnv_1']],
    ['what is no time', [1e300, 'cnv_1']],
  ])('refuses a cursor with %s', async (_what, position) => {
    const { status, body } = await visitor.call<Problem>('GET', `/conversations?cursor=${encoded(position)}`);
    expect([status, body.code]).toEqual([400, 'cursor_invalid']);
  });

  it('still goes on with its own cursors', async () => {
    for (const text of ['um', 'dois']) {
      const { id } = await visitor.says(text);
      await visitor.call<VisitorConversation>('POST', `/conversations/${id}/close`);
    }
    const first = await visitor.call<{ nextCursor: string }>('GET', '/conversations?limit=1');
    const second = await visitor.call<{ data: unknown[] }>(
      'GET',
      `/conversations?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect([second.status, second.body.data.length]).toEqual([200, 1]);
  });
});
