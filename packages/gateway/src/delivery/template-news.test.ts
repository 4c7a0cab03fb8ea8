import type { MessageTemplate, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openTemplateDesk, soon, type TemplateDesk } from '../testbed/template-desk.ts';
import { graphError, statusWebhook, templateWebhook } from '../testbed/template-graph.ts';
import { orderTemplate } from '../testbed/templates.ts';
import { postWebhook } from '../testbed/webhooks.ts';

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

  describe('what Meta decides', () => {
    it('is told with its reason, and taken once', async () => {
      const template = await bed.approved();
      const { id } = bed.onlyStored();
      bed.desk.clock.advance(minute);
      const paused = statusWebhook(bed.desk, id, 'PAUSED', {
        other_info: { title: 'FIRST_PAUSE', description: 'Low quality.' },
      });
      await bed.webhook(paused);
      const { version } = await bed.get(template);
      expect(await bed.get(template)).toMatchObject({ status: 'paused', reason: 'Low quality.', sendable: false });
      await bed.webhook({ ...paused, again: true });
      expect((await bed.get(template)).version).toBe(version);
      bed.desk.clock.advance(minute);
      await bed.webhook(statusWebhook(bed.desk, id, 'REINSTATED'));
      expect(await bed.get(template)).toMatchObject({ status: 'approved', reason: null });
    });

    it('warns of one that can still be sent, until it says otherwise', async () => {
      const template = await bed.approved();
      const { id } = bed.onlyStored();
      const tell = async (event: string, more: object = {}) => {
        bed.desk.clock.advance(minute);
        await bed.webhook(statusWebhook(bed.desk, id, event, more));
        return await bed.get(template);
      };
      const flagged = { other_info: { title: 'FLAGGED', description: 'Muitas pessoas bloqueiam.' } };
      expect(await tell('FLAGGED', flagged)).toMatchObject({
        status: 'approved',
        sendable: true,
        reason: 'Muitas pessoas bloqueiam.',
      });
      expect(await tell('LOCKED')).toMatchObject({ status: 'approved', reason: 'LOCKED' });
      expect(await tell('APPROVED')).toMatchObject({ status: 'approved', reason: null });
      await tell('PAUSED', { reason: 'NONE' });
      expect(await tell('FLAGGED', flagged), 'what it is paused for is more').toMatchObject({
        status: 'paused',
        reason: 'PAUSED',
      });
    });

    it('changes nothing when it comes late', async () => {
      const template = await bed.approved();
      const { id } = bed.onlyStored();
      bed.desk.clock.advance(minute);
      const old = statusWebhook(bed.desk, id, 'PAUSED');
      bed.desk.clock.advance(minute);
      await bed.webhook(statusWebhook(bed.desk, id, 'APPROVED'));
      await bed.webhook(old);
      expect(await bed.get(template)).toMatchObject({ status: 'approved' });
    });

    it('tells the quality under either field, and categories that are to come', async () => {
      const template = await bed.approved();
      const about = {
        message_template_id: Number(bed.onlyStored().id),
        message_template_name: 'ola',
        message_template_language: 'pt-BR',
      };
      const tell = (field: string, value: object) =>
        bed.webhook(templateWebhook(field, { ...about, ...value }, bed.desk.clock.now()));
      await tell('message_template_status_update', { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' });
      expect(await bed.get(template)).toMatchObject({ quality: 'yellow', status: 'approved' });
      await tell('message_template_quality_update', { previous_quality_score: 'YELLOW', new_quality_score: 'RED' });
      const { category } = await bed.get(template);
      expect(await bed.get(template)).toMatchObject({ quality: 'red', previousCategory: null, nextCategory: null });
      const other = category === 'UTILITY' ? 'MARKETING' : 'UTILITY';
      await tell('template_category_update', { new_category: category, correct_category: other });
      expect(await bed.get(template)).toMatchObject({ category, nextCategory: other });
      await tell('template_category_update', { previous_category: category, new_category: other });
      expect(await bed.get(template)).toMatchObject({
        category: other,
        previousCategory: category,
        nextCategory: null,
      });
    });

    it('asks for the list when the parts are others', async () => {
      const template = await bed.approved();
      const stored = bed.onlyStored();
      stored.components = [{ type: 'BODY', text: 'Outro texto.' }];
      bed.desk.clock.advance(minute);
      const value = { message_template_id: Number(stored.id), element: 'Outro texto.' };
      await bed.webhook(templateWebhook('message_template_components_update', value, bed.desk.clock.now()));
      await bed.becomes(template, { components: [{ type: 'BODY', text: 'Outro texto.', examples: [] }] });
    });

    it('changes the category', async () => {
      const template = await bed.approved();
      await bed.webhook(
        templateWebhook(
          'template_category_update',
          {
            message_template_id: Number(bed.onlyStored().id),
            message_template_name: 'ola',
            message_template_language: 'pt-BR',
            previous_category: 'MARKETING',
            new_category: 'UTILITY',
          },
          bed.desk.clock.now(),
        ),
      );
      expect(await bed.get(template)).toMatchObject({ category: 'UTILITY', status: 'approved' });
    });

    it('deletes what was deleted at Meta', async () => {
      const template = await bed.approved();
      await bed.webhook(statusWebhook(bed.desk, bed.onlyStored().id, 'DELETED'));
      expect((await bed.server.call('GET', `/v1/hsm/${template.id}`)).status).toBe(404);
    });

    it('is nothing to others: not to those of another account, nor to whom it was not signed for', async () => {
      const template = await bed.approved();
      const other = await bed.desk.workspace('Outra');
      const paused = statusWebhook(bed.desk, bed.onlyStored().id, 'PAUSED');
      const [entry] = paused.entry;
      await bed.webhook({ ...paused, entry: [{ ...entry, id: '10800000000099' }] });
      expect((await postWebhook(bed.desk, paused, { workspace: other })).status).toBe(200);
      await bed.webhook(statusWebhook(bed.desk, '1', 'PAUSED'));
      expect(await bed.get(template)).toMatchObject({ status: 'approved' });
    });
  });

  describe('synchronising', () => {
    const stored = (id: string, more: object = {}) =>
      bed.graph.templates.set(id, {
        id,
        name: `modelo_${id}`,
        language: 'pt_BR',
        category: 'UTILITY',
        status: 'APPROVED',
        components: [{ type: 'BODY', text: `Modelo ${id}.` }],
        ...more,
      });
    const sync = async () => {
      await bed.server.call('POST', '/v1/hsm/sync', {});
      await bed.idle();
    };
    const list = async () => (await bed.server.call<Page<MessageTemplate>>('GET', '/v1/hsm')).body.data;

    it('takes over what was made elsewhere, over all pages', async () => {
      bed.graph.pageSize = 2;
      for (const id of ['1', '2', '3', '4', '5']) stored(id);
      stored('5', {
        components: [
          { type: 'HEADER', format: 'PRODUCT' },
          { type: 'BODY', text: 'Com foto.' },
        ],
      });
      await sync();
      const found = await list();
      expect(found.map(({ name }) => name)).toEqual(['modelo_1', 'modelo_2', 'modelo_3', 'modelo_4', 'modelo_5']);
      expect(found[0]).toMatchObject({ status: 'approved', sendable: true, channelId: bed.workspace.channel.id });
      expect(found[4]).toMatchObject({
        sendable: false,
        components: [
          { type: 'OTHER', originalType: 'PRODUCT' },
          { type: 'BODY', text: 'Com foto.' },
        ],
      });
      const before = await bed.eventsOf();
      await sync();
      expect(await bed.eventsOf(), 'nothing is new').toEqual(before);
      const change = { components: [{ type: 'BODY', text: 'Sem foto.' }] };
      const refused = await bed.server.call<{ code: string }>('PATCH', `/v1/hsm/${found[4]?.id ?? ''}`, change);
      expect(refused.body.code, 'its header would be lost').toBe('template_not_editable');
    });

    it('brings what was missed, and drops what is gone', async () => {
      const kept = await bed.approved();
      const gone = await bed.approved(orderTemplate);
      const [first, second_] = bed.graph.templates.values();
      if (first) Object.assign(first, { status: 'REJECTED', rejected_reason: 'PROMOTIONAL' });
      if (second_) bed.graph.templates.delete(second_.id);
      bed.desk.clock.advance(second);
      await sync();
      expect(await bed.get(kept)).toMatchObject({ status: 'rejected', reason: 'PROMOTIONAL', replyQueueId: null });
      expect((await bed.server.call('GET', `/v1/hsm/${gone.id}`)).status).toBe(404);
    });

    it('follows a template that was made anew under the same name', async () => {
      const template = await bed.approved();
      bed.graph.templates.clear();
      stored('99', { name: 'ola', components: [{ type: 'BODY', text: 'Outro texto.' }] });
      bed.desk.clock.advance(second);
      await sync();
      expect(await bed.get(template)).toMatchObject({ components: [{ text: 'Outro texto.' }], category: 'UTILITY' });
      await bed.webhook(statusWebhook(bed.desk, '99', 'PAUSED'));
      expect(await bed.get(template)).toMatchObject({ status: 'paused' });
    });

    it('drops nothing when the list stops half-way, and tries again', async () => {
      const template = await bed.approved();
      bed.graph.next = [graphError(2, 'Down', 503)];
      await bed.server.call('POST', '/v1/hsm/sync', {});
      await expect.poll(async () => (await bed.job('sync_templates'))?.lastError, soon).toContain('2: Down');
      expect(await bed.get(template)).toEqual(template);
      bed.desk.clock.advance(5 * second);
      await bed.idle();
      expect(await bed.get(template)).toEqual(template);
    });

    it('waits with an error of the token, and changes nothing', async () => {
      const template = await bed.approved();
      bed.graph.next = [graphError(190, 'The token has expired.', 401)];
      await bed.server.call('POST', '/v1/hsm/sync', {});
      await expect.poll(async () => (await bed.job('sync_templates'))?.lastError, soon).toContain('190: The token');
      expect(await bed.job('sync_templates')).toMatchObject({ state: 'queued' });
      expect(await bed.get(template)).toEqual(template);
    });
  });
});
