import type { ProsaClient } from '@prosa/core';
import type { Message, MessageTemplate, MessageTemplateCreate } from '@prosa/core/contract';
import type { PhoneMessage } from '@prosa/whatsapp-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from './open-stage.ts';

/** Special templates, made here, judged and delivered by the other reading of Meta's documentation. */
let stage: Stage;
let ana: ProsaClient;

beforeAll(async () => {
  stage = await openStage();
  ana = await stage.clientOf({ id: 'ana', name: 'Ana Prado' });
});
afterAll(async () => {
  await stage.close();
});

const onePixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkM+9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const soon = { timeout: 20_000, interval: 30 };
type Made = Pick<MessageTemplateCreate, 'name' | 'category' | 'components'>;
type Use = Parameters<ProsaClient['conversations']['start']>[0]['template'];

async function picture(client: ProsaClient): Promise<string> {
  const file = new Blob([Buffer.from(onePixelPng, 'base64')], { type: 'image/png' });
  return (await client.attachments.upload(file, { fileName: 'trufa.png' })).id;
}

async function approved(made: Made): Promise<MessageTemplate> {
  const { id } = await stage.server.hsm.create({ language: 'pt_BR', ...made });
  const verdict = async () => {
    const { status, reason } = await stage.server.hsm.get(id);
    return reason ?? status;
  };
  await expect.poll(verdict, soon).toBe('approved');
  return await stage.server.hsm.get(id);
}

/** As the list of Meta has it: its rating of the quality comes with it. */
async function listed({ id }: MessageTemplate): Promise<MessageTemplate> {
  await stage.server.hsm.sync();
  await expect.poll(async () => (await stage.server.hsm.get(id)).quality, soon).toBe('green');
  return await stage.server.hsm.get(id);
}

/** The message on the phone, and in the conversation. */
async function delivered(waId: string, template: Use): Promise<{ onPhone: PhoneMessage; message: Message }> {
  const phone = stage.simulator.phone({ waId, name: 'Marina' });
  const { id } = await ana.conversations.start({ to: { phone: `+${waId}` }, template });
  const onPhone = await phone.waitFor(({ from }) => from === 'business', { timeoutMs: soon.timeout });
  const { data } = await ana.messages.list(id);
  const message = data.find(({ content }) => content.type === 'template');
  if (!message) throw new Error('unable to find the message; the conversation has none');
  return { onPhone, message };
}

it('sends a code with the words of Meta, on a button that copies it', async () => {
  const template = await approved({
    name: 'codigo',
    category: 'AUTHENTICATION',
    components: [
      { type: 'BODY', securityRecommendation: true },
      { type: 'FOOTER', codeExpirationMinutes: 10 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP' }] },
    ],
  });
  const { components } = await listed(template);
  expect(components).toMatchObject([
    { type: 'BODY', securityRecommendation: true },
    { type: 'FOOTER', codeExpirationMinutes: 10 },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', otpType: 'COPY_CODE' }] },
  ]);
  const { onPhone, message } = await delivered('558399142210', {
    templateId: template.id,
    variables: { 'body.1': '481223' },
  });
  expect(JSON.stringify(onPhone)).toContain('481223');
  expect(message.content).toMatchObject({ buttons: [{ type: 'COPY_CODE' }] });
});

it.each([
  { otpType: 'ONE_TAP' as const, autofillText: 'Preencher' },
  { otpType: 'ZERO_TAP' as const, acceptsZeroTapTerms: true },
])('makes a template that hands the code over: %j', async (button) => {
  const apps = [{ packageName: 'br.cacau.loja', signatureHash: 'K8a0AINcGX7' }];
  const template = await approved({
    name: `codigo_${button.otpType.toLowerCase()}`,
    category: 'AUTHENTICATION',
    components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', apps, ...button }] }],
  });
  expect(template).toMatchObject({ sendable: true, variables: [{ key: 'body.1' }] });
});

it('sends an offer that ends, with its coupon', async () => {
  const { id: templateId } = await approved({
    name: 'oferta',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'IMAGE', attachmentId: await picture(stage.server) },
      { type: 'OFFER', text: 'Só hoje' },
      { type: 'BODY', text: 'Trufas com desconto, {{1}}: aproveite.', examples: ['Ana'] },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: 'CACAU15' }] },
    ],
  });
  const { onPhone, message } = await delivered('558399142211', {
    templateId,
    attachmentId: await picture(ana),
    offerEndsAt: new Date(Date.now() + 3_600_000).toISOString(),
    variables: { 'body.1': 'Marina', 'button.0.code': 'CACAU15' },
  });
  expect(JSON.stringify(onPhone)).toContain('Só hoje');
  expect(message.content).toMatchObject({ offer: 'Só hoje', attachment: { kind: 'image' } });
});

it('sends a carousel, each card with its picture and its words', async () => {
  const card = async (text: string, ...examples: string[]) => ({
    format: 'IMAGE' as const,
    attachmentId: await picture(stage.server),
    text,
    examples,
    buttons: [
      { type: 'QUICK_REPLY' as const, text: 'Quero' },
      { type: 'URL' as const, text: 'Ver', url: 'https://loja.example/{{1}}', example: 'https://loja.example/trufa' },
    ],
  });
  const cards = [await card('Trufa de {{1}} hoje', 'caju'), await card('Barra de {{1}} hoje', 'leite')];
  const made = await approved({
    name: 'vitrine',
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: 'Novidades da semana.' },
      { type: 'CAROUSEL', cards },
    ],
  });
  expect((await listed(made)).variables).toEqual(made.variables);
  const files = [await picture(ana), await picture(ana)];
  const { onPhone, message } = await delivered('558399142212', {
    templateId: made.id,
    cardAttachmentIds: files,
    variables: {
      'card.0.body.1': 'cupuaçu',
      'card.0.button.1.1': 'cupuacu',
      'card.1.body.1': 'castanha',
      'card.1.button.1.1': 'castanha',
    },
  });
  expect(JSON.stringify(onPhone)).toContain('Trufa de cupuaçu hoje');
  const buttons = [
    { type: 'QUICK_REPLY', text: 'Quero' },
    { type: 'URL', text: 'Ver' },
  ];
  expect(message.content).toMatchObject({
    text: 'Novidades da semana.',
    cards: [
      { text: 'Trufa de cupuaçu hoje', buttons, attachment: { id: files[0], kind: 'image' } },
      { text: 'Barra de castanha hoje', buttons, attachment: { id: files[1], kind: 'image' } },
    ],
  });
});
