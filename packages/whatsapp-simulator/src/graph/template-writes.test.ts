import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { hour, setScene, wabaId } from '../testing/scene.ts';
import type { Answer, Scene } from '../testing/scene.ts';

const path = `/v25.0/${wabaId}/message_templates`;
const day = 24 * hour;

const body = (text: string, example?: object): object => ({ type: 'BODY', text, ...(example ? { example } : {}) });
const buttons = (...list: object[]): object => ({ type: 'buttons', buttons: list });
const quick = (text: string): object => ({ type: 'quick_reply', text });
const url = (address: string, over: object = {}): object => ({ type: 'url', text: 'Ver', url: address, ...over });

function draft(over: JsonObject = {}): JsonObject {
  return {
    name: 'lembrete_de_visita',
    language: 'pt_BR',
    category: 'utility',
    components: [body('Sua visita está marcada para amanhã.')],
    ...over,
  };
}
const withParts = (...components: object[]): JsonObject => draft({ components });
const withBody = (text: string, example?: object, over: JsonObject = {}): JsonObject =>
  draft({ components: [body(text, example)], ...over });

const create = (scene: Scene, over: JsonObject = {}): Promise<Answer> => scene.call('POST', path, draft(over));
const statusOf = async (scene: Scene, id: string): Promise<string> =>
  (await scene.call('GET', `/v25.0/${id}?fields=status`)).body.status;

/** Lets the review end and its webhook arrive. */
async function review(scene: Scene): Promise<void> {
  scene.simulator.clock.advance(2000);
  await scene.simulator.settled();
}

