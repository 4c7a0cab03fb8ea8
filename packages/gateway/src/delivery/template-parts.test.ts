import type { Conversation, Message, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile, pngFile } from '../testbed/files.ts';
import { openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { listedTemplate } from '../testbed/templates.ts';

const body = { type: 'BODY', text: 'Olá, {{first_name}}, saiu.', example: { body_text: [['Marina']] } };
const image = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://files.test/1'] } };
const buttons = {
  type: 'BUTTONS',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Sim' },
    { type: 'COPY_CODE', text: 'Copiar', example: ['CACAU10'] },
  ],
};
const variables = { 'body.first_name': 'Ana', 'button.1.code': 'CACAU20' };
const location = { latitude: -7.11, longitude: -34.86, name: 'Loja', address: 'Rua das Flores, 10' };
const phone = '+5583999142210';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend(phone);
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const listed = (name: string, ...components: object[]) => listedTemplate(bed.desk, bed.workspace, name, components);
  const refusal = async (use: object) => {
    const { status, body: problem } = await bed.tries<Problem>(conversation, { type: 'template', ...use });
    return [status, problem.code, ...(problem.errors ?? []).map(({ path }) => path)];
  };

  it('names what is missing, too much, or of another kind, and sends nothing', async () => {
    const { id: templateId } = await listed('com_foto', image, body, buttons);
    const { id: plain } = await listed('sem_nada', { type: 'BODY', text: 'Oi' });
    const { id: offer } = await listed(
      'oferta',
      { type: 'BODY', text: 'Oi' },
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } },
    );
    const documentId = await bed.upload(pdfFile(), 'boleto.pdf');
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    const use = { templateId, variables, attachmentId };
    const bad = (...paths: string[]) => [422, 'validation_failed', ...paths.map((path) => `body.${path}`)];
    expect(await refusal({ templateId, variables })).toEqual(bad('attachmentId'));
    expect(await refusal({ ...use, attachmentId: documentId })).toEqual(bad('attachmentId'));
    expect(await refusal({ ...use, attachmentId: 'att_00000000000000000000000000' })).toEqual(bad('attachmentId'));
    expect(await refusal({ ...use, location })).toEqual(bad('location'));
    expect(await refusal({ ...use, location: { ...location, latitude: 91 } })).toEqual(bad('location.latitude'));
    expect(await refusal({ ...use, payloads: { 1: 'x' } })).toEqual(bad('payloads.1'));
    expect(await refusal({ ...use, flows: { 0: {} } })).toEqual(bad('flows.0'));
    const long = { ...variables, 'button.1.code': 'C'.repeat(21) };
    expect(await refusal({ ...use, variables: long })).toEqual(bad('variables.button.1.code'));
    expect(await refusal({ templateId: plain, attachmentId, cardAttachmentIds: [attachmentId] })).toEqual(
      bad('attachmentId', 'cardAttachmentIds'),
    );
    expect(await refusal({ templateId: offer })).toEqual(bad('offerEndsAt'));
    expect(await refusal({ templateId: offer, offerEndsAt: '2001-01-01T00:00:00.000Z' })).toEqual(bad('offerEndsAt'));
    expect(bed.graph.bodies()).toEqual([]);
  });

  it('goes out whole, with its file uploaded, and is shown with it', async () => {
    bed.work();
    const { id: templateId, sendable, needs } = await listed('com_foto', image, body, buttons);
    expect([sendable, needs]).toEqual([true, ['image']]);
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    const use = {
      type: 'template',
      templateId,
      variables,
      attachmentId,
      payloads: { 0: 'quer' },
      clientId: 'client-01',
    };
    const message = await bed.send(conversation, use);
    expect(message.content).toMatchObject({
      type: 'template',
      attachment: { id: attachmentId, kind: 'image' },
      text: 'Olá, Ana, saiu.',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Sim' },
        { type: 'COPY_CODE', text: 'Copiar' },
      ],
    });
    expect(JSON.stringify(message.content)).not.toContain('parts');
    await bed.becomes(message.id, 'done');
    expect((bed.graph.bodies().at(-1)?.['template'] as { components: unknown }).components).toEqual([
      { type: 'header', parameters: [{ type: 'image', image: { id: expect.stringMatching(/^5550/) as string } }] },
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'quer' }] },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '1',
        parameters: [{ type: 'coupon_code', coupon_code: 'CACAU20' }],
      },
    ]);
    expect((await bed.send(conversation, use)).id, 'the same again is the same message').toBe(message.id);
    expect(await refusal({ ...use, payloads: { 0: 'outro' } })).toEqual([409, 'idempotency_key_reused']);
    expect(await refusal({ ...use, clientId: 'client-02' })).toEqual([409, 'attachment_in_use']);
  });

  it('begins a conversation with a file or a place', async () => {
    bed.work();
    const { id: withImage } = await listed('com_foto', image, { type: 'BODY', text: 'Oi' });
    const { id: withPlace } = await listed(
      'com_lugar',
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'Oi' },
    );
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    const start = <Body = Conversation>(to: string, template: object) =>
      bed.ana.call<Body>('POST', '/v1/conversations', { to: { phone: to }, template });
    const missing = await start<Problem>('+5583999140001', { templateId: withImage });
    expect([missing.status, missing.body.errors?.[0]?.path]).toEqual([422, 'body.template.attachmentId']);
    const first = await start('+5583999140001', { templateId: withImage, attachmentId });
    const second = await start('+5583999140002', { templateId: withPlace, location });
    expect([first.status, second.status]).toEqual([200, 200]);
    await expect.poll(() => bed.graph.bodies().length, { timeout: 20_000 }).toBe(2);
    const { body: page } = await bed.ana.call<{ data: Message[] }>(
      'GET',
      `/v1/conversations/${second.body.id}/messages`,
    );
    expect(page.data.find(({ content }) => content.type === 'template')?.content).toMatchObject({ location });
  });
});
