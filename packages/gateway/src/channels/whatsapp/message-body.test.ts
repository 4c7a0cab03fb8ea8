import { describe, expect, it } from 'vitest';
import type { AttachmentRow, ContactRow, MessageRow } from '../channel.ts';
import { messageBody } from './message-body.ts';

const contact = { address: '558399142210', phone: '+5583999142210', userId: 'BR.1349' } as ContactRow;
const pdf = { fileName: 'proposta.pdf', mimeType: 'application/pdf' } as AttachmentRow;
const messageOf = (type: string, content: object) =>
  ({ id: 'msg_1', type, content: JSON.stringify(content) }) as MessageRow;
const bodyOf = (
  type: string,
  content: object,
  { to = contact, attachment = null as AttachmentRow | null, mediaId = null as string | null } = {},
) => messageBody({ channel: {} as never, contact: to, message: messageOf(type, content), attachment }, mediaId);
const withFile = (mimeType: string) => ({ attachment: { ...pdf, mimeType }, mediaId: '555' });

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

  it('names files by the id that Meta gave them', () => {
    expect(bodyOf('image', { caption: 'Foto' }, withFile('image/png'))).toMatchObject({
      body: { image: { id: '555', caption: 'Foto' } },
    });
    expect(bodyOf('document', { caption: null }, withFile('application/pdf'))).toHaveProperty('body.document', {
      id: '555',
      filename: 'proposta.pdf',
    });
    expect(bodyOf('audio', { voice: true }, withFile('audio/ogg'))).toHaveProperty('body.audio', {
      id: '555',
      voice: true,
    });
    // Only Ogg/Opus is a voice message.
    expect(bodyOf('audio', { voice: true }, withFile('audio/mpeg'))).toHaveProperty('body.audio', { id: '555' });
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