describe('submitting a template', () => {
  it.each<[string, JsonObject, number | undefined]>([
    ['no name', draft({ name: undefined }), undefined],
    ['a name in capitals', draft({ name: 'Lembrete' }), undefined],
    ['a long name', draft({ name: 'a'.repeat(513) }), undefined],
    ['a language that is none', draft({ language: 'português' }), undefined],
    ['an unknown category', draft({ category: 'PROMO' }), undefined],
    ['text of its own for a code', draft({ category: 'AUTHENTICATION' }), undefined],
    ['an unknown format', draft({ parameter_format: 'LOOSE' }), undefined],
    ['a time to live out of range', draft({ message_send_ttl_seconds: 10 }), undefined],
    ['no components', draft({ components: undefined }), undefined],
    ['no body', withParts({ type: 'FOOTER', text: 'Loja Cacau' }), 2388043],
    ['two bodies', withParts(body('Um'), body('Dois')), undefined],
    ['a carousel', withParts(body('Oi'), { type: 'CAROUSEL', cards: [] }), undefined],
    ['a body of 1,025 characters', withBody('a'.repeat(1025)), 2388040],
    ['no example', withBody('Oi, {{1}}, tudo bem?'), 2388043],
    ['too few examples', withBody('O {{1}} chega dia {{2}} de manhã.', { body_text: [['bolo']] }), 2388043],
    ['a variable first', withBody('{{1}}, sua visita é amanhã.', { body_text: [['Ana']] }), 2388299],
    ['a variable last', withBody('Sua visita é {{1}}', { body_text: [['amanhã']] }), 2388299],
    ['two variables in a row', withBody('Oi, {{1}} {{2}}, tudo bem?', { body_text: [['a', 'b']] }), 2388072],
    ['a gap in the numbers', withBody('Oi, {{1}}, o {{3}} chegou.', { body_text: [['a', 'b']] }), 2388072],
    ['a broken variable', withBody('Oi, {{nome completo}}, tudo bem?'), 2388072],
    ['a name where numbers are due', withBody('Oi, {{nome}}, tudo bem?', { body_text: [['Ana']] }), 2388072],
    ['a number where names are due', withBody('Oi, {{1}}, tudo bem?', {}, { parameter_format: 'named' }), 2388072],
    ['more variables than words', withBody('É {{1}}, {{2}} já', { body_text: [['a', 'b']] }), 2388293],
    ['a tab', withBody('Oi,\ttudo bem?'), 2388072],
    ['a long header', withParts({ type: 'HEADER', format: 'TEXT', text: 'a'.repeat(61) }, body('Oi')), 2388040],
    ['a bold header', withParts({ type: 'HEADER', format: 'TEXT', text: '*Oferta*' }, body('Oi')), 2388047],
    ['an emoji in the header', withParts({ type: 'HEADER', format: 'TEXT', text: 'Oba 🎉' }, body('Oi')), 2388047],
    ['two header variables', withParts({ type: 'HEADER', format: 'TEXT', text: '{{1}} e {{2}}' }, body('a')), 2388047],
    ['a header of no format', withParts({ type: 'HEADER', text: 'Oferta' }, body('Oi')), 2388043],
    ['a picture without sample', withParts({ type: 'HEADER', format: 'IMAGE' }, body('Oi')), 2388043],
    ['a variable in the footer', withParts(body('Oi'), { type: 'FOOTER', text: 'Loja {{1}}' }), 2388073],
    ['a long footer', withParts(body('Oi'), { type: 'FOOTER', text: 'a'.repeat(61) }), 2388040],
    ['no button', withParts(body('Oi'), buttons()), 2388043],
    ['eleven buttons', withParts(body('Oi'), buttons(...'abcdefghijk'.split('').map(quick))), undefined],
    ['a long button', withParts(body('Oi'), buttons(quick('a'.repeat(26)))), 2388040],
    ['equal buttons', withParts(body('Oi'), buttons(quick('Sim'), quick('Sim'))), undefined],
    [
      'quick replies apart',
      withParts(body('Oi'), buttons(quick('Sim'), url('https://loja.example'), quick('Não'))),
      undefined,
    ],
    [
      'three links',
      withParts(body('Oi'), buttons(...['a', 'b', 'c'].map((text) => url('https://loja.example', { text })))),
      undefined,
    ],
    ['a link that runs code', withParts(body('Oi'), buttons(url('javascript:alert(1)'))), undefined],
    ['a variable inside a link', withParts(body('Oi'), buttons(url('https://loja.example/{{1}}/a'))), undefined],
    ['a link without sample', withParts(body('Oi'), buttons(url('https://loja.example/{{1}}'))), 2388043],
    [
      'letters in a phone number',
      withParts(body('Oi'), buttons({ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '0800-CACAU' })),
      undefined,
    ],
    ['an unknown button', withParts(body('Oi'), buttons({ type: 'ROLETA', text: 'Girar' })), undefined],
  ])('is refused with %s', async (_name, sent, subcode) => {
    const { call, simulator } = await setScene();
    const before = simulator.templates.length;
    const { status, body: answer } = await call('POST', path, sent);
    expect([status, answer.error.code, answer.error.error_subcode]).toEqual([400, 100, subcode]);
    expect(answer.error.error_user_msg).toEqual(expect.any(String));
    expect(simulator.templates).toHaveLength(before);
  });

  it('is refused on the account of somebody else', async () => {
    const { call } = await setScene();
    expect((await call('POST', '/v25.0/123/message_templates', draft())).body.error.error_subcode).toBe(33);
  });

  it('is refused when name and language are taken, and welcome in another language', async () => {
    const scene = await setScene();
    await create(scene);
    expect((await create(scene)).body.error.error_subcode).toBe(2388024);
    expect((await create(scene, { language: 'en_US' })).status).toBe(200);
  });

  it('is refused when the account is full', async () => {
    const scene = await setScene({ templates: [] });
    for (let index = 0; index < 250; index += 1) {
      scene.simulator.addTemplate(wabaId, {
        name: `cheio_${index}`,
        language: 'pt_BR',
        category: 'UTILITY',
        components: [],
      });
    }
    expect((await create(scene)).body.error.error_subcode).toBe(2388019);
  });

  it('gives it back in the shape and case of Meta', async () => {
    const scene = await setScene();
    const { body: made } = await create(scene, {
      parameter_format: 'named',
      components: [
        buttons(quick('Confirmar'), url('https://loja.example/v/{{1}}', { example: ['https://loja.example/v/8'] })),
        { type: 'footer', text: 'Loja Cacau' },
        body('Oi, {{nome}}, sua visita é amanhã.', {
          body_text_named_params: [{ param_name: 'nome', example: 'Marina' }],
        }),
        { type: 'header', format: 'text', text: 'Lembrete' },
      ],
    });
    expect(made).toEqual({ id: expect.stringMatching(/^\d{15}$/), status: 'PENDING', category: 'UTILITY' });
    const { body: kept } = await scene.call('GET', `/v25.0/${made.id}`);
    expect(kept).toMatchObject({
      name: 'lembrete_de_visita',
      status: 'PENDING',
      parameter_format: 'NAMED',
      components: [
        { type: 'HEADER', format: 'TEXT' },
        { type: 'BODY', example: { body_text_named_params: [{ example: 'Marina' }] } },
        { type: 'FOOTER' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY' }, { type: 'URL' }] },
      ],
    });
    expect((await scene.call('GET', `${path}?status=pending&fields=name`)).body.data).toHaveLength(1);
  });
});

describe('the review', () => {
  it('approves after a moment, and not before', async () => {
    const scene = await setScene();
    const { id } = (await create(scene)).body;
    scene.simulator.clock.advance(1999);
    await scene.simulator.settled();
    expect([await statusOf(scene, id), scene.values()]).toEqual(['PENDING', []]);
    scene.simulator.clock.advance(1);
    await scene.simulator.settled();
    expect(await statusOf(scene, id)).toBe('APPROVED');
    expect(scene.values()).toEqual([
      {
        event: 'APPROVED',
        message_template_id: Number(id),
        message_template_name: 'lembrete_de_visita',
        message_template_language: 'pt-BR',
        reason: 'NONE',
        message_template_category: 'UTILITY',
      },
    ]);
  });

  it.each([
    ['the body asks for it', { components: [body('Um texto para [rejeitar] na análise.')] }],
    ['the name asks for it', { name: 'quero_rejeitar' }],
    [
      'another template says the same',
      {
        components: [
          body('Olá, {{1}}! Aqui é da Loja Cacau. Podemos continuar o atendimento sobre {{2}}?', {
            body_text: [['Ana', 'o bolo']],
          }),
          { type: 'FOOTER', text: 'Responda para falar com a gente' },
        ],
      },
    ],
  ])('rejects when %s, and says what to change', async (_name, over) => {
    const scene = await setScene();
    const { id } = (await create(scene, over)).body;
    await review(scene);
    expect(scene.values()).toMatchObject([
      { event: 'REJECTED', reason: 'INVALID_FORMAT', rejection_info: { recommendation: expect.any(String) } },
    ]);
    expect((await scene.call('GET', `/v25.0/${id}?fields=status,rejected_reason`)).body).toEqual({
      id,
      status: 'REJECTED',
      rejected_reason: 'INVALID_FORMAT',
    });
  });

  it('rejects the next one when it was told to, for the reason given', async () => {
    const scene = await setScene();
    scene.simulator.faults.add({ kind: 'reject_template', reason: 'PROMOTIONAL' });
    await create(scene);
    await review(scene);
    await create(scene, { name: 'outro', components: [body('Um texto que ninguém usou ainda.')] });
    await review(scene);
    expect(scene.values()).toMatchObject([{ event: 'REJECTED', reason: 'PROMOTIONAL' }, { event: 'APPROVED' }]);
  });

  it('ends early by hand, and then says nothing more', async () => {
    const scene = await setScene();
    await create(scene);
    const answer = await scene.call('POST', '/simulator/templates/status', {
      wabaId,
      name: 'lembrete_de_visita',
      status: 'REJECTED',
      reason: 'TAG_CONTENT_MISMATCH',
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'REJECTED' } });
    await review(scene);
    expect(scene.values()).toMatchObject([{ event: 'REJECTED', reason: 'TAG_CONTENT_MISMATCH' }]);
  });

  it('can be had at once', async () => {
    const scene = await setScene({ pace: { reviewMs: 0 } });
    await create(scene);
    await scene.simulator.settled();
    expect(scene.values()).toMatchObject([{ event: 'APPROVED' }]);
  });

  it('goes on after a restart', async () => {
    let kept: string | undefined;
    const storage = {
      load: () => kept,
      save: (snapshot: string) => {
        kept = snapshot;
      },
    };
    const first = await setScene({ storage });
    const { id } = (await create(first)).body;
    await first.simulator.close();
    const second = await setScene({ storage });
    expect(await statusOf(second, id)).toBe('PENDING');
    await review(second);
    expect(await statusOf(second, id)).toBe('APPROVED');
  });

  it('is not needed for a template seeded by code', async () => {
    const scene = await setScene();
    scene.simulator.addTemplate(wabaId, {
      name: 'boas_vindas',
      language: 'pt_BR',
      category: 'MARKETING',
      components: [{ type: 'BODY', text: 'Que bom ter você aqui.' }],
    });
    const template = { name: 'boas_vindas', language: { code: 'pt_BR' } };
    expect((await scene.send({ type: 'template', template })).body.messages[0].message_status).toBe('accepted');
    expect(scene.simulator.templates.at(-1)).toMatchObject({ name: 'boas_vindas', status: 'APPROVED' });
  });
});

