import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appSecret, callbackUrl, setOpenScene, setScene, wabaId } from '../testing/scene.ts';

describe('a webhook', () => {
  it('is escaped as Meta escapes, and signed over exactly those bytes', async () => {
    const { simulator, marina, received } = await setScene();
    await marina.says('Olá, açaí às 10/11 😀');
    await simulator.settled();
    const [{ body, headers }] = received as [(typeof received)[0]];
    expect(body).toContain('Ol\\u00e1, a\\u00e7a\\u00ed \\u00e0s 10\\/11 \\ud83d\\ude00');
    // eslint-disable-next-line no-control-regex
    expect(body).toMatch(/^[\x00-\x7f]*$/);
    const expected = createHmac('sha256', appSecret).update(body).digest('hex');
    expect(headers.get('x-hub-signature-256')).toBe(`sha256=${expected}`);
    expect(
      createHmac('sha256', appSecret)
        .update(JSON.stringify(JSON.parse(body)))
        .digest('hex'),
    ).not.toBe(expected);
  });

  it('carries who wrote, in Meta’s envelope', async () => {
    const { simulator, marina, received } = await setScene();
    const message = await marina.says('Oi');
    await simulator.settled();
    const envelope = JSON.parse(received[0]!.body);
    expect(envelope).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: wabaId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '558330154400', phone_number_id: '504410009982131' },
                contacts: [
                  {
                    profile: { name: 'Marina Albuquerque' },
                    wa_id: '558399142210',
                    user_id: expect.stringMatching(/^BR\.\d+$/),
                  },
                ],
                messages: [
                  {
                    from: '558399142210',
                    from_user_id: expect.stringMatching(/^BR\.\d+$/),
                    id: message.id,
                    timestamp: '1795186800',
                    type: 'text',
                    text: { body: 'Oi' },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it('is sent again, in order, until the endpoint takes it', async () => {
    const { simulator, marina, answerWith, values } = await setScene({ webhooks: { retryScheduleMs: [1000, 5000] } });
    answerWith(503);
    await marina.says('um');
    await marina.says('dois');
    await simulator.settled();
    expect(marina.messages.map((each) => each.status)).toEqual(['sent', 'sent']);
    answerWith(null);
    simulator.clock.advance(1000);
    await simulator.settled();
    answerWith(200);
    simulator.clock.advance(5000);
    await simulator.settled();
    const bodies = values().map((value) => (value.messages as { text: { body: string } }[])[0]?.text.body);
    expect(bodies).toEqual(['um', 'dois']);
    expect(marina.messages.map((each) => each.status)).toEqual(['delivered', 'delivered']);
    expect(simulator.webhooks[0]?.attempts.map((each) => each.status)).toEqual([503, null, 200]);
  });

  it('is given up in the end', async () => {
    const { simulator, marina, answerWith } = await setScene({
      webhooks: { retryScheduleMs: [1000], giveUpAfterMs: 3000 },
    });
    answerWith(500);
    await marina.says('Oi');
    for (let second = 0; second < 4; second += 1) {
      await simulator.settled();
      simulator.clock.advance(1000);
    }
    await simulator.settled();
    expect(simulator.webhooks[0]).toMatchObject({ state: 'abandoned', attempts: { length: 4 } });
  });

  it('goes out at once when asked to', async () => {
    const { simulator, marina, answerWith, received } = await setScene();
    answerWith(500);
    await marina.says('Oi');
    simulator.clock.advance(60_000);
    await simulator.settled();
    answerWith(200);
    simulator.retryWebhooks();
    await simulator.settled();
    await expect.poll(() => received.length).toBe(1);
  });

  it('may carry several changes', async () => {
    const { simulator, marina, received } = await setScene({ webhooks: { batchSize: 10 } });
    await Promise.all([marina.says('um'), marina.says('dois'), marina.says('três')]);
    await simulator.settled();
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0]!.body).entry[0].changes).toHaveLength(3);
  });

  it('passes a raw envelope untouched', async () => {
    const { simulator, received } = await setScene();
    simulator.raw('{"object" : "outra_coisa"}');
    await simulator.settled();
    expect(received[0]?.body).toBe('{"object" : "outra_coisa"}');
  });

  it('goes to the narrowest subscription', async () => {
    const { simulator, marina } = await setScene();
    await simulator.subscribe({ callbackUrl: `${callbackUrl}/conta`, verifyToken: 'abre-te-sesamo', wabaId });
    await marina.says('Oi');
    await simulator.settled();
    expect(simulator.webhooks.map((each) => each.callbackUrl)).toEqual([`${callbackUrl}/conta`]);
  });

  it('waits on the phone while that is off', async () => {
    const { simulator, marina, received } = await setScene();
    marina.goOffline();
    await marina.says('Oi');
    await simulator.settled();
    expect([received.length, marina.messages[0]?.status]).toEqual([0, 'pending']);
    marina.goOnline();
    await simulator.settled();
    expect([received.length, marina.messages[0]?.status]).toEqual([1, 'delivered']);
  });
});

