import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { setScene, wabaId } from '../testing/scene.ts';

const text = (...values: string[]): object[] => values.map((value) => ({ type: 'text', text: value }));

function template(name: string, components: readonly object[] = [], code = 'pt_BR'): JsonObject {
  return { type: 'template', template: { name, language: { code }, components } };
}

describe('sending a template', () => {
  it.each([
    ['an unknown name', template('nenhum'), 404, 132001],
    ['another language', template('retomar_atendimento', [], 'en_US'), 404, 132001],
    ['too few parameters', template('retomar_atendimento', [{ type: 'body', parameters: text('Ana') }]), 400, 132000],
    ['a line break', template('retomar_atendimento', [{ type: 'body', parameters: text('A\nB', 'c') }]), 400, 132018],
    [
      'a long text',
      template('retomar_atendimento', [{ type: 'body', parameters: text('a', 'b'.repeat(1024)) }]),
      400,
      132005,
    ],
    ['no header picture', template('novidades_da_semana', [{ type: 'body', parameters: text('Ana') }]), 400, 132012],
    ['an unnamed parameter', template('pedido_enviado', [{ type: 'body', parameters: text('a', 'b', 'c') }]), 400, 100],
    ['a carousel', template('retomar_atendimento', [{ type: 'carousel', cards: [] }]), 400, 132018],
  ])('is refused with %s', async (_name, message, status, code) => {
    const { send } = await setScene();
    const answer = await send(message);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('tells how many parameters were expected', async () => {
    const { send } = await setScene();
    const { body } = await send(template('retomar_atendimento'));
    expect(body.error.error_data.details).toBe(
      'body: number of localizable_params (0) does not match the expected number of params (2)',
    );
  });

  it('needs the suffix of a link with a variable', async () => {
    const { send, simulator, marina } = await setScene();
    const named = (name: string, value: string): object => ({ type: 'text', parameter_name: name, text: value });
    const parameters = [named('previsao', 'sexta'), named('nome', 'Marina'), named('pedido', '8812')];
    const body = { type: 'BODY', parameters };
    expect((await send(template('pedido_enviado', [body]))).body.error.code).toBe(131008);
    const button = { type: 'button', sub_type: 'URL', index: 0, parameters: text('8812') };
    const sent = await send(template('pedido_enviado', [body, button]));
    expect(sent.body.messages[0].message_status).toBe('accepted');
    await simulator.settled();
    expect(marina.messages.at(-1)?.content).toMatchObject({
      header: { type: 'text', text: 'Pedido a caminho' },
      body: 'Oi, Marina! O pedido *8812* saiu hoje e chega até sexta.',
      buttons: [{ kind: 'url', value: 'https://lojacacau.example/entregas/8812' }],
    });
  });

  it('reaches a customer whose window is closed, and comes back as a button', async () => {
    const { send, simulator, marina, statuses, values } = await setScene();
    const payload = {
      type: 'button',
      sub_type: 'quick_reply',
      index: '0',
      parameters: [{ type: 'payload', payload: 'SEGUIR' }],
    };
    await send(template('retomar_atendimento', [{ type: 'body', parameters: text('Marina', 'o pedido') }, payload]));
    await simulator.settled();
    expect(statuses()[0]).toMatchObject({
      status: 'sent',
      pricing: { billable: true, type: 'regular', category: 'utility' },
    });
    await marina.taps(marina.messages.at(-1)!, 'Sim, vamos continuar');
    await simulator.settled();
    expect(values().at(-1)?.messages).toMatchObject([
      { type: 'button', button: { payload: 'SEGUIR', text: 'Sim, vamos continuar' } },
    ]);
  });

  it.each([
    ['PAUSED', 132015],
    ['DISABLED', 132016],
    ['PENDING', 132001],
  ] as const)('is refused while it is %s', async (status, code) => {
    const { send, simulator, values } = await setScene();
    simulator.setTemplateStatus(wabaId, 'retomar_atendimento', status);
    expect((await send(template('retomar_atendimento'))).body.error.code).toBe(code);
    await simulator.settled();
    expect(values()[0]).toMatchObject({ event: status, message_template_name: 'retomar_atendimento' });
  });
});

describe('the list of templates', () => {
  it('filters, selects fields and walks by cursor', async () => {
    const { call } = await setScene();
    const path = `/v25.0/${wabaId}/message_templates`;
    const all = await call('GET', path);
    expect(all.body.data).toHaveLength(3);
    expect(all.body.data[0]).toMatchObject({
      language: 'pt_BR',
      status: 'APPROVED',
      components: [{ type: 'BODY' }, {}, {}],
    });
    const marketing = await call('GET', `${path}?category=marketing&fields=name,quality_score`);
    expect(marketing.body.data).toEqual([
      { name: 'novidades_da_semana', quality_score: { score: 'GREEN', date: null }, id: expect.any(String) },
    ]);
    expect((await call('GET', `${path}?status=REJECTED`)).body).toEqual({ data: [] });

    const names: string[] = [];
    let next: string | undefined = `http://graph.example${path}?limit=1`;
    while (next) {
      const { pathname, search } = new URL(next);
      const { body } = await call('GET', pathname + search);
      names.push(...body.data.map((each: { name: string }) => each.name));
      next = body.paging.next;
    }
    expect(names).toEqual(['retomar_atendimento', 'pedido_enviado', 'novidades_da_semana']);
  });

  it('of another account is not shown', async () => {
    const { call } = await setScene();
    expect((await call('GET', '/v25.0/123/message_templates')).body.error.error_subcode).toBe(33);
  });
});