describe('editing a template', () => {
  const edited = { components: [body('Sua visita passou para quinta.')] };

  async function approved(): Promise<{ scene: Scene; id: string; edit: (body: object) => Promise<Answer> }> {
    const scene = await setScene();
    const { id } = (await create(scene)).body;
    await review(scene);
    return { scene, id, edit: (change) => scene.call('POST', `/v25.0/${id}`, change) };
  }

  it('is refused in review, and once it is disabled', async () => {
    const scene = await setScene();
    const { id } = (await create(scene)).body;
    const edit = (): Promise<Answer> => scene.call('POST', `/v25.0/${id}`, edited);
    expect((await edit()).body.error.error_subcode).toBe(2388039);
    scene.simulator.setTemplateStatus(wabaId, 'lembrete_de_visita', 'DISABLED');
    expect((await edit()).body.error.error_subcode).toBe(2388039);
  });

  it('is refused without a change, with a bad one, and for an unknown id', async () => {
    const { scene, edit } = await approved();
    expect((await edit({ name: 'outro' })).body.error.code).toBe(100);
    expect((await edit({ components: [body('Até {{1}}')] })).body.error.error_subcode).toBe(2388299);
    expect((await edit({ category: 'MARKETING' })).body.error.error_user_msg).toMatch(/category/);
    expect((await scene.call('POST', '/v25.0/123456', edited)).body.error.error_subcode).toBe(33);
  });

  it('puts it back in review with all its components replaced', async () => {
    const { scene, id, edit } = await approved();
    expect((await edit(edited)).body).toEqual({ success: true });
    const template = { name: 'lembrete_de_visita', language: { code: 'pt_BR' } };
    expect((await scene.send({ type: 'template', template })).body.error.code).toBe(132001);
    await review(scene);
    expect((await scene.call('GET', `/v25.0/${id}`)).body).toMatchObject({ status: 'APPROVED', ...edited });
  });

  it('of an approved one is possible once a day', async () => {
    const { scene, edit } = await approved();
    await edit(edited);
    await review(scene);
    expect((await edit(edited)).body.error.error_subcode).toBe(2388039);
    scene.simulator.clock.advance(day);
    expect((await edit(edited)).status).toBe(200);
  });

  it('lets a rejected one try again, also in another category', async () => {
    const scene = await setScene();
    const { id } = (await create(scene, { name: 'rejeitar_uma_vez' })).body;
    await review(scene);
    const change = { category: 'MARKETING', ...edited };
    expect((await scene.call('POST', `/v25.0/${id}`, change)).body).toEqual({ success: true });
    expect(await statusOf(scene, id)).toBe('PENDING');
  });
});

