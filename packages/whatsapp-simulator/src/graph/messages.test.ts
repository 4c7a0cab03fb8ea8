import { describe, expect, it } from 'vitest';
import { hour, numberId, setOpenScene, setScene } from '../testing/scene.ts';

describe('sending a message', () => {
  it('is refused without a token, and with an unknown one', async () => {
    const { call } = await setScene();
    const path = `/v25.0/${numberId}/messages`;
    const without = await call('POST', path, {}, {});
    expect([without.status, without.body.error.code]).toEqual([403, 200]);
    const wrong = await call('POST', path, {}, { authorization: 'Bearer nada' });
    expect([wrong.status, wrong.body.error.code, wrong.body.error.type]).toEqual([401, 190, 'OAuthException']);
  });

  it('names an object that is not there as Graph does', async () => {
    const { call } = await setScene();
    const { status, body } = await call('POST', '/v25.0/999/messages', { messaging_product: 'whatsapp' });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ type: 'GraphMethodException', code: 100, error_subcode: 33 });
    expect(body.error.message).toMatch(/^Unsupported post request\. Object with ID '999' does not exist/);
  });

  it.each([
    ['no product', { messaging_product: undefined }, 100, /messaging_product is required/],
    ['no recipient', { to: undefined, text: { body: 'Oi' } }, 100, /parameter to is required/],
    ['a recipient that is no number', { to: 'marina', text: { body: 'Oi' } }, 131009, /not valid/],
    ['itself as recipient', { to: '+55 83 3015-4400', text: { body: 'Oi' } }, 131021, /cannot be sender/],
    ['an unknown type', { type: 'carta', carta: {} }, 100, /must be one of .* - got "carta"/],
    ['no payload', { type: 'text' }, 131008, /missing/],
    ['an empty text', { text: { body: ' ' } }, 100, /Invalid parameter/],
    ['a long text', { text: { body: 'a'.repeat(4097) } }, 100, /Invalid parameter/],
    ['a caption on audio', { type: 'audio', audio: { id: '1', caption: 'x' } }, 100, /Invalid parameter/],
    ['media without a source', { type: 'image', image: {} }, 100, /Invalid parameter/],
    ['an unknown media id', { type: 'image', image: { id: '404' } }, 131009, /not valid/],
    ['a link that is none', { type: 'image', image: { link: 'ftp://x' } }, 100, /Invalid/],
    ['a place off the map', { type: 'location', location: { latitude: 91, longitude: 0 } }, 100, /Invalid/],
    ['a nameless contact', { type: 'contacts', contacts: [{ name: {} }] }, 131008, /missing/],
    ['two emojis', { type: 'reaction', reaction: { message_id: 'x', emoji: '👍👍' } }, 131009, /not valid/],
    ['long callback data', { text: { body: 'Oi' }, biz_opaque_callback_data: 'x'.repeat(513) }, 100, /Invalid/],
    ['an empty context', { text: { body: 'Oi' }, context: {} }, 100, /Invalid/],
    ['a group', { recipient_type: 'group', text: { body: 'Oi' } }, 131009, /not valid/],
  ])('refuses %s', async (_name, message, code, text) => {
    const { send, simulator } = await setOpenScene();
    const { status, body } = await send(message);
    expect(status).toBe(400);
    expect(body.error.code).toBe(code);
    expect(body.error.message).toMatch(text);
    expect(body.error.fbtrace_id).toMatch(/^A[\w-]{20,}/);
    await simulator.settled();
    expect(simulator.webhooks).toHaveLength(1);
  });

  it('explains in error_data what is wrong', async () => {
    const { send } = await setOpenScene();
    const { body } = await send({ text: { body: 'a'.repeat(4097) } });
    expect(body.error.error_data).toEqual({
      messaging_product: 'whatsapp',
      details: "Param text['body'] must be at most 4096 characters long.",
    });
  });

  it('is accepted, sent and delivered, then read when the person looks', async () => {
    const { send, simulator, marina, statuses } = await setOpenScene();
    const { status, body } = await send({ text: { body: 'Bom dia!' }, biz_opaque_callback_data: 'pedido-8812' });
    expect(status).toBe(200);
    expect(body.contacts).toEqual([{ input: '5583999142210', wa_id: '558399142210' }]);
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'delivered']);

    marina.reads();
    await simulator.settled();
    const all = statuses();
    expect(all.map((each) => each.status)).toEqual(['sent', 'delivered', 'read']);
    expect(all[0]).toMatchObject({
      id: body.messages[0].id,
      recipient_id: '558399142210',
      biz_opaque_callback_data: 'pedido-8812',
      pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
    });
    expect(all[0]).not.toHaveProperty('conversation');
    expect(all[2]).not.toHaveProperty('pricing');
  });

  it('carries a conversation for an app on webhooks before v24', async () => {
    const { send, simulator, statuses } = await setOpenScene();
    const [number] = simulator.numbers;
    simulator.addNumber({ ...number!, webhookVersion: 'v23.0' });
    await send({ text: { body: 'Oi' } });
    await simulator.settled();
    expect(statuses()[0]).toMatchObject({ conversation: { origin: { type: 'service' } } });
  });

  it('is accepted and then fails with 131047 when the window has closed', async () => {
    const { send, simulator, marina, statuses } = await setOpenScene();
    simulator.clock.advance(24 * hour - 1);
    await send({ text: { body: 'ainda dá' } });
    await simulator.settled();
    simulator.clock.advance(1);
    const late = await send({ text: { body: 'tarde demais' } });
    expect(late.status).toBe(200);
    await simulator.settled();
    const all = statuses();
    expect(all.map((each) => each.status)).toEqual(['sent', 'delivered', 'failed']);
    expect(all[2]).toMatchObject({ errors: [{ code: 131047, title: 'Re-engagement message' }] });
    expect(marina.messages.filter((each) => each.from === 'business')).toHaveLength(1);
  });

  it('is accepted and then fails with 131026 when nobody has the number', async () => {
    const { send, simulator, statuses, values } = await setOpenScene();
    expect((await send({ to: '+5511955550101', text: { body: 'Oi' } })).status).toBe(200);
    await simulator.settled();
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }]);
    expect(values()[0]).not.toHaveProperty('contacts');
  });

  it('waits for a phone that is off', async () => {
    const { send, simulator, marina, statuses } = await setOpenScene();
    marina.goOffline();
    await send({ text: { body: 'Chegou' } });
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent']);
    expect(marina.messages.some((each) => each.from === 'business')).toBe(false);
    marina.goOnline();
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'delivered']);
  });

  it('never reports reading for someone who switched receipts off', async () => {
    const { simulator, call, statuses } = await setOpenScene();
    const rui = simulator.phone({ name: 'Rui Falcão', waId: '5511955550102', readReceipts: false });
    await rui.says('Olá');
    await call('POST', `/v25.0/${numberId}/messages`, {
      messaging_product: 'whatsapp',
      to: rui.waId,
      text: { body: 'Oi' },
    });
    await simulator.settled();
    rui.reads();
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'delivered']);
  });

  it('draws a reaction on its message and reports only that it was sent', async () => {
    const { send, simulator, marina, statuses } = await setOpenScene();
    const [asked] = marina.messages;
    await send({ type: 'reaction', reaction: { message_id: asked!.id, emoji: '❤️' } });
    await simulator.settled();
    expect(marina.messages[0]?.reactions).toEqual({ business: '❤️' });
    await send({ type: 'reaction', reaction: { message_id: asked!.id, emoji: '' } });
    await simulator.settled();
    expect(marina.messages[0]?.reactions).toEqual({});
    await send({ type: 'reaction', reaction: { message_id: 'wamid.nenhuma', emoji: '👍' } });
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'sent', 'failed']);
  });

  it('marks as read, and shows typing until the answer or for 25 seconds', async () => {
    const { send, simulator, marina } = await setOpenScene();
    const [asked] = marina.messages;
    const receipt = { to: undefined, status: 'read', message_id: asked!.id, typing_indicator: { type: 'text' } };
    expect((await send(receipt)).body).toEqual({ success: true });
    expect(marina.messages[0]?.status).toBe('read');
    expect(marina.view.chats[0]?.typing).toBe(true);
    simulator.clock.advance(25_000);
    expect(marina.view.chats[0]?.typing).toBe(false);
    expect((await send({ ...receipt, message_id: 'wamid.nenhuma' })).status).toBe(400);
  });

  it('reports a voice note as played once it is heard', async () => {
    const { send, call, simulator, marina, statuses } = await setOpenScene();
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new File([new Uint8Array(8)], 'voz.ogg', { type: 'audio/ogg; codecs=opus' }));
    const { body } = await call('POST', `/v25.0/${numberId}/media`, form);
    await send({ type: 'audio', audio: { id: body.id, voice: true } });
    await simulator.settled();
    marina.plays(marina.messages.at(-1)!);
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'delivered', 'read', 'played']);
  });

  it('fetches a link, and fails with 131053 when it cannot', async () => {
    const { send, simulator, marina, statuses } = await setOpenScene();
    await send({ type: 'image', image: { link: 'https://arquivos.example/cacau.png', caption: 'Cacau' } });
    await simulator.settled();
    expect(marina.messages.at(-1)?.content).toMatchObject({ type: 'image', caption: 'Cacau', media: { size: 4 } });
    await send({ type: 'image', image: { link: 'https://arquivos.example/nada.png' } });
    await simulator.settled();
    expect(statuses().at(-1)).toMatchObject({ status: 'failed', errors: [{ code: 131053 }] });
  });

  it('logs what repeats an accepted request', async () => {
    const { send, simulator } = await setOpenScene();
    await send({ text: { body: 'Oi' } });
    await send({ text: { body: 'Oi' } });
    await send({ text: { body: 'Oi!' } });
    const [first, second, third] = simulator.requests;
    expect(second?.repeats).toBe(first?.id);
    expect(third?.repeats).toBeUndefined();
  });
});
