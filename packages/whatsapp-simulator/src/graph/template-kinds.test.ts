import { describe, expect, it } from 'vitest';
import { setOpenScene, setScene, wabaId } from '../testing/scene.ts';

const path = `/v25.0/${wabaId}/message_templates`;
const code = {
  name: 'codigo',
  category: 'AUTHENTICATION',
  components: [
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 10 },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
  ],
};
const image = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } };
const words = { type: 'BODY', text: 'Escolhemos estes para você.' };

describe('templates for one-time codes', () => {
  it('have Meta’s words in each language, and show their button as a link', async () => {
    const { call, simulator } = await setScene({ pace: { reviewMs: 0 } });
    const { body } = await call('POST', `/v25.0/${wabaId}/upsert_message_templates`, {
      ...code,
      languages: ['pt_BR', 'en_US'],
    });
    expect(body.data).toMatchObject([{ language: 'pt_BR', status: 'PENDING' }, { language: 'en_US' }]);
    await simulator.settled();
    const { data } = (await call('GET', `${path}?name=codigo&language=pt_BR`)).body;
    expect(data[0].components).toMatchObject([
      { type: 'BODY', text: '*{{1}}* é o seu código de verificação. Para a sua segurança, não o compartilhe.' },
      { type: 'FOOTER', text: 'Este código expira em 10 minutos.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Copiar código', url: expect.stringContaining('{{1}}') }] },
    ]);
    const again = await call('POST', `/v25.0/${wabaId}/upsert_message_templates`, { ...code, languages: ['pt_BR'] });
    expect(again.body.data).toHaveLength(1);
    expect(again.body.data[0].id).toBe(data[0].id);
  });

  it('are refused as a whole when one language is not known, and in any other category', async () => {
    const { call, simulator } = await setScene({ templates: [] });
    const upsert = `/v25.0/${wabaId}/upsert_message_templates`;
    expect((await call('POST', upsert, { ...code, languages: ['pt_BR', 'tupi!'] })).status).toBe(400);
    expect((await call('POST', upsert, { ...code, category: 'UTILITY', languages: ['pt_BR'] })).status).toBe(400);
    expect(simulator.templates).toEqual([]);
  });

  it('take the code in the body and on the button, and no longer one than 15 characters', async () => {
    const { call, simulator, send, marina } = await setOpenScene({ pace: { reviewMs: 0 } });
    await call('POST', path, { ...code, language: 'pt_BR' });
    await simulator.settled();
    const use = (one: string): ReturnType<typeof send> =>
      send({
        type: 'template',
        template: {
          name: 'codigo',
          language: { code: 'pt_BR' },
          components: [
            { type: 'body', parameters: [{ type: 'text', text: one }] },
            { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: one }] },
          ],
        },
      });
    expect((await use('1234567890123456')).body.error.code).toBe(132018);
    expect((await use('481922')).status).toBe(200);
    await simulator.settled();
    expect(marina.messages.at(-1)?.content).toMatchObject({
      body: expect.stringContaining('*481922*'),
      buttons: [{ kind: 'copy', value: '481922' }],
    });
  });

  it('have the same words, and are approved all the same', async () => {
    const { call, simulator } = await setScene({ pace: { reviewMs: 0 }, templates: [] });
    for (const name of ['codigo', 'outro_codigo']) await call('POST', path, { ...code, name, language: 'pt_BR' });
    await simulator.settled();
    expect(simulator.templates.map(({ status }) => status)).toEqual(['APPROVED', 'APPROVED']);
  });

  it('can be seen before they are made', async () => {
    const { call } = await setScene();
    const query =
      'category=AUTHENTICATION&languages=pt_BR,es&code_expiration_minutes=5&add_security_recommendation=true';
    const { body } = await call('GET', `/v25.0/${wabaId}/message_template_previews?${query}`);
    expect(body.data).toMatchObject([
      { language: 'pt_BR', footer: 'Este código expira em 5 minutos.' },
      { language: 'es', buttons: [{ type: 'OTP', text: 'Copiar código' }] },
    ]);
  });
});

