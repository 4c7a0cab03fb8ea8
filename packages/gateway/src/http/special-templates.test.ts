import {
  messageTemplateSchema,
  type MessageTemplate,
  type MessageTemplateCreate,
  type Problem,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile } from '../testbed/files.ts';
import { approvedTemplate, judge, plainTemplate } from '../testbed/templates.ts';

const code = {
  name: 'codigo',
  category: 'AUTHENTICATION',
  language: 'pt_BR',
  components: [
    { type: 'BODY', securityRecommendation: true },
    { type: 'FOOTER', codeExpirationMinutes: 10 },
    { type: 'BUTTONS', buttons: [{ type: 'OTP' }] },
  ],
} as const;
const offer = { ...plainTemplate, components: [...plainTemplate.components, { type: 'OFFER', text: 'Só hoje' }] };
const nobody = 'att_00000000000000000000000000';
const card = { format: 'IMAGE', attachmentId: nobody, buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }] };
const carousel = (...cards: object[]) => ({
  ...plainTemplate,
  components: [...plainTemplate.components, { type: 'CAROUSEL', cards }],
});

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const call = (method: string, path: string, body: object) =>
    workspace.server.call<MessageTemplate & Pick<Problem, 'errors'>>(method, path, body);
  const fields = async (method: string, path: string, body: object) => {
    const answer = await call(method, path, body);
    return [answer.status, ...(answer.body.errors ?? []).map(({ path: field }) => field)];
  };

  it.each([
    [{ ...code, components: [{ type: 'BODY', securityRecommendation: 'yes' }] }, 'components.0.securityRecommendation'],
    [
      { ...code, components: [code.components[0], { type: 'FOOTER', codeExpirationMinutes: 91 }, code.components[2]] },
      'components.1.codeExpirationMinutes',
    ],
    [
      {
        ...code,
        components: [
          code.components[0],
          {
            type: 'BUTTONS',
            buttons: [{ type: 'OTP', otpType: 'ONE_TAP', apps: [{ packageName: 'loja', signatureHash: 'curto' }] }],
          },
        ],
      },
      'components.1.buttons.0.apps.0.packageName',
      'components.1.buttons.0.apps.0.signatureHash',
    ],
    [{ ...offer, category: 'UTILITY' }, 'components.1'],
    [carousel(card), 'components.1.cards'],
    [carousel(card, { ...card, attachmentId: undefined }), 'components.1.cards.1.attachmentId'],
    [carousel(card, card), 'components.1.cards.0.attachmentId'],
  ])('refuses %j, and says where', async (body, ...paths) => {
    expect(await fields('POST', '/v1/hsm', body)).toEqual([422, ...paths.map((path) => `body.${path}`)]);
  });

  it('refuses a card with a file that is no picture', async () => {
    const upload = await desk.request('/v1/attachments?fileName=boleto.pdf', {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.server.token}`, 'idempotency-key': crypto.randomUUID() },
      body: pdfFile(),
    });
    const { id: attachmentId } = (await upload.json()) as { id: string };
    const wrong = carousel({ ...card, attachmentId }, { ...card, attachmentId });
    const { status, body } = await call('POST', '/v1/hsm', wrong);
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          path: 'body.components.1.cards.0.attachmentId',
          message: 'must be image/jpeg or image/png, not application/pdf',
        },
      ],
    ]);
  });

  it('keeps a template for a code with the words of Meta in place, and changes it', async () => {
    const { status, body } = await call('POST', '/v1/hsm', code);
    expect(status).toBe(200);
    expect(messageTemplateSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      components: [
        { text: '*{{1}}* é seu código de verificação. Para sua segurança, não o compartilhe.' },
        { text: 'Este código expira em 10 minutos.', codeExpirationMinutes: 10 },
        { buttons: [{ type: 'OTP', otpType: 'COPY_CODE', text: 'Copiar código' }] },
      ],
      variables: [{ key: 'body.1', component: 'BODY', example: '123456' }],
    });
    const made = await approvedTemplate(desk, workspace, { ...code, name: 'outro', components: [...code.components] });
    const path = `/v1/hsm/${made.id}`;
    expect(await fields('PATCH', path, { components: plainTemplate.components }), 'it stays one for a code').toEqual([
      422,
      'body.components',
      'body.components.0.text',
    ]);
    const shorter = { components: [{ type: 'BODY' }, code.components[2]] };
    expect((await call('PATCH', path, shorter)).body).toMatchObject({
      status: 'draft',
      components: [{ text: '*{{1}}* é seu código de verificação.' }, { type: 'BUTTONS' }],
    });
  });

  it('does not make something else of a template by its category alone', async () => {
    for (const [template, category] of [
      [plainTemplate, 'AUTHENTICATION'],
      [{ ...offer, name: 'oferta' }, 'UTILITY'],
    ] as const) {
      const made = await approvedTemplate(desk, workspace, template as MessageTemplateCreate);
      await judge(desk, workspace, made, 'rejected');
      expect(await fields('PATCH', `/v1/hsm/${made.id}`, { category })).toEqual([422, 'body.category']);
    }
  });

  it('keeps an offer, and tells that its end is needed', async () => {
    expect((await call('POST', '/v1/hsm', offer)).body).toMatchObject({
      components: [{ type: 'BODY' }, { type: 'OFFER', text: 'Só hoje', expires: true }],
      needs: ['offer_end'],
    });
  });
});
