import type { MessageTemplate, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { silentLog } from '../log.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';
import { orderTemplate, plainTemplate } from '../testbed/templates.ts';
import {
  graphError,
  statusWebhook,
  templateGraph,
  templateWebhook,
  type TemplateGraph,
} from '../testbed/template-graph.ts';
import { postWebhook } from '../testbed/webhooks.ts';
import { createWorkers } from '../workers.ts';

const accountPath = '10800000000001/message_templates';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let server: Caller;
  let graph: TemplateGraph;
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    opened = await open();
    graph = templateGraph();
    desk = openDesk(opened.database, { fetch: graph.fetch });
    workspace = await desk.workspace('Cacau');
    ({ server } = workspace);
    const workers = createWorkers({
      db: opened.database,
      clock: desk.clock,
      media: desk.media,
      log: silentLog,
      fetch: graph.fetch,
    });
    running.push(workers);
    workers.start();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((workers) => workers.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  const soon = { timeout: 8000, interval: 20 };
  const create = async (body: object = plainTemplate) =>
    (await server.call<MessageTemplate>('POST', '/v1/hsm', body)).body;
  const get = async ({ id }: { id: string }) => (await server.call<MessageTemplate>('GET', `/v1/hsm/${id}`)).body;
  const becomes = (template: { id: string }, expected: object) =>
    expect.poll(() => get(template), soon).toMatchObject(expected);
  const idle = () =>
    expect
      .poll(
        async () =>
          (
            await opened.database.read
              .selectFrom('jobs')
              .select('id')
              .where('state', 'not in', ['done', 'failed'])
              .execute()
          ).length,
        soon,
      )
      .toBe(0);
  const job = async (kind: string) =>
    await opened.database.read
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  const webhook = async (body: object) => {
    expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
    await expect
      .poll(
        async () =>
          (await opened.database.read.selectFrom('envelopes').select('id').where('state', '=', 'pending').execute())
            .length,
        soon,
      )
      .toBe(0);
  };
  const eventsOf = async () =>
    (await opened.database.read.selectFrom('events').select(['type', 'data']).orderBy('seq').execute())
      .filter(({ type }) => type.startsWith('template.'))
      .map(({ type, data }) => [type, (JSON.parse(data) as { template: MessageTemplate }).template.status]);
  const onlyStored = () => {
    const [stored] = graph.templates.values();
    if (!stored) throw new Error('nothing is stored');
    return stored;
  };
  /** With Meta, and approved there. */
  const approved = async (body: object = plainTemplate) => {
    const template = await create(body);
    await idle();
    const stored = [...graph.templates.values()].at(-1);
    if (!stored) throw new Error('nothing is stored');
    stored.status = 'APPROVED';
    await webhook(statusWebhook(desk, stored.id, 'APPROVED'));
    await becomes(template, { status: 'approved' });
    return await get(template);
  };

  describe('handing in', () => {
    it('sends it as Meta writes it, and waits for the review', async () => {
      const template = await create(orderTemplate);
      await becomes(template, { status: 'submitted', sendable: false, reason: null });
      expect(graph.calls).toHaveLength(1);
      const { method, path, body } = graph.calls[0] ?? {};
      expect([method, path]).toEqual(['POST', accountPath]);
      expect(body).toMatchObject({ name: 'pedido_saiu', language: 'pt_BR', category: 'UTILITY' });
      expect((body as { components: unknown[] }).components[1]).toEqual({
        type: 'BODY',
        text: orderTemplate.components[1].text,
        example: { body_text: [['Marina', 'amanhã']] },
      });
      await webhook(statusWebhook(desk, onlyStored().id, 'APPROVED', { message_template_category: 'UTILITY' }));
      await becomes(template, { status: 'approved', sendable: true });
      expect(await eventsOf()).toEqual([
        ['template.created', 'draft'],
        ['template.updated', 'submitted'],
        ['template.updated', 'approved'],
      ]);
    });

    it('takes what Meta decides at once', async () => {
      graph.next = [() => Response.json({ id: '7412000000000009', status: 'REJECTED', category: 'UTILITY' })];
      const template = await create();
      await becomes(template, { status: 'rejected', category: 'UTILITY' });
    });

    it('says in the words of Meta why it was refused, and can be handed in again', async () => {
      graph.next = [graphError(100, 'Há variáveis demais para o tamanho do texto.')];
      const template = await create();
      await becomes(template, { status: 'rejected', reason: '100: Há variáveis demais para o tamanho do texto.' });
      await server.call('PATCH', `/v1/hsm/${template.id}`, { components: plainTemplate.components });
      await becomes(template, { status: 'submitted', reason: null });
      expect(graph.templates.size).toBe(1);
    });

    it('tries again with patience when it is throttled, and is a draft until then', async () => {
      graph.next = [graphError(80007, 'Too many calls'), graphError(4, 'Too many calls')];
      const template = await create();
      for (const attempts of [1, 2]) {
        await expect.poll(async () => (await job('submit_template'))?.attempts, soon).toBe(attempts);
        await expect.poll(async () => (await job('submit_template'))?.state, soon).toBe('queued');
        expect(await get(template)).toMatchObject({ status: 'draft', reason: null });
        desk.clock.advance(5 * second);
      }
      await becomes(template, { status: 'submitted' });
      expect(graph.templates.size).toBe(1);
    });

    it('makes one of a template whose answer was lost', async () => {
      graph.lose = 1;
      const template = await create();
      await expect.poll(async () => (await job('submit_template'))?.lastError, soon).toContain('did not arrive');
      expect(graph.templates.size).toBe(1);
      onlyStored().category = 'UTILITY';
      onlyStored().status = 'APPROVED';
      desk.clock.advance(5 * second);
      await becomes(template, { status: 'approved', category: 'UTILITY' });
      expect(graph.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    });

    it('does not take a template of another for its own', async () => {
      graph.templates.set('1', {
        id: '1',
        name: 'ola',
        language: 'pt_BR',
        category: 'MARKETING',
        status: 'APPROVED',
        components: [{ type: 'BODY', text: 'Outro texto.' }],
      });
      graph.next = [graphError(4, 'Too many calls')];
      const template = await create();
      await expect.poll(async () => (await job('submit_template'))?.attempts, soon).toBe(1);
      await expect.poll(async () => (await job('submit_template'))?.state, soon).toBe('queued');
      desk.clock.advance(5 * second);
      await becomes(template, { status: 'rejected', reason: '100: There is already a template of this name.' });
    });

    it('believes a webhook that comes before the answer', async () => {
      const gate = createGate();
      graph.next = [
        async () => {
          await gate.opened;
          return Response.json({ id: '7412000000000001', status: 'PENDING', category: 'MARKETING' });
        },
      ];
      const template = await create();
      await expect.poll(() => graph.calls.length, soon).toBe(1);
      await webhook(statusWebhook(desk, '7412000000000001', 'APPROVED', { message_template_name: plainTemplate.name }));
      await becomes(template, { status: 'approved' });
      gate.open();
      await idle();
      expect(await get(template)).toMatchObject({ status: 'approved' });
    });
  });

  describe('changing', () => {
    const change = { components: [{ type: 'BODY', text: 'Olá! Tudo certo por aí?', examples: [] }] };

    it('replaces the components at Meta, and is in review again', async () => {
      const template = await approved();
      await server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await becomes(template, { status: 'submitted', ...change });
      expect(graph.calls.at(-1)).toMatchObject({ method: 'POST', path: onlyStored().id });
      expect(graph.calls.at(-1)?.body, 'the category of an approved one is not named').toEqual({
        components: [{ type: 'BODY', text: 'Olá! Tudo certo por aí?' }],
      });
    });

    it('changes once what was asked once, also when the answer was lost', async () => {
      const template = await approved();
      graph.lose = 1;
      await server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await expect.poll(async () => (await job('submit_template'))?.lastError, soon).toContain('did not arrive');
      desk.clock.advance(5 * second);
      await becomes(template, { status: 'submitted', reason: null });
      expect(graph.calls.filter(({ path }) => path === onlyStored().id)).toHaveLength(1);
    });

    it('keeps what Meta has when Meta refuses the change, and says why', async () => {
      const template = await approved();
      graph.next = [
        () => Response.json({ data: [...graph.templates.values()] }),
        graphError(100, 'Once a day is enough.'),
      ];
      await server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await becomes(template, {
        status: 'approved',
        sendable: true,
        reason: '100: Once a day is enough.',
        components: template.components,
      });
    });
  });

  describe('deleting', () => {
    it('deletes it at Meta, in its one language', async () => {
      const template = await approved();
      const { id } = onlyStored();
      await server.call('DELETE', `/v1/hsm/${template.id}`);
      await idle();
      expect(graph.templates.size).toBe(0);
      expect(graph.calls.at(-1)).toMatchObject({
        method: 'DELETE',
        path: accountPath,
        query: { hsm_id: id, name: 'ola' },
      });
    });

    it('is done also when it is gone already, or the answer was lost', async () => {
      const template = await approved();
      graph.lose = 1;
      await server.call('DELETE', `/v1/hsm/${template.id}`);
      await expect.poll(async () => (await job('delete_template'))?.lastError, soon).toContain('did not arrive');
      desk.clock.advance(5 * second);
      await expect.poll(async () => (await job('delete_template'))?.state, soon).toBe('done');
      expect((await server.call('GET', `/v1/hsm/${template.id}`)).status).toBe(404);
    });

    it('comes back with the reason when Meta keeps it', async () => {
      const template = await approved();
      graph.next = [graphError(100, 'Disabled templates are kept.')];
      await server.call('DELETE', `/v1/hsm/${template.id}`);
      await becomes(template, { status: 'approved', reason: '100: Disabled templates are kept.' });
      expect((await eventsOf()).slice(-2).map(([type]) => type)).toEqual(['template.deleted', 'template.created']);
    });

    it('deletes also what was on its way to Meta', async () => {
      graph.lose = 1;
      const template = await create();
      await expect.poll(async () => (await job('submit_template'))?.lastError, soon).toContain('did not arrive');
      await server.call('DELETE', `/v1/hsm/${template.id}`);
      desk.clock.advance(5 * second);
      await idle();
      expect(graph.templates.size).toBe(0);
    });
  });

  describe('what Meta decides', () => {
    it('is told with its reason, and taken once', async () => {
      const template = await approved();
      const { id } = onlyStored();
      desk.clock.advance(minute);
      const paused = statusWebhook(desk, id, 'PAUSED', {
        other_info: { title: 'FIRST_PAUSE', description: 'Low quality.' },
      });
      await webhook(paused);
      const { version } = await get(template);
      expect(await get(template)).toMatchObject({ status: 'paused', reason: 'Low quality.', sendable: false });
      await webhook({ ...paused, again: true });
      expect((await get(template)).version).toBe(version);
      desk.clock.advance(minute);
      await webhook(statusWebhook(desk, id, 'REINSTATED'));
      expect(await get(template)).toMatchObject({ status: 'approved', reason: null });
    });

    it('changes nothing when it comes late', async () => {
      const template = await approved();
      const { id } = onlyStored();
      desk.clock.advance(minute);
      const old = statusWebhook(desk, id, 'PAUSED');
      desk.clock.advance(minute);
      await webhook(statusWebhook(desk, id, 'APPROVED'));
      await webhook(old);
      expect(await get(template)).toMatchObject({ status: 'approved' });
    });

    it('changes the category', async () => {
      const template = await approved();
      await webhook(
        templateWebhook(
          'template_category_update',
          {
            message_template_id: Number(onlyStored().id),
            message_template_name: 'ola',
            message_template_language: 'pt-BR',
            previous_category: 'MARKETING',
            new_category: 'UTILITY',
          },
          desk.clock.now(),
        ),
      );
      expect(await get(template)).toMatchObject({ category: 'UTILITY', status: 'approved' });
    });

    it('deletes what was deleted at Meta', async () => {
      const template = await approved();
      await webhook(statusWebhook(desk, onlyStored().id, 'DELETED'));
      expect((await server.call('GET', `/v1/hsm/${template.id}`)).status).toBe(404);
    });

    it('is nothing to others: not to those of another account, nor to whom it was not signed for', async () => {
      const template = await approved();
      const other = await desk.workspace('Outra');
      const paused = statusWebhook(desk, onlyStored().id, 'PAUSED');
      const [entry] = paused.entry;
      await webhook({ ...paused, entry: [{ ...entry, id: '10800000000099' }] });
      expect((await postWebhook(desk, paused, { workspace: other })).status).toBe(200);
      await webhook(statusWebhook(desk, '1', 'PAUSED'));
      expect(await get(template)).toMatchObject({ status: 'approved' });
    });
  });

  describe('synchronising', () => {
    const stored = (id: string, more: object = {}) =>
      graph.templates.set(id, {
        id,
        name: `modelo_${id}`,
        language: 'pt_BR',
        category: 'UTILITY',
        status: 'APPROVED',
        components: [{ type: 'BODY', text: `Modelo ${id}.` }],
        ...more,
      });
    const sync = async () => {
      await server.call('POST', '/v1/hsm/sync', {});
      await idle();
    };
    const list = async () => (await server.call<Page<MessageTemplate>>('GET', '/v1/hsm')).body.data;

    it('takes over what was made elsewhere, over all pages', async () => {
      graph.pageSize = 2;
      for (const id of ['1', '2', '3', '4', '5']) stored(id);
      stored('5', {
        components: [
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'BODY', text: 'Com foto.' },
        ],
      });
      await sync();
      const found = await list();
      expect(found.map(({ name }) => name)).toEqual(['modelo_1', 'modelo_2', 'modelo_3', 'modelo_4', 'modelo_5']);
      expect(found[0]).toMatchObject({ status: 'approved', sendable: true, channelId: workspace.channel.id });
      expect(found[4]).toMatchObject({
        sendable: false,
        components: [
          { type: 'OTHER', originalType: 'IMAGE' },
          { type: 'BODY', text: 'Com foto.' },
        ],
      });
      const before = await eventsOf();
      await sync();
      expect(await eventsOf(), 'nothing is new').toEqual(before);
      const change = { components: [{ type: 'BODY', text: 'Sem foto.' }] };
      const refused = await server.call<{ code: string }>('PATCH', `/v1/hsm/${found[4]?.id ?? ''}`, change);
      expect(refused.body.code, 'its header would be lost').toBe('template_not_editable');
    });

    it('brings what was missed, and drops what is gone', async () => {
      const kept = await approved();
      const gone = await approved(orderTemplate);
      const [first, second_] = graph.templates.values();
      if (first) Object.assign(first, { status: 'REJECTED', rejected_reason: 'PROMOTIONAL' });
      if (second_) graph.templates.delete(second_.id);
      desk.clock.advance(second);
      await sync();
      expect(await get(kept)).toMatchObject({ status: 'rejected', reason: 'PROMOTIONAL', replyQueueId: null });
      expect((await server.call('GET', `/v1/hsm/${gone.id}`)).status).toBe(404);
    });

    it('drops nothing when the list stops half-way, and tries again', async () => {
      const template = await approved();
      graph.next = [graphError(2, 'Down', 503)];
      await server.call('POST', '/v1/hsm/sync', {});
      await expect.poll(async () => (await job('sync_templates'))?.lastError, soon).toContain('2: Down');
      expect(await get(template)).toEqual(template);
      desk.clock.advance(5 * second);
      await idle();
      expect(await get(template)).toEqual(template);
    });

    it('ends with an error of the token, and changes nothing', async () => {
      const template = await approved();
      graph.next = [graphError(190, 'The token has expired.', 401)];
      await sync();
      expect((await job('sync_templates'))?.lastError).toContain('190: The token has expired.');
      expect(await get(template)).toEqual(template);
    });
  });
});
