import { describe, expect, it } from 'vitest';
import type { AttachmentRow, ContactRow, MessageRow } from '../channel.ts';
import { messageBody, reactionBody } from './message-body.ts';

const contact = { address: '558399142210', phone: '+5583999142210', userId: 'BR.1349' } as ContactRow;
const pdf = { id: 'att_1', kind: 'document', fileName: 'proposta.pdf', mimeType: 'application/pdf' } as AttachmentRow;
const messageOf = (type: string, content: object) =>
  ({ id: 'msg_1', type, content: JSON.stringify(content), providerId: 'wamid.theirs' }) as MessageRow;

interface Given {
  readonly to?: ContactRow;
  readonly attachment?: AttachmentRow;
  readonly mediaIds?: ReadonlyMap<string, string>;
  readonly quotedProviderId?: string;
}

const outboundOf = (type: string, content: object, { to = contact, attachment, quotedProviderId }: Given = {}) => ({
  channel: {} as never,
  contact: to,
  message: messageOf(type, content),
  attachment: attachment ?? null,
  files: attachment ? [attachment] : [],
  quotedProviderId: quotedProviderId ?? null,
});
const bodyOf = (type: string, content: object, given: Given = {}) =>
  messageBody(outboundOf(type, content, given), given.mediaIds ?? new Map());
const withFile = (mimeType: string): Given => ({
  attachment: { ...pdf, mimeType },
  mediaIds: new Map([['att_1', '555']]),
});

