import { describe, expect, it } from 'vitest';
import { hour, setOpenScene, wabaId } from '../testing/scene.ts';

const reply = (id: string, title: string): object => ({ type: 'reply', reply: { id, title } });
const row = (id: string): object => ({ id, title: `Opção ${id}` });

function button(over: object = {}): object {
  return { type: 'button', body: { text: 'Confirma?' }, action: { buttons: [reply('sim', 'Sim')] }, ...over };
}
function list(action: object, over: object = {}): object {
  return { type: 'list', body: { text: 'Escolha' }, action: { button: 'Ver', ...action }, ...over };
}
function link(parameters: object, name = 'cta_url'): object {
  return { type: 'cta_url', body: { text: 'Veja' }, action: { name, parameters } };
}

describe('interactive messages', () => {
  it.each([
    ['no button', button({ action: { buttons: [] } })],
    ['four buttons', button({ action: { buttons: ['1', '2', '3', '4'].map((id) => reply(id, id)) } })],
    ['a long title', button({ action: { buttons: [reply('a', 'x'.repeat(21))] } })],
    ['a long id', button({ action: { buttons: [reply('x'.repeat(257), 'a')] } })],
    ['equal titles', button({ action: { buttons: [reply('a', 'Sim'), reply('b', 'Sim')] } })],
    ['a long body', button({ body: { text: 'x'.repeat(1025) } })],
    ['a long footer', button({ footer: { text: 'x'.repeat(61) } })],
    ['a long header', button({ header: { type: 'text', text: 'x'.repeat(61) } })],
    ['an image header on a list', list({ sections: [{ rows: [row('1')] }] }, { header: { type: 'image', image: {} } })],
    ['eleven rows', list({ sections: [{ rows: Array.from({ length: 11 }, (_, at) => row(String(at))) }] })],
    ['untitled sections', list({ sections: [{ rows: [row('1')] }, { rows: [row('2')] }] })],
    ['an empty section', list({ sections: [{ title: 'A', rows: [] }] })],
    ['a long description', list({ sections: [{ rows: [{ ...row('1'), description: 'x'.repeat(73) }] }] })],
    ['a link that runs code', link({ display_text: 'Ver', url: 'javascript:alert(1)' })],
    ['a link with another action', link({ display_text: 'Ver', url: 'https://loja.example' }, 'abrir')],
    ['an unknown kind', { type: 'roleta', body: { text: 'Oi' }, action: {} }],
    ['no action', { type: 'button', body: { text: 'Oi' } }],
  ])('are refused with %s', async (_name, interactive) => {
    const { send } = await setOpenScene();
    const { status, body } = await send({ type: 'interactive', interactive });
    expect(status).toBe(400);
    expect([100, 131008, 131009]).toContain(body.error.code);
  });

  it('come back as button_reply, quoting the question', async () => {
    const { send, simulator, marina, values } = await setOpenScene();
    await send({ type: 'interactive', interactive: button() });
    await simulator.settled();
    const question = marina.messages.at(-1)!;
    await expect(marina.taps(question, 'Talvez')).rejects.toThrow(/no such choice/);
    await marina.taps(question, 'Sim');
    await simulator.settled();
    expect(values().at(-1)?.messages).toMatchObject([
      {
        type: 'interactive',
        context: { from: '558330154400', id: question.id },
        interactive: { type: 'button_reply', button_reply: { id: 'sim', title: 'Sim' } },
      },
    ]);
  });

  it('come back as list_reply with the description of the row', async () => {
    const { send, simulator, marina, values } = await setOpenScene();
    const rows = [{ id: 'sedex', title: 'Sedex', description: 'Chega amanhã' }];
    await send({ type: 'interactive', interactive: list({ sections: [{ rows }] }) });
    await simulator.settled();
    await marina.taps(marina.messages.at(-1)!, 'sedex');
    await simulator.settled();
    expect(values().at(-1)?.messages).toMatchObject([{ interactive: { type: 'list_reply', list_reply: rows[0] } }]);
  });

  it('are tapped by id first: titles may cross the ids of other rows', async () => {
    const { send, simulator, marina, values } = await setOpenScene();
    const rows = [
      { id: '2', title: '1' },
      { id: '1', title: '2' },
    ];
    await send({ type: 'interactive', interactive: list({ sections: [{ rows }] }) });
    await simulator.settled();
    await marina.taps(marina.messages.at(-1)!, '1');
    await simulator.settled();
    expect(values().at(-1)?.messages).toMatchObject([{ interactive: { list_reply: { id: '1', title: '2' } } }]);
  });

  it('fail with 131047 when the window has closed, unlike templates', async () => {
    const { send, simulator, statuses } = await setOpenScene();
    simulator.clock.advance(24 * hour);
    await send({ type: 'interactive', interactive: button() });
    const template = { name: 'conta_de_luz', language: { code: 'pt_BR' } };
    simulator.addTemplate(wabaId, {
      name: template.name,
      language: 'pt_BR',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Sua conta de luz chegou.' }],
    });
    await send({ type: 'template', template });
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['failed', 'sent', 'delivered']);
    expect(statuses()[0]).toMatchObject({ errors: [{ code: 131047 }] });
  });
});