describe('deleting templates', () => {
  it.each([
    ['no name', ''],
    ['an unknown name', '?name=nenhum'],
    ['the name of another', '?hsm_id=1&name=retomar_atendimento'],
    ['a list that is none', '?hsm_ids=abc'],
  ])('is refused with %s', async (_name, query) => {
    const { call, simulator } = await setScene();
    expect((await call('DELETE', path + query)).body.error.code).toBe(100);
    expect(simulator.templates).toHaveLength(3);
  });

  it('takes all languages of a name, or the one with the id', async () => {
    const scene = await setScene();
    const { id } = (await create(scene)).body;
    await create(scene, { language: 'en_US' });
    expect((await scene.call('DELETE', `${path}?hsm_id=${id}&name=lembrete_de_visita`)).body).toEqual({
      success: true,
    });
    expect((await scene.call('GET', `/v25.0/${id}`)).body.error.error_subcode).toBe(33);
    expect((await scene.call('GET', `${path}?name=lembrete_de_visita`)).body.data).toMatchObject([
      { language: 'en_US' },
    ]);
    await scene.call('DELETE', `${path}?name=lembrete_de_visita`);
    expect((await scene.call('GET', `${path}?name=lembrete_de_visita`)).body).toEqual({ data: [] });
    await review(scene);
    expect(scene.values()).toEqual([]);
  });

  it('takes many ids at once, all or none', async () => {
    const { call, simulator } = await setScene();
    const ids = simulator.templates.map((each) => each.id);
    const query = (list: readonly string[]): string => `?hsm_ids=${encodeURIComponent(JSON.stringify(list))}`;
    expect((await call('DELETE', path + query([...ids, '1']))).body.error.error_subcode).toBe(2593002);
    expect((await call('DELETE', path + query(ids))).body).toEqual({ success: true });
    expect(simulator.templates).toEqual([]);
  });

  it('keeps the name of one that could be sent for 30 days', async () => {
    const scene = await setScene();
    await create(scene);
    await review(scene);
    await scene.call('DELETE', `${path}?name=lembrete_de_visita`);
    expect((await create(scene)).body.error.error_subcode).toBe(2388023);
    scene.simulator.clock.advance(30 * day);
    expect((await create(scene)).status).toBe(200);
  });

  it('is refused for a disabled one', async () => {
    const { call, simulator } = await setScene();
    simulator.setTemplateStatus(wabaId, 'retomar_atendimento', 'DISABLED');
    expect((await call('DELETE', `${path}?name=retomar_atendimento`)).body.error.code).toBe(100);
  });
});