describe('offers and carousels', () => {
  const create =
    (components: readonly object[], category = 'MARKETING') =>
    async () => {
      const { call } = await setScene();
      return call('POST', path, { name: 'novo', language: 'pt_BR', category, components });
    };
  const offer = { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } };
  const card = (...buttons: readonly object[]): object => ({ components: [image, { type: 'BUTTONS', buttons }] });
  const quick = { type: 'QUICK_REPLY', text: 'Quero' };
  const link = { type: 'URL', text: 'Ver', url: 'https://loja.example' };

  it.each([
    ['an offer outside marketing', create([offer, words], 'UTILITY')],
    ['an offer with a footer', create([offer, words, { type: 'FOOTER', text: 'Loja Cacau' }])],
    ['an offer with a document', create([offer, words, { ...image, format: 'DOCUMENT' }])],
    ['an offer beside a body of 601', create([offer, { ...words, text: 'x'.repeat(601) }])],
    ['one card', create([words, { type: 'CAROUSEL', cards: [card(quick)] }])],
    ['cards that differ', create([words, { type: 'CAROUSEL', cards: [card(quick), card(link)] }])],
    ['three buttons on a card', create([words, { type: 'CAROUSEL', cards: [card(quick, link, link), card(quick)] }])],
    ['a card without a header', create([words, { type: 'CAROUSEL', cards: [{ components: [words] }, card(quick)] }])],
  ])('are refused for %s', async (_name, attempt) => {
    const { status, body } = await attempt();
    expect([status, body.error.code]).toEqual([400, 100]);
  });

  it('are made, sent and shown card by card', async () => {
    const { call, simulator, send, marina } = await setOpenScene({ pace: { reviewMs: 0 } });
    const cards = [card(quick, link), card(quick, link)];
    await call('POST', path, {
      name: 'vitrine',
      language: 'pt_BR',
      category: 'MARKETING',
      components: [words, { type: 'carousel', cards }],
    });
    await simulator.settled();
    const header = {
      type: 'header',
      parameters: [{ type: 'image', image: { link: 'https://arquivos.example/cacau.png' } }],
    };
    const sent = (count: number): object => ({
      type: 'template',
      template: {
        name: 'vitrine',
        language: { code: 'pt_BR' },
        components: [
          {
            type: 'CAROUSEL',
            cards: Array.from({ length: count }, (_, index) => ({ card_index: index, components: [header] })),
          },
        ],
      },
    });
    expect((await send(sent(1) as never)).body.error.code).toBe(132000);
    expect((await send(sent(2) as never)).status).toBe(200);
    await simulator.settled();
    const shown = marina.messages.at(-1)!;
    expect(shown.content).toMatchObject({
      cards: [
        { header: { type: 'image', media: { mimeType: 'image/png' } }, buttons: [{ title: 'Quero' }, { kind: 'url' }] },
        { header: { type: 'image' } },
      ],
    });
    await marina.taps(shown, 'Quero');
    expect(marina.messages.at(-1)).toMatchObject({ content: { kind: 'button', title: 'Quero' } });
  });
});

describe('what becomes of a template', () => {
  it('is told by webhook: its quality, its category, its pause', async () => {
    const { simulator, values, call } = await setScene();
    simulator.setTemplateQuality(wabaId, 'retomar_atendimento', 'YELLOW');
    simulator.setTemplateQuality(wabaId, 'retomar_atendimento', 'YELLOW');
    simulator.setTemplateCategory(wabaId, 'retomar_atendimento', 'MARKETING');
    const paused = simulator.setTemplateStatus(wabaId, 'retomar_atendimento', 'PAUSED');
    const listed = await call('GET', `/v25.0/${paused.id}?fields=category,previous_category,quality_score,status`);
    expect(listed.body).toMatchObject({
      category: 'MARKETING',
      previous_category: 'UTILITY',
      quality_score: { score: 'YELLOW' },
      status: 'PAUSED',
    });
    expect((await call('POST', `/v25.0/${paused.id}/unpause`)).body).toEqual({ success: true });
    expect((await call('POST', `/v25.0/${paused.id}/unpause`)).body).toMatchObject({ success: false });
    await simulator.settled();
    expect(values()).toMatchObject([
      { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW', message_template_language: 'pt-BR' },
      { previous_category: 'UTILITY', new_category: 'MARKETING' },
      { event: 'PAUSED' },
      { event: 'APPROVED' },
    ]);
  });
});
