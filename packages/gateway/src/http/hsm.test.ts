import { messageTemplateSchema, type MessageTemplate, type Page, type Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { approvedTemplate, judge, orderTemplate, otherChannel, plainTemplate } from '../testbed/templates.ts';

const nobody = '00000000000000000000000000';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let chief: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
    chief = await workspace.agent('chefe', { role: 'administrator' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const create = (body: object, caller = chief) => caller.call<MessageTemplate>('POST', '/v1/hsm', body);
  const refusal = async (method: string, path: string, body?: object, caller = chief) => {
    const answer = await caller.call<Problem>(method, path, body);
    const fields = (answer.body.errors ?? []).map(({ path: field }) => field).sort();
    return { status: answer.status, code: answer.body.code, fields };
  };
  const list = async (query = '') =>
    (await ana.call<Page<MessageTemplate>>('GET', `/v1/hsm${query}`)).body.data.map(({ name }) => name);
  const jobs = async () =>
    (await opened.database.read.selectFrom('jobs').select(['kind', 'subjectId']).orderBy('id').execute()).filter(
      ({ kind }) => kind.endsWith('_template') || kind.endsWith('_templates'),
    );
  const events = async () =>
    (
      await opened.database.read
        .selectFrom('events')
        .select('type')
        .where('workspaceId', '=', workspace.id)
        .orderBy('seq')
        .execute()
    )
      .map(({ type }) => type)
      .filter((type) => type.startsWith('template.'));
  const secondChannel = () => otherChannel(desk, workspace);

  describe('making', () => {
    it.each([
      [{}, ['body.name', 'body.category', 'body.language', 'body.components']],
      [{ ...plainTemplate, name: 'Olá' }, ['body.name']],
      [{ ...plainTemplate, category: 'GREETING' }, ['body.category']],
      [{ ...plainTemplate, category: 'AUTHENTICATION' }, ['body.components', 'body.components.0.text']],
      [{ ...plainTemplate, language: 'português' }, ['body.language']],
      [{ ...plainTemplate, components: [] }, ['body.components']],
      [{ ...plainTemplate, components: [{ type: 'FOOTER', text: 'Cacau' }] }, ['body.components']],
      [
        { ...plainTemplate, components: [{ type: 'BODY', text: '{{1}}, oi' }] },
        ['body.components.0.examples', 'body.components.0.text'],
      ],
      [{ ...plainTemplate, replyQueueId: `que_${nobody}` }, ['body.replyQueueId']],
      [{ ...plainTemplate, channelId: `chn_${nobody}` }, ['body.channelId']],
    ])('refuses %j', async (body, fields) => {
      const refused = { status: 422, code: 'validation_failed', fields: [...fields].sort() };
      expect(await refusal('POST', '/v1/hsm', body)).toEqual(refused);
      expect(await jobs()).toEqual([]);
    });

    it('is for administrators and servers; everybody reads', async () => {
      const supervisor = await workspace.agent('sup', { role: 'supervisor' });
      for (const caller of [ana, supervisor]) {
        expect(await refusal('POST', '/v1/hsm', plainTemplate, caller)).toMatchObject({
          status: 403,
          code: 'forbidden',
        });
        expect(await refusal('POST', '/v1/hsm/sync', {}, caller)).toMatchObject({ status: 403, code: 'forbidden' });
      }
      const { id } = (await create(plainTemplate, workspace.server)).body;
      for (const caller of [ana, supervisor]) {
        expect(await refusal('PATCH', `/v1/hsm/${id}`, { replyQueueId: null }, caller)).toMatchObject({ status: 403 });
        expect(await refusal('DELETE', `/v1/hsm/${id}`, undefined, caller)).toMatchObject({ status: 403 });
        expect((await caller.call('GET', `/v1/hsm/${id}`)).status).toBe(200);
      }
    });

    it('hands it to Meta, and tells what has to be filled in', async () => {
      const { status, body } = await create(orderTemplate);
      expect(status).toBe(200);
      expect(messageTemplateSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({
        channelId: workspace.channel.id,
        status: 'draft',
        reason: null,
        sendable: false,
        replyQueueId: null,
        components: [{ format: 'TEXT' }, {}, {}, {}],
        version: 1,
      });
      expect(body.variables.map(({ key }) => key)).toEqual(['header.1', 'body.1', 'body.2', 'button.1.1']);
      expect(await jobs()).toEqual([{ kind: 'submit_template', subjectId: body.id }]);
      expect(await events()).toEqual(['template.created']);
      expect((await ana.call('GET', `/v1/hsm/${body.id}`)).body).toEqual(body);
    });

    it('takes a name once in a language, until it is deleted', async () => {
      const { body } = await create(plainTemplate);
      expect(await refusal('POST', '/v1/hsm', plainTemplate)).toMatchObject({
        status: 409,
        code: 'template_name_taken',
      });
      expect((await create({ ...plainTemplate, language: 'en_US' })).status).toBe(200);
      await chief.call('DELETE', `/v1/hsm/${body.id}`);
      expect((await create(plainTemplate)).status).toBe(200);
    });

    it('takes a name once, also when two ask at the same moment', async () => {
      const answers = await Promise.all([create(plainTemplate), create(plainTemplate), create(plainTemplate)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });

    it('asks for the channel where there are several', async () => {
      const other = await secondChannel();
      expect(await refusal('POST', '/v1/hsm', plainTemplate)).toMatchObject({
        status: 422,
        code: 'validation_failed',
        fields: ['body.channelId'],
      });
      expect((await create({ ...plainTemplate, channelId: other })).body.channelId).toBe(other);
      expect(
        (await create({ ...plainTemplate, channelId: workspace.channel.id })).status,
        'another account, another name',
      ).toBe(200);
    });
  });

  describe('changing', () => {
    const text = (value: string) => [{ type: 'BODY', text: value, examples: [] }];

    it('is refused while Meta looks at it, and when it is disabled', async () => {
      const { body } = await create(plainTemplate);
      for (const status of ['draft', 'submitted', 'disabled'] as const) {
        if (status !== 'draft') await judge(desk, workspace, body, status);
        expect(await refusal('PATCH', `/v1/hsm/${body.id}`, { components: text('Oi') })).toMatchObject({
          status: 409,
          code: 'template_not_editable',
        });
      }
      expect(await refusal('DELETE', `/v1/hsm/${body.id}`), 'Meta keeps it').toMatchObject({
        status: 409,
        code: 'template_not_editable',
      });
    });

    it('is checked as a new one is, and changes nothing when it is refused', async () => {
      const template = await approvedTemplate(desk, workspace);
      for (const body of [
        { components: text('{{1}}') },
        { category: 'NO' },
        { name: 'outro' },
        { replyQueueId: 'x' },
      ]) {
        expect(await refusal('PATCH', `/v1/hsm/${template.id}`, body)).toMatchObject({ status: 422 });
      }
      expect(await refusal('PATCH', `/v1/hsm/${template.id}`, { category: 'UTILITY' }), 'approved').toMatchObject({
        status: 409,
        code: 'template_not_editable',
      });
      expect((await ana.call('GET', `/v1/hsm/${template.id}`)).body).toEqual(template);
    });

    it('takes one change of an approved one in 24 hours, and says from when the next', async () => {
      const template = await approvedTemplate(desk, workspace);
      const path = `/v1/hsm/${template.id}`;
      expect((await chief.call('PATCH', path, { components: text('Um.') })).status).toBe(200);
      await judge(desk, workspace, template, 'approved');
      const again = await refusal('PATCH', path, { components: text('Dois.') });
      expect(again).toMatchObject({ status: 409, code: 'template_not_editable' });
      await judge(desk, workspace, template, 'rejected');
      expect((await chief.call('PATCH', path, { components: text('Três.') })).status, 'rejected').toBe(200);
    });

    it.each(['approved', 'rejected', 'paused'] as const)('hands one that is %s to Meta again', async (status) => {
      const template = await approvedTemplate(desk, workspace);
      await judge(desk, workspace, template, status, status === 'approved' ? null : 'PROMOTIONAL');
      const change = { components: text('Olá! Tudo certo?'), ...(status !== 'approved' && { category: 'UTILITY' }) };
      const { body } = await chief.call<MessageTemplate>('PATCH', `/v1/hsm/${template.id}`, change);
      expect(body).toMatchObject({ ...change, status: 'draft', reason: null, sendable: false });
      expect((await jobs()).map(({ kind }) => kind)).toEqual(['submit_template', 'submit_template']);
    });

    it('keeps the queue to itself: Meta is not asked, and nothing is reviewed', async () => {
      const template = await approvedTemplate(desk, workspace);
      const queue = (await workspace.server.call<{ id: string }>('POST', '/v1/queues', { name: 'Retornos' })).body;
      const { body } = await chief.call<MessageTemplate>('PATCH', `/v1/hsm/${template.id}`, { replyQueueId: queue.id });
      expect(body).toMatchObject({ replyQueueId: queue.id, status: 'approved', version: template.version + 1 });
      const same = { components: template.components, replyQueueId: queue.id };
      expect((await chief.call('PATCH', `/v1/hsm/${template.id}`, same)).body, 'nothing new').toEqual(body);
      expect(await jobs()).toHaveLength(1);
    });
  });

  it('deletes: it is gone for everybody, and Meta is asked to delete it', async () => {
    const template = await approvedTemplate(desk, workspace);
    expect((await chief.call('DELETE', `/v1/hsm/${template.id}`)).status).toBe(200);
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const) {
      expect((await chief.call(method, `/v1/hsm/${template.id}`, body)).status).toBe(404);
    }
    expect(await list()).toEqual([]);
    expect((await jobs()).map(({ kind }) => kind)).toEqual(['submit_template', 'delete_template']);
    expect(await events()).toEqual(['template.created', 'template.updated', 'template.deleted']);
  });

  it('lists by name, by parts of it, by status and by channel, page by page', async () => {
    const other = await secondChannel();
    const channelId = workspace.channel.id;
    for (const name of ['pedido_saiu', 'aviso', 'pedido_atrasado']) await create({ ...plainTemplate, channelId, name });
    await create({ ...plainTemplate, channelId: other, name: 'cobranca' });
    await judge(desk, workspace, { name: 'aviso', language: 'pt_BR' }, 'approved');
    expect(await list()).toEqual(['aviso', 'cobranca', 'pedido_atrasado', 'pedido_saiu']);
    expect(await list('?search=Pedido')).toEqual(['pedido_atrasado', 'pedido_saiu']);
    expect(await list('?search=pedido%20s')).toEqual(['pedido_saiu']);
    expect(await list('?search=%25')).toHaveLength(4);
    expect(await list('?search=avi%00so')).toEqual(['aviso']);
    expect(await list('?search=nada')).toEqual([]);
    expect(await list('?status=approved')).toEqual(['aviso']);
    expect(await list(`?channelId=${other}`)).toEqual(['cobranca']);
    const first = (await ana.call<Page<MessageTemplate>>('GET', '/v1/hsm?limit=3')).body;
    expect(await list(`?limit=3&cursor=${first.nextCursor ?? ''}`)).toEqual(['pedido_saiu']);
    expect(await refusal('GET', '/v1/hsm?cursor=abc')).toMatchObject({ status: 400, code: 'cursor_invalid' });
  });

  it('asks for the lists of all channels, or of one, and not twice', async () => {
    const other = await secondChannel();
    expect((await chief.call('POST', '/v1/hsm/sync', { channelId: other })).body).toEqual({ channels: 1 });
    expect((await chief.call('POST', '/v1/hsm/sync', {})).body).toEqual({ channels: 2 });
    expect((await jobs()).map(({ kind, subjectId }) => [kind, subjectId])).toEqual([
      ['sync_templates', other],
      ['sync_templates', workspace.channel.id],
    ]);
    expect(await refusal('POST', '/v1/hsm/sync', { channelId: `chn_${nobody}` })).toMatchObject({
      status: 422,
      code: 'validation_failed',
      fields: ['body.channelId'],
    });
  });
});
