import { routes, splitPath, type Conversation, type Page, type Problem, type Route } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { readStream } from '../testbed/read-stream.ts';
import { openWebchat, shopOrigin, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';

interface Ids {
  readonly conversationId: string;
  readonly attachmentId: string;
}

/** A valid body for each route that needs one, so that only the ids can be what is refused. */
const bodies: Readonly<Record<string, unknown>> = {
  send: { type: 'text', text: 'Oi' },
  receipts: { position: 100, status: 'read' },
  typing: { typing: true },
  answerSurvey: { score: 5 },
};

const visitorRoutes = Object.entries(routes.webchat as Record<string, Route>).filter(([, { callers }]) =>
  callers.includes('visitor'),
);
const otherRoutes = Object.values(routes)
  .flatMap((group) => Object.values(group as Record<string, Route>))
  .filter(({ callers }) => !callers.includes('visitor') && !callers.includes('public'));

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  it('shows and changes nothing of another visitor on any route', async () => {
    const mine = await webchat.visitor();
    await mine.says('Oi');
    const strangers = {
      'another visitor': await fill(await webchat.visitor()),
      'a named visitor': await fill(await webchat.visitor({ identity: await webchat.identity('u-77') })),
      'another workspace': await (async () => {
        const other = await openWebchat(desk, await desk.workspace('Outra'));
        return await fill(await other.visitor());
      })(),
      'a phone': await (async () => {
        await workspace.customerSays('+5583999142210', 'Oi');
        const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all');
        const upload = await desk.request('/v1/attachments?fileName=foto.png', {
          method: 'POST',
          headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
          body: pngFile(),
        });
        return {
          conversationId: body.data.find(({ origin }) => origin === 'whatsapp')?.id ?? '',
          attachmentId: ((await upload.json()) as { id: string }).id,
        };
      })(),
    };
    const before = await rowsOf(opened.database);
    const withParams = visitorRoutes.filter(([, { params }]) => params !== undefined);
    expect(withParams.length).toBeGreaterThanOrEqual(8);
    for (const [whose, ids] of Object.entries(strangers)) {
      for (const [name, { path }] of withParams) {
        const { method, path: pattern } = splitPath(path);
        const address = pattern
          .replace('/v1/webchat', '')
          .replace(/\{(\w+)\}/g, (_, id: string) => ids[id as keyof Ids]);
        const { status, body } = await mine.call<Problem>(method, address, bodies[name]);
        expect([whose, name, status, body.code]).toEqual([whose, name, 404, 'not_found']);
        expect(JSON.stringify(body)).not.toContain(ids.conversationId);
      }
      const use = await mine.call<Problem>('POST', '/conversations', {
        message: { type: 'image', attachmentId: ids.attachmentId },
      });
      expect([whose, use.status]).toEqual([whose, 422]);
    }
    expect(await rowsOf(opened.database)).toEqual(before);
  });

  it('takes no agent and no server for a visitor, no visitor for one of them, and nobody for nothing', async () => {
    const visitor = await webchat.visitor();
    const ids = await fill(visitor);
    const fillPath = (path: string) =>
      path.replace(/\{(\w+)\}/g, (_, name: string) =>
        name in ids ? ids[name as keyof Ids] : `${name === 'number' ? '' : 'xxx_'}00000000000000000000000000`,
      );
    for (const caller of [ana, workspace.server]) {
      for (const [name, { path }] of visitorRoutes) {
        const { method, path: pattern } = splitPath(path);
        const { status, body } = await caller.call<Problem>(method, fillPath(pattern), bodies[name]);
        expect([name, status, body.code]).toEqual([name, 403, 'forbidden']);
      }
    }
    expect(otherRoutes.length).toBeGreaterThan(35);
    for (const { path } of otherRoutes) {
      const { method, path: pattern } = splitPath(path);
      const call = (token: string | null) =>
        desk.request(fillPath(pattern), {
          method,
          headers: {
            'idempotency-key': crypto.randomUUID(),
            ...(token !== null && { authorization: `Bearer ${token}` }),
          },
        });
      const response = await call(visitor.session.token);
      expect([path, response.status, ((await response.json()) as Problem).code]).toEqual([path, 403, 'forbidden']);
      expect([path, (await call(null)).status]).toEqual([path, 401]);
    }
  });

  it('serves a visitor’s token to no page of another origin, not even one of the desk', async () => {
    const visitor = await webchat.visitor();
    for (const [name, { path }] of visitorRoutes) {
      const { method, path: pattern } = splitPath(path);
      const address = pattern.replace('/v1/webchat', '').replace(/\{\w+\}/g, 'cnv_00000000000000000000000000');
      for (const origin of ['https://outra.test', 'https://crm.test', 'http://gateway.test', 'null']) {
        const { status, body } = await visitor.call<Problem>(method, address, bodies[name], { origin });
        expect([name, origin, status, body.code]).toEqual([name, origin, 403, 'origin_not_allowed']);
      }
    }
    // And the website is no page of the desk.
    const asDesk = await ana.call<Problem>('GET', '/v1/conversations', undefined, { origin: shopOrigin });
    expect(asDesk.body.code).toBe('origin_not_allowed');
  });

  it('never lets what is inside the team out: reasons, ids, records, other people, names of servers', async () => {
    const visitor = await webchat.visitor();
    const { id } = await visitor.says('Oi', { name: 'Marina' });
    const stream = await readStream(
      await desk.request('/v1/webchat/events', { headers: { authorization: `Bearer ${visitor.session.token}` } }),
    );
    const other = await webchat.visitor();
    await other.says('Segredo de outra pessoa', { name: 'Caio Segredo' });
    await workspace.customerSays('+5583999142210', 'Segredo do telefone');

    const { id: anaId } = await whoAmI(ana);
    const bruno = await workspace.agent('bruno', { name: 'Bruno Lima' });
    const { id: brunoId } = await whoAmI(bruno);
    const { body: seen } = await ana.call<Conversation>('POST', `/v1/conversations/${id}/accept`);
    const { body: customer } = await ana.call<{ id: string }>('POST', '/v1/customers', {
      name: 'Ficha secreta',
      notes: 'Anotação secreta',
    });
    await ana.call('POST', `/v1/contacts/${seen.contact.id}/link`, { customerId: customer.id });
    await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Olá' });
    await ana.call('POST', `/v1/conversations/${id}/transfer`, { to: { agentId: brunoId }, reason: 'Motivo secreto' });
    await ana.call('POST', `/v1/conversations/${id}/typing`, { typing: true });
    await bruno.call('POST', `/v1/conversations/${id}/typing`, { typing: true });
    await workspace.server.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Do servidor' });
    await workspace.server.call('POST', `/v1/conversations/${id}/close`, { outcome: 'unresolved' });
    await stream.until(8);

    const said = [JSON.stringify(stream.frames)];
    for (const [, { path, stream: isStream }] of visitorRoutes) {
      const { method, path: pattern } = splitPath(path);
      if (method !== 'GET' || isStream) continue;
      const address = pattern.replace('/v1/webchat', '').replace('{conversationId}', id);
      said.push(JSON.stringify((await visitor.call(method, address)).body));
    }
    await stream.stop();
    const everything = said.join('\n');
    expect(everything).toContain('Bruno Lima');
    expect(everything).toContain('Do servidor');
    expect(everything).toContain('typing.changed');
    const secrets = [
      'Segredo',
      'secret',
      anaId,
      brunoId,
      customer.id,
      seen.queue?.id,
      seen.channelId,
      workspace.id,
      'Cacau server',
      'unresolved',
      'key_',
      'agt_',
      'cus_',
      'que_',
      'chn_',
      'wsp_',
    ];
    for (const secret of secrets) expect([secret, everything.includes(secret ?? '')]).toEqual([secret, false]);
  });
});

/** A conversation with a file in it. */
async function fill(visitor: TestVisitor): Promise<Ids> {
  const { body: file } = await visitor.upload(pngFile(), 'foto.png');
  const { id: conversationId } = await visitor.says('', { message: { type: 'image', attachmentId: file.id } });
  return { conversationId, attachmentId: file.id };
}

async function rowsOf({ read }: Database): Promise<unknown> {
  const tables = ['conversations', 'messages', 'contacts', 'attachments', 'jobs', 'visitorSessions'] as const;
  return await Promise.all([
    ...tables.map((table) => read.selectFrom(table).selectAll().orderBy('id').execute()),
    read.selectFrom('events').selectAll().orderBy('workspaceId').orderBy('seq').execute(),
  ]);
}
