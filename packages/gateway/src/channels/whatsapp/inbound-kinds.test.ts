import type { Message } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleEarlyChanges } from '../../commands/early-changes.ts';
import { forEachEngine } from '../../testbed/engines.ts';
import { openWebhookDesk, ownNumber, type WebhookDesk } from '../../testbed/webhook-desk.ts';
import { contactOf, marinaWaId } from '../../testbed/webhooks.ts';

forEachEngine((_engine, open) => {
  let hook: WebhookDesk;
  beforeEach(async () => {
    hook = await openWebhookDesk(await open());
  });
  afterEach(() => hook.close());

  const text = (body: string, id: string, more: object = {}) => ({ type: 'text', text: { body }, id, ...more });
  const customerMessages = async () => (await hook.said()).filter(({ direction }) => direction === 'inbound');
  const only = async (): Promise<Message> => {
    const [message, ...others] = await customerMessages();
    if (!message || others.length > 0) throw new Error('there is not one message');
    return message;
  };

  describe('what customers send', () => {
    it.each([
      [
        'a place',
        {
          type: 'location',
          location: { latitude: -7.1195, longitude: '-34.845', name: 'Parque', url: 'javascript:alert(1)' },
        },
        { type: 'location', latitude: -7.1195, longitude: -34.845, name: 'Parque', address: null, url: null },
      ],
      [
        'cards',
        {
          type: 'contacts',
          contacts: [
            {
              name: { formatted_name: 'Bruno Tavares' },
              org: { company: 'Cacau' },
              phones: [{ phone: '+55 83 98877-0000', type: 'CELL' }],
              emails: [{ email: 'bruno@cacau.example' }],
            },
          ],
        },
        {
          type: 'contacts',
          contacts: [
            {
              name: 'Bruno Tavares',
              organization: 'Cacau',
              phones: [{ phone: '+55 83 98877-0000', kind: 'CELL' }],
              emails: ['bruno@cacau.example'],
            },
          ],
        },
      ],
      [
        'an order',
        {
          type: 'order',
          order: {
            catalog_id: 'c1',
            text: 'Para hoje',
            product_items: [{ product_retailer_id: 'p1', quantity: '2', item_price: 30.5, currency: 'BRL' }],
          },
        },
        {
          type: 'order',
          text: 'Para hoje',
          catalogId: 'c1',
          items: [{ productId: 'p1', quantity: 2, unitPrice: 30.5, currency: 'BRL' }],
        },
      ],
      [
        'a form',
        {
          type: 'interactive',
          interactive: {
            type: 'nfm_reply',
            nfm_reply: {
              name: 'flow',
              body: 'Sent',
              response_json: '{"flow_token":"t","nome":"Marina","dias":["seg","ter"]}',
            },
          },
        },
        {
          type: 'form',
          name: 'flow',
          text: 'Sent',
          fields: [
            { name: 'nome', value: 'Marina' },
            { name: 'dias', value: '["seg","ter"]' },
          ],
        },
      ],
      [
        'a form whose answers are broken',
        {
          type: 'interactive',
          interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"nome":' } },
        },
        { type: 'form', name: 'flow', text: 'Sent', fields: [{ name: 'response_json', value: '{"nome":' }] },
      ],
      [
        'whether they may be called',
        {
          type: 'interactive',
          interactive: {
            type: 'call_permission_reply',
            call_permission_reply: { response: 'accept', response_source: 'user_action' },
          },
        },
        {
          type: 'form',
          name: 'call_permission_reply',
          text: null,
          fields: [
            { name: 'response', value: 'accept' },
            { name: 'response_source', value: 'user_action' },
          ],
        },
      ],
      [
        'an interactive message without its object',
        { type: 'interactive' },
        { type: 'unsupported', originalType: 'interactive' },
      ],
      [
        'a kind from the future',
        { type: 'hologram', hologram: { x: 1 } },
        { type: 'unsupported', originalType: 'hologram' },
      ],
      [
        'a poll',
        { type: 'unsupported', unsupported: { type: 'poll' }, errors: [{ code: 131051 }] },
        { type: 'unsupported', originalType: 'poll' },
      ],
    ])('are shown: %s', async (_what, message, content) => {
      await hook.say(message);
      expect(await hook.onlyContent()).toEqual(content);
    });

    it('show a file that Meta could not fetch as one that is missing, with what was written under it', async () => {
      await hook.say({ type: 'image', image: { caption: 'A luz' }, errors: [{ code: 131052 }] });
      expect(await hook.onlyContent()).toMatchObject({
        type: 'image',
        caption: 'A luz',
        attachment: { status: 'failed' },
      });
      expect(
        await hook.desk.database.read.selectFrom('jobs').select('kind').where('kind', '=', 'fetch_media').execute(),
      ).toEqual([]);
    });

    it('say where they came from: forwarded, from an advertisement', async () => {
      const referral = {
        source_url: 'https://fb.example/1',
        source_id: '12',
        source_type: 'ad',
        headline: 'Promoção',
        image_url: 'https://cdn.example/i.jpg',
        ctwa_clid: 'abc',
      };
      await hook.say(text('Oi', 'wamid.1', { referral, context: { frequently_forwarded: true } }));
      expect(await only()).toMatchObject({
        forwarded: 'many',
        replyTo: null,
        referral: {
          sourceType: 'ad',
          sourceId: '12',
          sourceUrl: 'https://fb.example/1',
          headline: 'Promoção',
          body: null,
          mediaUrl: 'https://cdn.example/i.jpg',
          clickId: 'abc',
        },
      });
    });

    it('quote what they answer, also what nobody knows, and never what was said to somebody else', async () => {
      await hook.say(text('Quanto custa?', 'wamid.1'));
      await hook.say(text('E este?', 'wamid.2', { context: { from: marinaWaId, id: 'wamid.1' } }));
      await hook.say(text('E aquele?', 'wamid.3', { context: { from: ownNumber, id: 'wamid.gone' } }));
      await hook.say(text('Tem?', 'wamid.4', { context: { referred_product: { product_retailer_id: 'p1' } } }));
      const [first, ...answers] = await customerMessages();
      expect(answers.map(({ replyTo }) => replyTo)).toEqual([
        {
          messageId: first?.id,
          direction: 'inbound',
          authorName: first?.author.name,
          type: 'text',
          text: 'Quanto custa?',
        },
        { messageId: null, direction: 'outbound', authorName: null, type: null, text: null },
        { messageId: null, direction: null, authorName: null, type: 'product', text: 'p1' },
      ]);
      const context = { from: marinaWaId, id: 'wamid.1' };
      await hook.say({ ...text('Espio', 'wamid.5', { context }), from: '5583988770000' });
      const other = (await hook.conversations()).find(({ contact }) => contact.phone === '+5583988770000');
      expect((await hook.said(other?.id)).at(-1)?.replyTo).toMatchObject({ messageId: null, text: null });
    });

    it('are a call that nobody can take here, once', async () => {
      const call = {
        id: 'wacid.1',
        from: marinaWaId,
        to: ownNumber,
        direction: 'USER_INITIATED',
        timestamp: '1795200000',
        session: { sdp: 'v=0' },
      };
      await hook.post({ calls: [{ ...call, event: 'connect' }] }, 'calls');
      await hook.post({ calls: [{ ...call, event: 'terminate', status: 'COMPLETED' }] }, 'calls');
      await hook.post({ calls: [{ ...call, id: 'wacid.2', direction: 'BUSINESS_INITIATED' }] }, 'calls');
      expect(await hook.onlyContent()).toEqual({ type: 'unsupported', originalType: 'call' });
    });
  });

  describe('what is done to messages', () => {
    const react = (emoji: string | undefined, at: number, id = `wamid.r${at}`) =>
      hook.say({
        id,
        type: 'reaction',
        reaction: { message_id: 'wamid.1', ...(emoji !== undefined && { emoji }) },
        timestamp: String(at),
      });
    const now = () => Math.floor(hook.desk.clock.now() / 1000);

    it('reactions replace each other and are taken back, whatever the order they come in, and nobody is called', async () => {
      await hook.say(text('Oi', 'wamid.1'));
      const before = (await hook.conversations())[0];
      const emojis = async () => (await only()).reactions.map(({ emoji, by }) => [emoji, by.kind]);
      const at = now();
      await react('👍', at - 5);
      await react('👎', at - 9);
      expect(await emojis()).toEqual([['👍', 'customer']]);
      await react('🙌🏽', at - 4);
      expect(await emojis()).toEqual([['🙌🏽', 'customer']]);
      await react(undefined, at - 2);
      expect(await emojis()).toEqual([]);
      await react('👍', at - 3);
      expect(await emojis()).toEqual([]);
      const after = (await hook.conversations())[0];
      expect(after).toMatchObject({
        unreadCount: 1,
        windowExpiresAt: before?.windowExpiresAt,
        lastActivityAt: before?.lastActivityAt,
      });
      const events = await hook.desk.database.read
        .selectFrom('events')
        .select('type')
        .where('type', '=', 'message.updated')
        .execute();
      expect(events).toHaveLength(3);
    });

    it('nothing begins because of a reaction, an edit or a deletion of what is not known', async () => {
      await react('👍', now());
      await hook.say({
        type: 'edit',
        edit: { original_message_id: 'wamid.x', message: { type: 'text', text: { body: 'Novo' } } },
      });
      await hook.say({ type: 'revoke', revoke: { original_message_id: 'wamid.x' } });
      expect([await hook.conversations(), await hook.contacts(), await hook.sending()]).toEqual([[], [], []]);
      expect(await hook.lastNote()).toBeNull();
    });

    it('what came before its message is done when that one comes', async () => {
      const at = now();
      await react('👍', at - 1);
      await hook.say({
        type: 'revoke',
        revoke: { original_message_id: 'wamid.1' },
        id: 'wamid.v',
        timestamp: String(at),
      });
      await hook.say({
        id: 'wamid.e',
        type: 'edit',
        edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body: 'Olá' } } },
        timestamp: String(at - 2),
      });
      await hook.say(text('Oi', 'wamid.1', { timestamp: String(at - 9) }));
      const message = await only();
      expect(message).toMatchObject({ content: { text: 'Olá' }, reactions: [{ emoji: '👍' }] });
      expect([message.editedAt, message.revokedAt].map((time) => time && Date.parse(time) / 1000)).toEqual([
        at - 2,
        at,
      ]);
      expect(await hook.desk.database.read.selectFrom('earlyChanges').select('targetId').execute()).toEqual([]);
    });

    it('what passed its message by is brought together later, and what never meets is forgotten', async () => {
      await react('👍', now());
      await hook.say({ type: 'revoke', revoke: { original_message_id: 'wamid.never' } });
      await hook.workspace.customerSays(`+${marinaWaId}`, 'Oi');
      const { database, clock } = hook.desk;
      await database.transaction((tx) =>
        tx.updateTable('messages').set({ providerId: 'wamid.1' }).where('direction', '=', 'inbound').execute(),
      );
      await settleEarlyChanges({ db: database, clock });
      expect((await only()).reactions).toMatchObject([{ emoji: '👍' }]);
      clock.advance(9 * 24 * 3_600_000);
      await settleEarlyChanges({ db: database, clock });
      expect(await database.read.selectFrom('earlyChanges').select('targetId').execute()).toEqual([]);
    });

    it('an edited message says and is found by the new words only; the older edit of two does not win', async () => {
      const at = now();
      const edit = (body: string, time: number, id: string) =>
        hook.say({
          id,
          type: 'edit',
          edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body } } },
          timestamp: String(time),
        });
      await hook.say(text('Quero abacaxi', 'wamid.1', { timestamp: String(at - 60) }));
      await edit('Quero jabuticaba', at - 10, 'wamid.e2');
      await edit('Quero goiaba', at - 30, 'wamid.e1');
      expect((await only()).content).toEqual({ type: 'text', text: 'Quero jabuticaba' });
      expect((await hook.conversations())[0]?.lastMessage?.text).toBe('Quero jabuticaba');
      const found = async (q: string) =>
        (await hook.ana.call<{ data: unknown[] }>('GET', `/v1/search/conversations?q=${q}`)).body.data.length;
      expect([await found('abacaxi'), await found('goiaba'), await found('jabuticaba')]).toEqual([0, 0, 1]);
    });

    it('an edited caption keeps its file; a deleted message can still be read by the team', async () => {
      const image = { id: '2701', mime_type: 'image/jpeg' };
      await hook.say({ id: 'wamid.1', type: 'image', image: { ...image, caption: 'Antes' } });
      const before = await only();
      await hook.say({
        type: 'edit',
        edit: {
          original_message_id: 'wamid.1',
          message: { type: 'image', image: { ...image, id: '2702', caption: 'Depois' } },
        },
      });
      await hook.say({ type: 'revoke', revoke: { original_message_id: 'wamid.1' } });
      const after = await only();
      expect(after).toMatchObject({
        content: { ...before.content, caption: 'Depois' },
        editedAt: expect.any(String) as string,
        revokedAt: expect.any(String) as string,
      });
      expect(await hook.desk.database.read.selectFrom('attachments').select('id').execute()).toHaveLength(1);
    });

    it('nobody edits what the other side wrote', async () => {
      await hook.workspace.customerSays(`+${marinaWaId}`, 'Oi');
      const { database } = hook.desk;
      await database.transaction((tx) =>
        tx.updateTable('messages').set({ providerId: 'wamid.out' }).where('direction', '=', 'outbound').execute(),
      );
      await hook.say({
        type: 'edit',
        edit: { original_message_id: 'wamid.out', message: { type: 'text', text: { body: 'De graça' } } },
      });
      await hook.say({ type: 'revoke', revoke: { original_message_id: 'wamid.out' } });
      const outbound = (await hook.thread()).filter(({ direction }) => direction === 'outbound');
      expect(outbound.map(({ editedAt, revokedAt }) => [editedAt, revokedAt])).toEqual([[null, null]]);
    });
  });

  it('takes what it knows from a POST full of what it does not', async () => {
    await hook.post({
      contacts: [contactOf('Marina'), 'nobody', { profile: 7 }],
      messages: [
        {
          from: marinaWaId,
          id: 'wamid.1',
          timestamp: 1795200000,
          type: 'text',
          text: { body: 'Um', shiny: true },
          new_key: {},
        },
        { from: marinaWaId, id: 'wamid.2', type: 'reaction', reaction: 'heart' },
        { id: 'wamid.3', type: 'text', text: { body: 'De ninguém' } },
        { from: marinaWaId, id: 'wamid.4', type: 'contacts', contacts: [{}, null] },
        { from: marinaWaId, id: 'wamid.5', type: 'location', location: { latitude: 'north' } },
        { from: marinaWaId, id: 'wamid.6', type: 'edit', edit: {} },
        { from: marinaWaId, id: 'wamid.7', type: 'system', system: { type: 'new_wallpaper' } },
        { from: marinaWaId, id: 'wamid.8', group_id: 'G', type: 'text', text: { body: 'No grupo' } },
        null,
        {
          from: marinaWaId,
          id: 'wamid.9',
          timestamp: 'soon',
          type: 'voice',
          voice: { id: '1', mime_type: 'audio/ogg' },
        },
      ],
    });
    const contents = (await customerMessages()).map(({ content }) =>
      content.type === 'unsupported' ? content.originalType : content.type,
    );
    expect(contents).toEqual(['text', 'reaction', 'contacts', 'location', 'edit', 'new_wallpaper', 'audio']);
    expect(await hook.lastNote()).toMatch(/message without sender.*group.*messages/);
  });
});
