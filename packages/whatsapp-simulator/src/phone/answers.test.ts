import { describe, expect, it } from 'vitest';
import { setOpenScene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const body = { text: 'Como podemos ajudar?' };

async function asked(interactive: object): Promise<Scene & { readonly question: string }> {
  const scene = await setOpenScene();
  await scene.send({ type: 'interactive', interactive: { body, ...interactive } });
  await scene.simulator.settled();
  scene.received.length = 0;
  return { ...scene, question: scene.marina.messages.at(-1)?.id ?? '' };
}

async function told(scene: Scene): Promise<unknown> {
  await scene.simulator.settled();
  return (scene.values().at(-1)?.messages as readonly unknown[])[0];
}

const flow = {
  type: 'flow',
  action: {
    name: 'flow',
    parameters: {
      flow_message_version: '3',
      flow_id: '7001',
      flow_cta: 'Agendar',
      flow_token: 'agenda-1',
      flow_action: 'navigate',
      flow_action_payload: { screen: 'AGENDA', data: { dia: 'sexta-feira' } },
    },
  },
};

describe('answers that are more than a tap', () => {
  it('are refused where they were not asked for', async () => {
    const { marina, question } = await asked({ type: 'location_request_message', action: { name: 'send_location' } });
    await expect(marina.answers(question, { contact: true })).rejects.toMatchObject({ code: 'unknown_message' });
    await expect(marina.answers(question, { form: {} })).rejects.toMatchObject({ code: 'unknown_message' });
    await expect(marina.answers('wamid.nada', { call: 'accept' })).rejects.toMatchObject({ code: 'unknown_message' });
  });

  it('fill in a flow', async () => {
    const scene = await asked(flow);
    expect(scene.marina.messages.at(-1)?.content).toMatchObject({
      form: { fields: [{ name: 'dia', value: 'sexta-feira' }] },
    });
    await scene.marina.answers(scene.question, { form: { dia: 'sábado' } });
    expect(await told(scene)).toMatchObject({
      type: 'interactive',
      context: { id: scene.question },
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"dia":"sábado","flow_token":"agenda-1"}' },
      },
    });
  });

  it('fill in an address', async () => {
    const parameters = { country: 'IN', values: { city: 'João Pessoa' } };
    const scene = await asked({ type: 'address_message', action: { name: 'address_message', parameters } });
    await scene.marina.answers(scene.question, { form: { name: 'Marina', city: 'João Pessoa' } });
    const message = (await told(scene)) as { interactive: { nfm_reply: { name: string; response_json: string } } };
    expect(message.interactive.nfm_reply.name).toBe('address_message');
    expect(JSON.parse(message.interactive.nfm_reply.response_json)).toEqual({
      values: { name: 'Marina', city: 'João Pessoa' },
    });
  });

  it('order products, and nothing that is not offered', async () => {
    const scene = await asked({ type: 'product', action: { catalog_id: '300', product_retailer_id: 'cafe-01' } });
    await expect(scene.marina.answers(scene.question, { order: { outro: 1 } })).rejects.toThrow(/none of the products/);
    await scene.marina.answers(scene.question, { order: { 'cafe-01': 2 }, note: 'Moído, por favor' });
    expect(await told(scene)).toMatchObject({
      type: 'order',
      order: {
        catalog_id: '300',
        text: 'Moído, por favor',
        product_items: [{ product_retailer_id: 'cafe-01', quantity: 2, currency: 'BRL' }],
      },
    });
  });

  it('give a place, the own contact, and leave to call', async () => {
    const place = await asked({ type: 'location_request_message', action: { name: 'send_location' } });
    await place.marina.answers(place.question, { location: { latitude: -7.1, longitude: -34.8, name: 'Casa' } });
    expect(await told(place)).toMatchObject({
      type: 'location',
      location: { name: 'Casa' },
      context: { id: place.question },
    });

    const contact = await asked({ type: 'request_contact_info', action: { name: 'request_contact_info' } });
    await contact.marina.answers(contact.question, { contact: true });
    expect(await told(contact)).toMatchObject({
      type: 'contacts',
      contacts: [{ origin: 'contact_request', phones: [{ wa_id: '558399142210' }] }],
    });

    const call = await asked({ type: 'call_permission_request', action: { name: 'call_permission_request' } });
    await call.marina.answers(call.question, { call: 'reject' });
    expect(await told(call)).toMatchObject({
      interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'reject' } },
    });
  });
});

