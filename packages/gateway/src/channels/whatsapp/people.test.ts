import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learnAddress } from '../../commands/learn-address.ts';
import { silentLog } from '../../log.ts';
import { runUnit } from '../../store/unit.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { openWebhookDesk, type WebhookDesk } from '../../testbed/webhook-desk.ts';
import { contactOf, envelopeOf, marinaWaId, postWebhook, textMessage } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

const marinaPhone = '+5583999142210';
const newWaId = '558399142299';
const newPhone = '+5583999142299';
const userId = 'BR.1349120865530274';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let hook: WebhookDesk;
  beforeEach(async () => {
    opened = await open();
    hook = await openWebhookDesk(opened);
  });
  afterEach(() => hook.close());

  const now = () => Math.floor(hook.desk.clock.now() / 1000);
  const hello = { type: 'text', text: { body: 'Oi' } };
  const byUserId = { ...hello, from: undefined, from_user_id: userId };
  const timeline = async (conversationId?: string) =>
    (await hook.thread(conversationId)).flatMap(({ content }) => (content.type === 'event' ? [content.event] : []));
  const onlyContact = async () => {
    const [contact, ...others] = await hook.contacts();
    if (!contact || others.length > 0) throw new Error('there is not one contact');
    return contact;
  };

  describe('one person', () => {
    it.each([
      ['Brazil, with the ninth digit first', '5583999142210', '558399142210'],
      ['Brazil, without it first', '558399142210', '5583999142210'],
      ['Mexico, with its 1 first', '5215512345678', '525512345678'],
      ['Mexico, without it first', '525512345678', '5215512345678'],
    ])('is the same under both forms of a number: %s', async (_where, first, second) => {
      await hook.say({ ...hello, from: first });
      await hook.say({ ...hello, from: second });
      expect((await onlyContact()).address).toBe(second);
      expect(await hook.conversations()).toHaveLength(1);
    });

    it('is known by user id, by phone, and is one as soon as both come together; both open conversations stay', async () => {
      await hook.say(hello);
      const [byPhone] = await hook.conversations();
      await hook.ana.call('POST', `/v1/conversations/${byPhone?.id ?? ''}/accept`);
      await hook.say(byUserId);
      expect(await hook.contacts()).toHaveLength(2);
      await hook.say({ ...hello, from_user_id: userId, id: 'wamid.both' });
      expect(await onlyContact()).toMatchObject({ phone: marinaPhone, userId });
      const conversations = await hook.conversations();
      expect(conversations.map(({ status }) => status).toSorted()).toEqual(['active', 'queued']);
      expect(new Set(conversations.map(({ contact }) => contact.id)).size).toBe(1);
      // To the one that Ana attends, though the other one is newer.
      expect(await hook.said(byPhone?.id)).toHaveLength(2);
    });

    it('is learned from a status that tells both, under either spelling of its keys, and nobody is made by one', async () => {
      const status = (more: object) => ({
        id: 'wamid.out',
        status: 'delivered',
        timestamp: String(now()),
        recipient_id: marinaWaId,
        recipient_user_id: userId,
        ...more,
      });
      await hook.post({ statuses: [status({ parent_recipient_user_id: 'BR.ENT.1' })] });
      expect(await hook.contacts()).toEqual([]);
      await hook.say(hello);
      await hook.say(byUserId);
      await hook.post({
        contacts: [{ wa_id: marinaWaId, user_id: userId }],
        statuses: [status({ recipient_parent_user_id: 'BR.ENT.1', status: 'read' })],
      });
      expect(await onlyContact()).toMatchObject({ phone: marinaPhone, userId });
      const early = await opened.database.read.selectFrom('earlyStatuses').select('status').orderBy('status').execute();
      expect(early.map(({ status: kept }) => kept)).toEqual(['delivered', 'read']);
    });

    it('shares the phone when asked for it', async () => {
      await hook.say(byUserId);
      const card = (origin: string) => ({
        type: 'contacts',
        from: undefined,
        from_user_id: userId,
        contacts: [
          { origin, name: { formatted_name: 'Marina' }, phones: [{ phone: '+55 83 9914-2210', wa_id: marinaWaId }] },
        ],
      });
      await hook.say(card('other'));
      expect((await onlyContact()).phone).toBeNull();
      await hook.say(card('contact_request'));
      expect(await onlyContact()).toMatchObject({ phone: marinaPhone, address: marinaWaId, userId });
    });

    it('is who WhatsApp says that the dialled number is, and two contacts of that one become one', async () => {
      // Dialled as the customer wrote it down; WhatsApp knows it as another number, who has written before.
      const dialled = '+5583988770000';
      await hook.workspace.customerSays(dialled, 'Do número antigo');
      await hook.workspace.customerSays(`+${marinaWaId}`, 'Do número certo');
      const [first] = await hook.contacts();
      const learn = () =>
        runUnit({ db: opened.database, clock: hook.desk.clock }, hook.workspace.id, (unit) =>
          learnAddress(
            unit,
            { channelId: hook.workspace.channel.id, contactId: first?.id ?? '' },
            { address: marinaWaId, userId },
          ),
        );
      await learn();
      await learn();
      expect(await onlyContact()).toMatchObject({ id: first?.id, phone: dialled, address: marinaWaId, userId });
      await hook.say(hello);
      expect(await onlyContact()).toMatchObject({ phone: dialled, address: marinaWaId });
      expect(await hook.conversations()).toHaveLength(2);
    });

    it('is one when two processes meet phone, user id and both at the same moment', async () => {
      const message = (id: string, more: object) => ({ ...textMessage(id, id), ...more });
      const post = (messages: object[]) =>
        postWebhook(hook.desk, envelopeOf(hook.workspace, { messages }), { workspace: hook.workspace });
      for (let round = 0; round < 6; round++) {
        await post([message(`wamid.p${round}`, {})]);
        await post([message(`wamid.u${round}`, { from: undefined, from_user_id: userId })]);
        await post([message(`wamid.b${round}`, { from_user_id: userId })]);
      }
      const deps = { db: opened.database, clock: hook.desk.clock, log: silentLog };
      await Promise.all([processDue(deps), processDue(deps), processDue(deps)]);
      hook.desk.clock.advance(60_000);
      await hook.work();
      expect(await onlyContact()).toMatchObject({ phone: marinaPhone, userId });
      const kept = await opened.database.read
        .selectFrom('messages')
        .select('id')
        .where('direction', '=', 'inbound')
        .execute();
      expect(kept).toHaveLength(18);
    });
  });

  describe('another number', () => {
    const changed = (more: object = {}, id = 'wamid.s') =>
      hook.say({ id, type: 'system', system: { type: 'user_changed_number', body: 'mudou', wa_id: newWaId, ...more } });

    it('is followed: the conversation and the record stay with the person, and the agent is told, once', async () => {
      await hook.say(hello, { contacts: [contactOf('Marina')] });
      const before = await onlyContact();
      await changed();
      await changed();
      expect(await onlyContact()).toMatchObject({ id: before.id, name: 'Marina', phone: newPhone, address: newWaId });
      expect((await timeline()).filter(({ name }) => name === 'number_changed')).toEqual([
        { name: 'number_changed', from: marinaPhone, to: newPhone },
      ]);
      await hook.say({ ...hello, from: newWaId });
      expect(await hook.conversations()).toHaveLength(1);
    });

    it.each([
      ['an old version', { wa_id: undefined, new_wa_id: newWaId, type: 'customer_changed_number' }],
      ['a new one, with a user id', { user_id: userId }],
    ])('is followed in %s', async (_which, system) => {
      await hook.say(hello);
      await changed(system);
      expect(await onlyContact()).toMatchObject({ phone: newPhone, name: '+55 83 9 9914-2299' });
    });

    it('brings two contacts together when they have written from it already', async () => {
      await hook.say(hello);
      await hook.say({ ...hello, from: newWaId });
      await changed();
      expect(await onlyContact()).toMatchObject({ phone: newPhone, address: newWaId });
      expect(await hook.conversations()).toHaveLength(2);
    });

    it('of somebody who is not known makes nobody', async () => {
      await changed();
      await hook.post(
        { user_id_update: [{ wa_id: newWaId, user_id: { previous: 'BR.1', current: 'BR.2' }, timestamp: now() }] },
        'user_id_update',
      );
      expect([await hook.contacts(), await hook.conversations()]).toEqual([[], []]);
    });

    it('comes with a new user id, which two webhooks tell in either order', async () => {
      await hook.say(byUserId);
      const system = () =>
        hook.say({
          from: undefined,
          from_user_id: userId,
          type: 'system',
          id: 'wamid.s',
          system: { type: 'user_changed_user_id', user_id: 'BR.2' },
        });
      const update = () =>
        hook.post(
          {
            contacts: [{ user_id: 'BR.2' }],
            user_id_update: [
              { wa_id: newWaId, detail: 'x', user_id: { previous: userId, current: 'BR.2' }, timestamp: String(now()) },
            ],
          },
          'user_id_update',
        );
      await system();
      await update();
      await system();
      expect(await onlyContact()).toMatchObject({ userId: 'BR.2', phone: newPhone });
      expect((await timeline()).filter(({ name }) => name === 'number_changed')).toHaveLength(2);
      await hook.say({ ...byUserId, from_user_id: 'BR.2' });
      expect(await hook.conversations()).toHaveLength(1);
    });

    it('is not the only thing that the agent is told of: the phone may be in other hands', async () => {
      const news = {
        id: 'wamid.i',
        type: 'system',
        system: { type: 'customer_identity_changed' },
        identity: { acknowledged: false, hash: 'x' },
      };
      await hook.say(news);
      expect(await hook.contacts()).toEqual([]);
      await hook.say(hello);
      await hook.say(news);
      await hook.say(news);
      expect((await timeline()).filter(({ name }) => name === 'identity_changed')).toHaveLength(1);
    });
  });

  describe('marketing', () => {
    const choose = (value: string, at: number, more: object = {}) =>
      hook.post(
        {
          contacts: [{ wa_id: marinaWaId }],
          user_preferences: [{ wa_id: marinaWaId, category: 'marketing_messages', value, timestamp: at, ...more }],
        },
        'user_preferences',
      );

    it('is stopped and taken again, and an older choice undoes no newer one', async () => {
      await hook.say(hello);
      await choose('stop', now() - 50);
      expect((await onlyContact()).marketingAllowed).toBe(0);
      await choose('resume', now() - 60);
      expect((await onlyContact()).marketingAllowed).toBe(0);
      await choose('resume', now() - 10);
      expect((await onlyContact()).marketingAllowed).toBe(1);
      expect((await timeline()).filter(({ name }) => name === 'marketing_preference')).toEqual([
        { name: 'marketing_preference', allowed: false },
        { name: 'marketing_preference', allowed: true },
      ]);
    });

    it('is kept of who has not written, also by user id; what is not understood changes nothing', async () => {
      await choose('stop', now());
      await choose('sometimes', now());
      await choose('resume', now(), { category: 'calls' });
      await choose('stop', now(), { wa_id: undefined, user_id: userId });
      expect(
        (await hook.contacts()).map(({ phone, userId: id, marketingAllowed }) => [phone, id, marketingAllowed]),
      ).toEqual([
        [marinaPhone, null, 0],
        [null, userId, 0],
      ]);
      expect(await hook.conversations()).toEqual([]);
    });
  });
});