describe('subscribing', () => {
  it('fails when the endpoint does not know the token', async () => {
    const { simulator } = await setScene();
    await expect(simulator.subscribe({ callbackUrl, verifyToken: 'errado' })).rejects.toMatchObject({
      code: 'handshake_failed',
      message: expect.stringMatching(/answered 403/),
    });
  });

  it('needs an app that is subscribed to the account, as one made on the Graph API is not by itself', async () => {
    const { call, simulator, marina } = await setScene();
    const path = `/v25.0/${wabaId}/subscribed_apps`;
    expect((await call('GET', path)).body.data).toHaveLength(1);
    await call('DELETE', path);
    await marina.says('Oi');
    await simulator.settled();
    expect(simulator.webhooks).toEqual([]);
    await call('POST', path, {});
    await marina.says('E agora?');
    await simulator.settled();
    expect(simulator.webhooks).toHaveLength(1);
  });

  it('is of numbers too that come later', async () => {
    const { simulator, marina } = await setScene();
    const other = {
      phoneNumberId: '504410009982132',
      wabaId: '331190020048178',
      token: 'EAAother',
      appSecret: 'outro',
    };
    simulator.addNumber({ ...other, displayPhoneNumber: '+55 83 3000-2000' });
    await marina.says('Oi', { phoneNumberId: other.phoneNumberId });
    await simulator.settled();
    expect(simulator.webhooks).toHaveLength(1);
  });

  it('can be asked for on the Graph API, with a callback of the account', async () => {
    const { call, simulator, marina } = await setScene();
    const path = `/v25.0/${wabaId}/subscribed_apps`;
    const override = { override_callback_uri: `${callbackUrl}/outro`, verify_token: 'abre-te-sesamo' };
    expect((await call('POST', path, override)).body).toEqual({ success: true });
    expect((await call('GET', path)).body.data).toHaveLength(1);
    expect((await call('POST', path, { ...override, verify_token: 'x' })).body.error.code).toBe(2200);
    await marina.says('Oi');
    await simulator.settled();
    expect(simulator.webhooks[0]?.callbackUrl).toBe(`${callbackUrl}/outro`);
  });
});

describe('what a person sends', () => {
  it('quotes, forwards and comes from an ad', async () => {
    const { simulator, marina, values, send } = await setOpenScene();
    await send({ text: { body: 'Quer reservar?' } });
    await simulator.settled();
    await marina.says('Quero', { replyTo: marina.messages.at(-1)!.id });
    await marina.says('Veja isso', { forwarded: true, referral: { source_type: 'ad', source_id: '1' } });
    await send({ text: { body: 'Oi' } });
    await simulator.settled();
    const [quoted, ad] = values().flatMap((value) => (value.messages ?? []) as object[]);
    expect(quoted).toMatchObject({ context: { from: '558330154400' } });
    expect(ad).toMatchObject({ context: { forwarded: true }, referral: { source_type: 'ad' } });
    const last = values().at(-1)?.statuses;
    expect(last).toMatchObject([
      { pricing: { type: 'free_entry_point' }, conversation: { origin: { type: 'referral_conversion' } } },
    ]);
  });

  it('has no emoji when a reaction is taken back', async () => {
    const { simulator, marina, values } = await setOpenScene();
    const [message] = marina.messages;
    await marina.sends({ reaction: { messageId: message!.id, emoji: '👍' } });
    await marina.sends({ reaction: { messageId: message!.id, emoji: '' } });
    await simulator.settled();
    const reactions = values().flatMap((value) => value.messages as { reaction: object }[]);
    expect(reactions.map((each) => each.reaction)).toEqual([
      { message_id: message?.id, emoji: '👍' },
      { message_id: message?.id },
    ]);
  });
});