describe('what a person does with messages', () => {
  it('changes own words only, and not those that are gone', async () => {
    const { marina, send, simulator, values, received } = await setOpenScene();
    await send({ text: { body: 'Bom dia' } });
    await simulator.settled();
    const [own, theirs] = marina.messages;
    expect(() => marina.edits(theirs!, 'Boa noite')).toThrow(/not one's own/);
    received.length = 0;
    marina.edits(own!, 'Oi, tudo bem?');
    marina.revokes(own!);
    expect(() => marina.edits(own!, 'De novo')).toThrow(/gone/);
    await simulator.settled();
    expect(marina.messages[0]).toMatchObject({ revoked: true, content: { kind: 'revoked' } });
    expect(values().flatMap((value) => value.messages)).toMatchObject([
      {
        type: 'edit',
        edit: { original_message_id: own!.id, message: { type: 'text', text: { body: 'Oi, tudo bem?' } } },
      },
      { type: 'revoke', revoke: { original_message_id: own!.id } },
    ]);
  });

  it('forwards with the mark of it', async () => {
    const { marina, simulator, values } = await setOpenScene();
    const sent = await marina.sends({ image: { data: new Uint8Array([1, 2]), caption: 'A fachada' } });
    await marina.forwards(sent);
    await simulator.settled();
    expect(values().at(-1)?.messages).toMatchObject([
      { type: 'image', context: { forwarded: true }, image: { caption: 'A fachada' } },
    ]);
    expect(marina.messages.at(-1)).toMatchObject({ forwarded: true });
  });

  it('stops marketing, which then fails with 131050, and resumes it', async () => {
    const { marina, send, simulator, values, statuses } = await setOpenScene();
    const template = {
      name: 'novidades_da_semana',
      language: { code: 'pt_BR' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { link: 'https://arquivos.example/cacau.png' } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'Marina' }] },
      ],
    };
    marina.prefers('stop');
    marina.prefers('stop');
    await send({ type: 'template', template });
    await simulator.settled();
    expect(marina.view.chats[0]?.stopped).toBe(true);
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131050 }] }]);
    marina.prefers('resume');
    await send({ type: 'template', template });
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['failed', 'sent', 'delivered']);
    expect(values().flatMap((value) => value.user_preferences ?? [])).toMatchObject([
      { wa_id: '558399142210', category: 'marketing_messages', value: 'stop' },
      { value: 'resume' },
    ]);
  });

  it('moves to another number with all chats', async () => {
    const { marina, simulator, values, send } = await setOpenScene();
    expect(() => marina.changesNumber('12')).toThrow(/7 to 15 digits/);
    const moved = marina.changesNumber('+55 83 8811-4520');
    await simulator.settled();
    expect(moved.messages).toHaveLength(1);
    expect(simulator.phones.map(({ waId }) => waId)).toEqual(['558388114520']);
    const [value] = values();
    expect(value).not.toHaveProperty('contacts');
    expect(value?.messages).toMatchObject([
      { from: '558399142210', type: 'system', system: { type: 'user_changed_number', wa_id: '558388114520' } },
    ]);
    await send({ to: '+5583988114520', text: { body: 'Oi' } });
    await simulator.settled();
    expect(moved.messages.at(-1)).toMatchObject({ from: 'business', status: 'delivered' });
  });
});

describe('the phone over HTTP', () => {
  it('answers, edits, deletes, prefers and moves', async () => {
    const { call, simulator, marina } = await asked(flow);
    const path = '/simulator/phones/558399142210';
    const question = marina.messages.at(-1)?.id ?? '';
    expect((await call('POST', `${path}/messages`, { answer: { messageId: question } })).status).toBe(400);
    const answer = { messageId: question, form: { dia: 'sábado' } };
    expect((await call('POST', `${path}/messages`, { answer })).body.content.kind).toBe('nfm_reply');
    const { id } = (await call('POST', `${path}/messages`, { text: 'Oi' })).body;
    expect((await call('POST', `${path}/messages`, { forward: { messageId: id } })).body.forwarded).toBe(true);
    expect((await call('PATCH', `${path}/messages/${id}`, { text: 'Olá' })).status).toBe(204);
    expect((await call('DELETE', `${path}/messages/${id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/messages/${id}`)).status).toBe(404);
    expect((await call('POST', `${path}/preferences`, { value: 'talvez' })).status).toBe(400);
    expect((await call('POST', `${path}/preferences`, { value: 'stop' })).status).toBe(204);
    expect((await call('POST', `${path}/number`, { waId: '558388114520' })).body.waId).toBe('558388114520');
    expect((await call('GET', path)).status).toBe(404);
    await simulator.settled();
  });
});
