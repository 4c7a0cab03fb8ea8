import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachEngine } from '../../testbed/engines.ts';
import { openWebhookDesk, ownNumber, type WebhookDesk } from '../../testbed/webhook-desk.ts';
import { marinaWaId } from '../../testbed/webhooks.ts';

/** The company's own phone and the gateway on one number. */
forEachEngine((_engine, open) => {
  let hook: WebhookDesk;
  beforeEach(async () => {
    hook = await openWebhookDesk(await open());
  });
  afterEach(() => hook.close());

  const now = () => Math.floor(hook.desk.clock.now() / 1000);
  const echo = (id: string, more: object = { type: 'text', text: { body: 'Já separei para você' } }) =>
    hook.post(
      { message_echoes: [{ from: ownNumber, to: marinaWaId, id, timestamp: String(now()), ...more }] },
      'smb_message_echoes',
    );
  const oneConversation = async () => {
    const [conversation, ...others] = await hook.conversations();
    if (!conversation || others.length > 0) throw new Error('there is not one conversation');
    return conversation;
  };

  describe('what is written on the phone', () => {
    it('is in the open conversation, as sent by the phone, and is sent to nobody', async () => {
      await hook.workspace.customerSays(`+${marinaWaId}`, 'Oi');
      const before = await oneConversation();
      const sending = await hook.sending();
      hook.desk.clock.advance(60_000);
      await echo('wamid.e1');
      await echo('wamid.e1');
      const after = await oneConversation();
      expect((await hook.said()).at(-1)).toMatchObject({
        direction: 'outbound',
        author: { kind: 'phone', id: null, name: null },
        content: { type: 'text', text: 'Já separei para você' },
        status: 'sent',
      });
      expect(await hook.sending()).toEqual(sending);
      expect(after).toMatchObject({ status: 'queued', windowExpiresAt: before.windowExpiresAt, unreadCount: 1 });
      expect(after.lastMessage).toMatchObject({ text: 'Já separei para você' });
      expect(await hook.said()).toHaveLength(2);
    });

    it('silences the automation at once: the conversation waits for the team, with its protocol and without a word', async () => {
      await withBot();
      await hook.say({ type: 'text', text: { body: 'Oi' } });
      expect((await oneConversation()).status).toBe('bot');
      await echo('wamid.e1');
      const after = await oneConversation();
      expect(after.status).toBe('queued');
      expect(after.protocol).not.toBeNull();
      expect(await hook.sending()).toEqual([]);
      const events = await hook.desk.database.read.selectFrom('events').select('type').execute();
      expect(events.map(({ type }) => type)).toContain('bot.handover');
    });

    it('to somebody who never wrote is kept in a conversation that is over, and asks nobody to attend', async () => {
      await echo('wamid.e1');
      await echo('wamid.e2', { type: 'image', image: { id: '27', mime_type: 'image/jpeg', caption: 'Veja' } });
      const conversation = await oneConversation();
      expect(conversation).toMatchObject({
        status: 'closed',
        outcome: null,
        protocol: null,
        contact: { phone: '+5583999142210' },
      });
      expect(Date.parse(conversation.windowExpiresAt ?? '')).toBeLessThanOrEqual(hook.desk.clock.now());
      expect((await hook.said()).map(({ content }) => content.type)).toEqual(['text', 'image']);
      await hook.say({ type: 'text', text: { body: 'Obrigada' } });
      const statuses = (await hook.conversations()).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual(['closed', 'queued']);
    });

    it('after a service is over stays in it, and does not bring it back', async () => {
      await hook.workspace.customerSays(`+${marinaWaId}`, 'Oi');
      const { id } = await oneConversation();
      await hook.ana.call('POST', `/v1/conversations/${id}/accept`);
      await hook.ana.call('POST', `/v1/conversations/${id}/close`, { outcome: 'resolved' });
      const before = await oneConversation();
      await echo('wamid.e1');
      expect(await oneConversation()).toMatchObject({ status: before.status, lastActivityAt: before.lastActivityAt });
      expect((await hook.said()).at(-1)?.author.kind).toBe('phone');
    });

    it('can be reacted to, edited and deleted on the phone; a group is no concern of ours', async () => {
      await hook.say({ id: 'wamid.1', type: 'text', text: { body: 'Oi' } });
      await echo('wamid.e1');
      await echo('wamid.e2', {
        type: 'edit',
        edit: { original_message_id: 'wamid.e1', message: { type: 'text', text: { body: 'Separei dois' } } },
      });
      await echo('wamid.e3', { type: 'revoke', revoke: { original_message_id: 'wamid.e1' } });
      await echo('wamid.e4', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '❤️' } });
      await echo('wamid.e5', { type: 'text', text: { body: 'Grupo' }, group_id: 'G' });
      const [question, answer, ...others] = await hook.said();
      expect(others).toEqual([]);
      expect(question?.reactions).toMatchObject([{ emoji: '❤️', by: { kind: 'phone' } }]);
      expect(answer).toMatchObject({
        content: { text: 'Separei dois' },
        editedAt: expect.any(String) as string,
        revokedAt: expect.any(String) as string,
      });
    });

    it('goes to whoever is known by user id only', async () => {
      const bruno = { from: undefined, from_user_id: 'BR.7700', type: 'text', text: { body: 'Sem número' } };
      await hook.say(bruno);
      await hook.post(
        {
          message_echoes: [
            {
              from: ownNumber,
              to_user_id: 'BR.7700',
              id: 'wamid.e1',
              timestamp: String(now()),
              type: 'text',
              text: { body: 'Oi' },
            },
          ],
        },
        'smb_message_echoes',
      );
      await oneConversation();
      expect(await hook.said()).toHaveLength(2);
    });
  });

  describe('the history', () => {
    const old = (id: string, secondsAgo: number, body: string, more: object = {}) => ({
      from: marinaWaId,
      id,
      timestamp: String(now() - secondsAgo),
      type: 'text',
      text: { body },
      history_context: { status: 'READ' },
      ...more,
    });
    const chunk = (order: number, ...messages: object[]) =>
      hook.post(
        {
          history: [
            { metadata: { phase: 0, chunk_order: order, progress: 50 }, threads: [{ id: marinaWaId, messages }] },
          ],
        },
        'history',
      );
    const texts = async () =>
      (await hook.said()).map(({ content }) => (content.type === 'text' ? content.text : content.type));

    it('is one conversation that is over, in the order of its times, however its parts come, and nobody is told', async () => {
      await chunk(
        2,
        old('wamid.3', 300, 'Três'),
        old('wamid.4', 200, 'Quatro', { from: ownNumber, history_context: { status: 'PLAYED' } }),
      );
      await chunk(
        1,
        old('wamid.1', 900, 'Um'),
        old('wamid.2', 800, 'Dois', { from: ownNumber, history_context: { status: 'ERROR' } }),
        old('wamid.3', 300, 'Três'),
      );
      await chunk(3, old('wamid.5', 100, 'Cinco'));
      await chunk(1, old('wamid.1', 900, 'Um'));
      expect(await texts()).toEqual(['Um', 'Dois', 'Três', 'Quatro', 'Cinco']);
      expect((await hook.said()).map(({ direction, status }) => [direction, status])).toEqual([
        ['inbound', null],
        ['outbound', 'failed'],
        ['inbound', null],
        ['outbound', 'played'],
        ['inbound', null],
      ]);
      const conversation = await oneConversation();
      expect(conversation).toMatchObject({
        status: 'closed',
        unreadCount: 0,
        protocol: null,
        lastMessage: { text: 'Cinco' },
      });
      expect(Date.parse(conversation.windowExpiresAt ?? '')).toBeLessThan(hook.desk.clock.now());
      expect(Date.parse(conversation.createdAt)).toBe((now() - 900) * 1000);
      const events = await hook.desk.database.read.selectFrom('events').select('type').execute();
      expect(events.filter(({ type }) => /^(conversation|message|contact)/.test(type))).toEqual([]);
      expect(await hook.sending()).toEqual([]);
    });

    it.each(['first', 'last'])('puts a file in the place of its placeholder when it comes %s', async (when) => {
      const file = () =>
        hook.post(
          {
            messages: [
              {
                from: marinaWaId,
                id: 'wamid.2',
                timestamp: String(now() - 50),
                type: 'image',
                image: { id: '27', mime_type: 'image/jpeg' },
              },
            ],
          },
          'history',
        );
      const rest = () =>
        chunk(1, old('wamid.1', 60, 'Veja'), old('wamid.2', 50, '', { type: 'media_placeholder', text: undefined }));
      if (when === 'first') await file();
      await rest();
      if (when === 'last') await file();
      expect(await texts()).toEqual(['Veja', 'image']);
      await file();
      expect(await texts()).toEqual(['Veja', 'image']);
    });

    it('finds the place of a file that the company sent, of which Meta does not say to whom', async () => {
      const file = {
        from: ownNumber,
        id: 'wamid.2',
        timestamp: String(now() - 50),
        type: 'document',
        document: { id: '27', mime_type: 'application/pdf', filename: 'boleto.pdf' },
      };
      await hook.post({ messages: [file] }, 'history');
      expect(await hook.conversations()).toEqual([]);
      await chunk(1, old('wamid.2', 50, '', { from: ownNumber, type: 'media_placeholder', text: undefined }));
      expect(await hook.said()).toMatchObject([
        {
          direction: 'outbound',
          content: { type: 'document', attachment: { fileName: 'boleto.pdf' } },
          editedAt: null,
        },
      ]);
    });

    it('does not touch the service that is going on, nor doubles what is in it', async () => {
      await hook.say({ id: 'wamid.1', type: 'text', text: { body: 'Oi' } });
      await chunk(1, old('wamid.0', 900, 'Antes'), old('wamid.1', 0, 'Oi'));
      const [current, past] = (await hook.conversations()).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
      expect([current?.status, past?.status]).toEqual(['queued', 'closed']);
      expect(await hook.said(past?.id)).toHaveLength(1);
      await hook.say({ id: 'wamid.2', type: 'text', text: { body: 'E aí?' } });
      expect(await hook.said(current?.id)).toHaveLength(2);
    });

    it('says when the company does not share it', async () => {
      await hook.post({ history: [{ errors: [{ code: 2593109, title: 'History sync is turned off' }] }] }, 'history');
      expect(await hook.lastNote()).toContain('2593109');
      await hook.post({ history: ['x', { threads: [{ id: null, messages: 'none' }, 7] }] }, 'history');
      expect(await hook.conversations()).toEqual([]);
    });
  });

  describe('the address book of the phone', () => {
    const sync = (name: string | null, at: number, phone = marinaWaId) =>
      hook.post(
        {
          state_sync: [
            {
              type: 'contact',
              contact: { ...(name !== null && { full_name: name }), phone_number: phone },
              action: name === null ? 'remove' : 'add',
              metadata: { timestamp: String(at) },
            },
          ],
        },
        'smb_app_state_sync',
      );
    const names = async () => (await hook.contacts()).map(({ name }) => name);

    it('gives names to who has said none, and takes them back; the newer entry holds', async () => {
      await sync('Marina do boleto', now() - 50);
      await sync('Marina de antes', now() - 90);
      expect(await names()).toEqual(['Marina do boleto']);
      await hook.say({ type: 'text', text: { body: 'Oi' } });
      expect((await oneConversation()).contact.name).toBe('Marina do boleto');
      await sync(null, now() - 10);
      expect(await names()).toEqual(['+55 83 9 9914-2210']);
      await sync('Marina A.', now());
      expect((await oneConversation()).contact.name).toBe('Marina A.');
    });

    it('does not rename who has said their name, and removes nobody', async () => {
      await hook.say(
        { type: 'text', text: { body: 'Oi' } },
        { contacts: [{ wa_id: marinaWaId, profile: { name: 'Marina Albuquerque' } }] },
      );
      await sync('Caloteira', now());
      await sync(null, now());
      await sync(null, now(), '5583988770000');
      expect(await names()).toEqual(['Marina Albuquerque']);
    });
  });

  async function withBot(): Promise<void> {
    const { database } = hook.desk;
    const { id, config } = hook.workspace.channel;
    const changed = JSON.stringify({ ...(JSON.parse(config) as object), bot: true });
    await database.transaction((tx) =>
      tx.updateTable('channels').set({ config: changed }).where('id', '=', id).execute(),
    );
  }
});
