import type { Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { second } from '../clock.ts';
import { pngFile } from '../testbed/files.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';
import { openTemplateDesk, soon, type TemplateDesk } from '../testbed/template-desk.ts';
import { graphError, statusWebhook } from '../testbed/template-graph.ts';
import { orderTemplate, plainTemplate } from '../testbed/templates.ts';

const accountPath = '10800000000001/message_templates';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: TemplateDesk;

  beforeEach(async () => {
    opened = await open();
    bed = await openTemplateDesk(opened.database);
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  describe('handing in', () => {
    it('sends it as Meta writes it, and waits for the review', async () => {
      const template = await bed.create(orderTemplate);
      await bed.becomes(template, { status: 'submitted', sendable: false, reason: null });
      expect(bed.graph.calls).toHaveLength(1);
      const { method, path, body } = bed.graph.calls[0] ?? {};
      expect([method, path]).toEqual(['POST', accountPath]);
      expect(body).toMatchObject({ name: 'pedido_saiu', language: 'pt_BR', category: 'UTILITY' });
      expect((body as { components: unknown[] }).components[1]).toEqual({
        type: 'BODY',
        text: orderTemplate.components[1].text,
        example: { body_text: [['Marina', 'amanhã']] },
      });
      await bed.webhook(
        statusWebhook(bed.desk, bed.onlyStored().id, 'APPROVED', { message_template_category: 'UTILITY' }),
      );
      await bed.becomes(template, { status: 'approved', sendable: true });
      expect(await bed.eventsOf()).toEqual([
        ['template.created', 'draft'],
        ['template.updated', 'submitted'],
        ['template.updated', 'approved'],
      ]);
    });

    it('takes what Meta decides at once', async () => {
      bed.graph.next = [() => Response.json({ id: '7412000000000009', status: 'REJECTED', category: 'UTILITY' })];
      const template = await bed.create();
      await bed.becomes(template, { status: 'rejected', category: 'UTILITY' });
    });

    it('says in the words of Meta why it was refused, and can be handed in again', async () => {
      bed.graph.next = [graphError(100, 'Há variáveis demais para o tamanho do texto.')];
      const template = await bed.create();
      await bed.becomes(template, { status: 'rejected', reason: 'Há variáveis demais para o tamanho do texto.' });
      await bed.server.call('PATCH', `/v1/hsm/${template.id}`, { components: plainTemplate.components });
      await bed.becomes(template, { status: 'submitted', reason: null });
      await expect.poll(() => bed.graph.templates.size, soon).toBe(1);
    });

    it('uploads the example of a header, and says what to set where it cannot', async () => {
      const upload = await bed.desk.request('/v1/attachments?fileName=foto.png', {
        method: 'POST',
        headers: { authorization: `Bearer ${bed.server.token}`, 'idempotency-key': crypto.randomUUID() },
        body: pngFile(),
      });
      const { id: attachmentId } = (await upload.json()) as { id: string };
      const header = { type: 'HEADER', format: 'IMAGE', attachmentId };
      const body = { ...plainTemplate, components: [header, ...plainTemplate.components] };
      const refused = await bed.server.call<Problem>('POST', '/v1/hsm', body);
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ path: 'body.components.0.attachmentId', message: expect.stringContaining('set appId') as string }],
      ]);
      const { id, config } = bed.workspace.channel;
      const withApp = JSON.stringify({ ...(JSON.parse(config) as object), appId: '9900000000001' });
      await opened.database.transaction((tx) =>
        tx.updateTable('channels').set({ config: withApp }).where('id', '=', id).execute(),
      );
      const video = { ...body, components: [{ ...header, format: 'VIDEO' }, ...plainTemplate.components] };
      expect((await bed.server.call('POST', '/v1/hsm', video)).status, 'a png is no video').toBe(422);
      const template = await bed.create(body);
      await bed.becomes(template, { status: 'submitted' });
      await bed.idle();
      expect(bed.graph.calls.map(({ path }) => path).slice(0, 2)).toEqual(['9900000000001/uploads', 'upload:MTox']);
      expect(bed.onlyStored().components).toMatchObject([
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } },
        { type: 'BODY' },
      ]);
    });

    it('tries again with patience when it is throttled, and is a draft until then', async () => {
      bed.graph.next = [graphError(80007, 'Too many calls'), graphError(4, 'Too many calls')];
      const template = await bed.create();
      for (const attempts of [1, 2]) {
        await expect.poll(async () => (await bed.job('submit_template'))?.attempts, soon).toBe(attempts);
        await expect.poll(async () => (await bed.job('submit_template'))?.state, soon).toBe('queued');
        expect(await bed.get(template)).toMatchObject({ status: 'draft', reason: null });
        bed.desk.clock.advance(5 * second);
      }
      await bed.becomes(template, { status: 'submitted' });
      expect(bed.graph.templates.size).toBe(1);
    });

    it('makes one of a template whose answer was lost', async () => {
      bed.graph.lose = 1;
      const template = await bed.create();
      await expect.poll(async () => (await bed.job('submit_template'))?.lastError, soon).toContain('did not arrive');
      expect(bed.graph.templates.size).toBe(1);
      bed.onlyStored().category = 'UTILITY';
      bed.onlyStored().status = 'APPROVED';
      bed.desk.clock.advance(5 * second);
      await bed.becomes(template, { status: 'approved', category: 'UTILITY' });
      expect(bed.graph.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    });

    it('does not take a template of another for its own', async () => {
      bed.graph.templates.set('1', {
        id: '1',
        name: 'ola',
        language: 'pt_BR',
        category: 'MARKETING',
        status: 'APPROVED',
        components: [{ type: 'BODY', text: 'Outro texto.' }],
      });
      bed.graph.next = [graphError(4, 'Too many calls')];
      const template = await bed.create();
      await expect.poll(async () => (await bed.job('submit_template'))?.attempts, soon).toBe(1);
      await expect.poll(async () => (await bed.job('submit_template'))?.state, soon).toBe('queued');
      bed.desk.clock.advance(5 * second);
      await bed.becomes(template, { status: 'rejected', reason: 'There is already a template of this name.' });
    });

    it('believes a webhook that comes before the answer', async () => {
      const gate = createGate();
      bed.graph.next = [
        async () => {
          await gate.opened;
          return Response.json({ id: '7412000000000001', status: 'PENDING', category: 'MARKETING' });
        },
      ];
      const template = await bed.create();
      await expect.poll(() => bed.graph.calls.length, soon).toBe(1);
      await bed.webhook(
        statusWebhook(bed.desk, '7412000000000001', 'APPROVED', { message_template_name: plainTemplate.name }),
      );
      await bed.becomes(template, { status: 'approved' });
      gate.open();
      await bed.idle();
      expect(await bed.get(template)).toMatchObject({ status: 'approved' });
    });
  });

  describe('changing', () => {
    const change = { components: [{ type: 'BODY', text: 'Olá! Tudo certo por aí?', examples: [] }] };

    it('replaces the components at Meta, and is in review again', async () => {
      const template = await bed.approved();
      await bed.server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await bed.becomes(template, { status: 'submitted', ...change });
      expect(bed.graph.calls.at(-1)).toMatchObject({ method: 'POST', path: bed.onlyStored().id });
      expect(bed.graph.calls.at(-1)?.body, 'the category of an approved one is not named').toEqual({
        components: [{ type: 'BODY', text: 'Olá! Tudo certo por aí?' }],
      });
    });

    it('changes once what was asked once, also when the answer was lost', async () => {
      const template = await bed.approved();
      bed.graph.lose = 1;
      await bed.server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await expect.poll(async () => (await bed.job('submit_template'))?.lastError, soon).toContain('did not arrive');
      bed.desk.clock.advance(5 * second);
      await bed.becomes(template, { status: 'submitted', reason: null });
      expect(bed.graph.calls.filter(({ path }) => path === bed.onlyStored().id)).toHaveLength(1);
    });

    it('keeps what Meta has when Meta refuses the change, and says why', async () => {
      const template = await bed.approved();
      bed.graph.next = [
        () => Response.json({ data: [...bed.graph.templates.values()] }),
        graphError(100, 'Once a day is enough.'),
      ];
      await bed.server.call('PATCH', `/v1/hsm/${template.id}`, change);
      await bed.becomes(template, {
        status: 'approved',
        sendable: true,
        reason: 'Once a day is enough.',
        components: template.components,
      });
    });
  });

  describe('deleting', () => {
    it('deletes it at Meta, in its one language', async () => {
      const template = await bed.approved();
      const { id } = bed.onlyStored();
      await bed.server.call('DELETE', `/v1/hsm/${template.id}`);
      await bed.idle();
      expect(bed.graph.templates.size).toBe(0);
      expect(bed.graph.calls.at(-1)).toMatchObject({
        method: 'DELETE',
        path: accountPath,
        query: { hsm_id: id, name: 'ola' },
      });
    });

    it('is done also when it is gone already, or the answer was lost', async () => {
      const template = await bed.approved();
      bed.graph.lose = 1;
      await bed.server.call('DELETE', `/v1/hsm/${template.id}`);
      await expect.poll(async () => (await bed.job('delete_template'))?.lastError, soon).toContain('did not arrive');
      bed.desk.clock.advance(5 * second);
      await expect.poll(async () => (await bed.job('delete_template'))?.state, soon).toBe('done');
      expect((await bed.server.call('GET', `/v1/hsm/${template.id}`)).status).toBe(404);
    });

    it('comes back with the reason when Meta keeps it', async () => {
      const template = await bed.approved();
      bed.graph.next = [graphError(100, 'Disabled templates are kept.')];
      await bed.server.call('DELETE', `/v1/hsm/${template.id}`);
      await bed.becomes(template, { status: 'approved', reason: 'Disabled templates are kept.' });
      expect((await bed.eventsOf()).slice(-2).map(([type]) => type)).toEqual(['template.deleted', 'template.created']);
    });

    it('deletes also what was on its way to Meta', async () => {
      bed.graph.lose = 1;
      const template = await bed.create();
      await expect.poll(async () => (await bed.job('submit_template'))?.lastError, soon).toContain('did not arrive');
      await bed.server.call('DELETE', `/v1/hsm/${template.id}`);
      bed.desk.clock.advance(5 * second);
      await bed.idle();
      expect(bed.graph.templates.size).toBe(0);
      expect(bed.graph.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'DELETE']);
    });

    it('hands nothing in that was deleted before it could be', async () => {
      bed.graph.next = [graphError(4, 'Too many calls')];
      const template = await bed.create();
      await expect.poll(async () => (await bed.job('submit_template'))?.lastError, soon).toContain('Too many');
      await bed.server.call('DELETE', `/v1/hsm/${template.id}`);
      bed.desk.clock.advance(5 * second);
      await bed.idle();
      expect(bed.graph.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    });
  });
});