describe('a message as Meta takes it', () => {
  it('goes to the address that the channel gave, with our id along', () => {
    expect(bodyOf('text', { text: 'Olá' })).toEqual({
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '558399142210',
        type: 'text',
        biz_opaque_callback_data: 'msg_1',
        text: { body: 'Olá', preview_url: false },
      },
    });
  });

  it('goes to the phone, then to the user id, and nowhere without either', () => {
    const recipientOf = (to: Partial<ContactRow>) => bodyOf('text', { text: 'Oi' }, { to: { ...contact, ...to } });
    expect(recipientOf({ address: null })).toMatchObject({ body: { to: '5583999142210' } });
    const byUserId = recipientOf({ address: null, phone: null });
    expect(byUserId).toMatchObject({ body: { recipient: 'BR.1349' } });
    expect(byUserId).not.toHaveProperty('body.to');
    expect(recipientOf({ address: null, phone: null, userId: null })).toMatchObject({ code: 'no_address' });
  });

  it('counts characters as people do', () => {
    expect(bodyOf('text', { text: '👍'.repeat(4096) })).toHaveProperty('body');
    expect(bodyOf('text', { text: 'a'.repeat(4097) })).toMatchObject({ code: 'too_long' });
    expect(bodyOf('image', { caption: 'a'.repeat(1025) }, withFile('image/png'))).toMatchObject({ code: 'too_long' });
  });

  it('shows a card for a link, unless whoever sends it does not want one', () => {
    const text = 'Veja https://cacau.example/precos';
    const previewOf = (content: object) => bodyOf('text', content);
    expect(previewOf({ text })).toHaveProperty('body.text.preview_url', true);
    expect(previewOf({ text, raw: { previewUrl: false } })).toHaveProperty('body.text.preview_url', false);
    expect(previewOf({ text: 'cacau.example', raw: { previewUrl: true } })).toHaveProperty(
      'body.text.preview_url',
      true,
    );
  });

  it('quotes what WhatsApp knows', () => {
    expect(bodyOf('text', { text: 'Sim' }, { quotedProviderId: 'wamid.asked' })).toMatchObject({
      body: { context: { message_id: 'wamid.asked' }, text: { body: 'Sim' } },
    });
    expect(bodyOf('text', { text: 'Sim' })).not.toHaveProperty('body.context');
  });

  it('names files by the id that Meta gave them', () => {
    expect(bodyOf('image', { caption: 'Foto' }, withFile('image/png'))).toMatchObject({
      body: { image: { id: '555', caption: 'Foto' } },
    });
    expect(bodyOf('document', { caption: null }, withFile('application/pdf'))).toHaveProperty('body.document', {
      id: '555',
      filename: 'proposta.pdf',
    });
    expect(bodyOf('sticker', {}, withFile('image/webp'))).toHaveProperty('body.sticker', { id: '555' });
    expect(bodyOf('audio', { voice: true }, withFile('audio/ogg'))).toHaveProperty('body.audio', {
      id: '555',
      voice: true,
    });
    // Only Ogg/Opus is a voice message.
    expect(bodyOf('audio', { voice: true }, withFile('audio/mpeg'))).toHaveProperty('body.audio', { id: '555' });
  });

  it('shows a place, by its name or without one', () => {
    const place = { latitude: -7.1195, longitude: -34.845, name: null, address: null, url: null };
    expect(bodyOf('location', place)).toHaveProperty('body.location', { latitude: -7.1195, longitude: -34.845 });
    const named = { ...place, name: 'Loja', address: 'Rua das Flores, 10' };
    expect(bodyOf('location', named)).toHaveProperty('body.location', {
      latitude: -7.1195,
      longitude: -34.845,
      name: 'Loja',
      address: 'Rua das Flores, 10',
    });
  });

  it('hands over cards of an address book', () => {
    const card = { name: 'Rui Leal', organization: null, phones: [], emails: [] };
    const full = {
      name: 'Lia Prado',
      organization: 'Cacau',
      phones: [
        { phone: '+55 83 9 8812-0042', kind: 'WORK' },
        { phone: '+55 83 3000-1000', kind: null },
      ],
      emails: ['lia@cacau.example'],
    };
    expect(bodyOf('contacts', { contacts: [card, full] })).toHaveProperty('body.contacts', [
      { name: { formatted_name: 'Rui Leal', first_name: 'Rui Leal' } },
      {
        name: { formatted_name: 'Lia Prado', first_name: 'Lia Prado' },
        org: { company: 'Cacau' },
        phones: [{ phone: '+55 83 9 8812-0042', type: 'WORK' }, { phone: '+55 83 3000-1000' }],
        emails: [{ email: 'lia@cacau.example' }],
      },
    ]);
  });

  it('puts answers to tap beside the address', () => {
    const content = { text: 'E agora?', listLabel: null, options: [{ id: 'sim', title: 'Sim' }] };
    expect(bodyOf('interactive', content)).toMatchObject({
      body: { to: '558399142210', type: 'interactive', interactive: { type: 'button', body: { text: 'E agora?' } } },
    });
    expect(bodyOf('interactive', { ...content, options: [] })).toMatchObject({ code: 'too_many_options' });
  });

  it('is refused without its file, without text, or when its type cannot be sent', () => {
    expect(bodyOf('image', { caption: null })).toMatchObject({ code: 'no_file' });
    expect(bodyOf('text', {})).toMatchObject({ code: 'empty' });
    expect(bodyOf('event', {}, withFile('image/png'))).toMatchObject({ code: 'unsupported_type' });
  });
});

describe('a reaction as Meta takes it', () => {
  it('names the message, and no emoji takes it back', () => {
    expect(reactionBody(outboundOf('text', { text: 'Oi' }), '👍')).toEqual({
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '558399142210',
        type: 'reaction',
        biz_opaque_callback_data: 'msg_1',
        reaction: { message_id: 'wamid.theirs', emoji: '👍' },
      },
    });
    expect(reactionBody(outboundOf('text', { text: 'Oi' }), '')).toHaveProperty('body.reaction.emoji', '');
  });

  it('is refused where WhatsApp does not know the message', () => {
    const outbound = outboundOf('text', { text: 'Oi' });
    const unknown = { ...outbound, message: { ...outbound.message, providerId: null } };
    expect(reactionBody(unknown, '👍')).toMatchObject({ code: 'no_target' });
  });
});
