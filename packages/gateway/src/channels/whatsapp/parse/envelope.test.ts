import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyKind, pathsOf, replaced } from '../../../testbed/every-kind.ts';
import { contactOf, statusOf, textMessage } from '../../../testbed/webhooks.ts';
import { parseEnvelope } from './envelope.ts';
import type { ParsedItem } from './items.ts';

const receivedAt = 1_795_200_000_000;
const metadata = { phone_number_id: '109' };
const parse = (value: object, field = 'messages') =>
  parseEnvelope(
    { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field, value: { metadata, ...value } }] }] },
    receivedAt,
  );
const message = (more: object) => ({ from: '558399142210', id: 'wamid.1', timestamp: '1795200000', ...more });

function contentOf(more: object): unknown {
  const [item] = parse({ messages: [message(more)] });
  return item?.kind === 'message' ? item.message.content : item;
}

describe('messages', () => {
  it('reads text and the files that the desk can show', () => {
    const media = { id: '27001', mime_type: 'image/jpeg', sha256: 'abc=' };
    expect(contentOf({ type: 'text', text: { body: 'Oi' } })).toEqual({ type: 'text', text: 'Oi' });
    expect(contentOf({ type: 'image', image: { ...media, caption: 'Veja' } })).toMatchObject({
      type: 'image',
      caption: 'Veja',
      media: { kind: 'image', providerMediaId: '27001' },
    });
    expect(
      contentOf({ type: 'audio', audio: { ...media, mime_type: 'audio/ogg; codecs=opus', voice: true } }),
    ).toMatchObject({ type: 'audio', voice: true });
    expect(
      contentOf({ type: 'document', document: { ...media, mime_type: 'application/pdf', filename: 'boleto.pdf' } }),
    ).toMatchObject({ type: 'document', media: { fileName: 'boleto.pdf' } });
    expect(contentOf({ type: 'video', video: media })).toMatchObject({ type: 'video' });
    expect(contentOf({ type: 'sticker', sticker: media })).toMatchObject({ type: 'sticker' });
  });

  it('reads answers to buttons and lists as what was tapped, with the id that it was offered with', () => {
    expect(contentOf({ type: 'button', button: { text: 'Sim', payload: 'yes' } })).toEqual({
      type: 'reply',
      text: 'Sim',
      replyId: 'yes',
    });
    const reply = (type: string) => ({
      type: 'interactive',
      interactive: { type, [type]: { id: '1', title: 'Financeiro' } },
    });
    expect(contentOf(reply('button_reply'))).toEqual({ type: 'reply', text: 'Financeiro', replyId: '1' });
    expect(contentOf(reply('list_reply'))).toEqual({ type: 'reply', text: 'Financeiro', replyId: '1' });
  });

  it.each([
    ...['location', 'contacts', 'order', 'reaction', 'edit', 'revoke', 'system'],
    ...['unsupported', 'request_welcome', 'of_the_future'],
  ])('keeps a message of type %s that lacks what makes it one', (type) => {
    const raw = message({ type, [type]: { anything: true } });
    expect(contentOf({ type, [type]: { anything: true } })).toEqual({ type: 'unsupported', originalType: type, raw });
  });

  it('tells a file that Meta could not hand over from one that is not named', () => {
    expect(contentOf({ type: 'image', errors: [{ code: 131052 }] })).toMatchObject({
      type: 'image',
      media: { providerMediaId: null },
    });
    expect(contentOf({ type: 'image', image: {} })).toMatchObject({ type: 'unsupported', originalType: 'image' });
  });

  it('knows people by phone, by user id, or by both, with and without a profile', () => {
    const from = (more: object, contacts?: object[]) => {
      const [item] = parse({ ...(contacts && { contacts }), messages: [{ ...textMessage('wamid.1', 'Oi'), ...more }] });
      return item?.kind === 'message' ? item.message.contact : item;
    };
    expect(from({}, [contactOf('Marina')])).toMatchObject({
      phone: '+558399142210',
      address: '558399142210',
      name: 'Marina',
      userId: null,
    });
    expect(from({})).toMatchObject({ phone: '+558399142210', name: null });
    expect(from({}, [{ wa_id: '558399142210' }])).toMatchObject({ name: null });
    expect(
      from({ from: undefined, from_user_id: 'BR.1' }, [
        { user_id: 'BR.1', profile: { name: 'Tainá', username: '@taina' } },
      ]),
    ).toMatchObject({
      phone: null,
      userId: 'BR.1',
      name: 'Tainá',
    });
    expect(from({ from: undefined })).toEqual({ kind: 'ignored', what: 'message without sender' });
  });

  it('leaves groups alone, and what says nothing', () => {
    expect(parse({ messages: [{ ...textMessage('wamid.1', 'Oi'), group_id: 'G' }] })).toEqual([
      { kind: 'ignored', what: 'group' },
    ]);
    expect(parse({ messages: [{ ...textMessage('wamid.1', 'Oi'), group_id: '' }] })).toMatchObject([
      { kind: 'message' },
    ]);
    expect(parse({ message_echoes: [textMessage('wamid.1', 'Oi')] }, 'smb_message_echoes')).toEqual([
      { kind: 'ignored', what: 'echo without recipient' },
    ]);
    expect(parse({ history: [] }, 'history')).toEqual([{ kind: 'ignored', what: 'history' }]);
    expect(parse({ groups: [{}] }, 'group_lifecycle_update')).toEqual([
      { kind: 'ignored', what: 'group_lifecycle_update' },
    ]);
  });

  it('hands on what is said of the account and its numbers as it came', () => {
    const body = {
      entry: [
        {
          id: '1',
          time: 1_795_200_000,
          changes: [{ field: 'phone_number_quality_update', value: { event: 'FLAGGED', display_phone_number: '55' } }],
        },
        { changes: [{ field: 'account_update', value: { event: 'DISABLED_UPDATE' } }] },
      ],
    };
    expect(parseEnvelope(body, receivedAt)).toEqual([
      {
        kind: 'account_news',
        businessAccountId: '1',
        news: {
          field: 'phone_number_quality_update',
          value: { event: 'FLAGGED', display_phone_number: '55' },
          at: receivedAt,
        },
      },
      { kind: 'ignored', what: 'account_update without account' },
    ]);
  });

  it('finds the field where Meta has it instead, and knows what is listed without one', () => {
    const told = (change: object, entry: object = {}) =>
      parseEnvelope({ entry: [{ id: '1', ...entry, changes: [change] }] }, receivedAt).map((item) => item.kind);
    const value = { event: 'PARTNER_APP_UNINSTALLED', waba_info: { waba_id: '2' } };
    expect(told({ value }, { field: 'account_update' })).toEqual(['account_news']);
    expect(told({ value: { ...value, field: 'account_update' } })).toEqual(['account_news']);
    expect(told({ value })).toEqual(['ignored']);
    expect(told({ value: { metadata, messages: [textMessage('wamid.1', 'Oi')] } })).toEqual(['message']);
    expect(told({ value: { metadata, messages: [], statuses: [statusOf('wamid.1', 'read')] } })).toEqual(['status']);
    expect(told({ field: 'of_the_future', value: { metadata, messages: [textMessage('wamid.1', 'Oi')] } })).toEqual([
      'ignored',
    ]);
  });

  it('takes times as texts and as numbers', () => {
    const at = (timestamp: unknown) => {
      const [item] = parse({ messages: [{ ...textMessage('wamid.1', 'Oi'), timestamp }] });
      return item?.kind === 'message' ? item.message.sentAt : null;
    };
    expect([at('1795199900'), at(1_795_199_900), at('soon'), at(undefined)]).toEqual([
      1_795_199_900_000,
      1_795_199_900_000,
      receivedAt,
      receivedAt,
    ]);
  });
});

describe('statuses', () => {
  it.each(['sent', 'delivered', 'read', 'played'])('reads %s', (status) => {
    expect(parse({ statuses: [statusOf('wamid.1', status)] })).toMatchObject([
      { kind: 'status', phoneNumberId: '109', status: { providerId: 'wamid.1', status } },
    ]);
  });

  it('reads why a message failed, and which of ours it was', () => {
    const failed = statusOf('wamid.1', 'failed', {
      biz_opaque_callback_data: 'msg_01m7y0vc9j8wgry34ww8xtry05',
      errors: [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'Not on WhatsApp' } }],
    });
    expect(parse({ statuses: [failed] })).toMatchObject([
      {
        status: { messageId: 'msg_01m7y0vc9j8wgry34ww8xtry05', failure: { code: '131026', detail: 'Not on WhatsApp' } },
      },
    ]);
    expect(parse({ statuses: [{ ...failed, biz_opaque_callback_data: "'; DROP TABLE messages" }] })).toMatchObject([
      { status: { messageId: null } },
    ]);
  });

  it('takes the status of a payment or a call for none of its message', () => {
    for (const type of ['payment', 'call', 'CALL']) {
      expect(parse({ statuses: [statusOf('wamid.1', 'failed', { type })] })).toEqual([
        { kind: 'ignored', what: `status of a ${type.toLowerCase()}` },
      ]);
    }
    expect(parse({ statuses: [statusOf('wamid.1', 'READ', { type: 'message' })] })).toMatchObject([
      { kind: 'status', status: { status: 'read' } },
    ]);
  });

  it('leaves statuses that it does not follow alone', () => {
    expect(parse({ statuses: [statusOf('wamid.1', 'warning')] })).toMatchObject([{ kind: 'ignored' }]);
    expect(parse({ statuses: [statusOf('wamid.1', 'read', { recipient_type: 'group' })] })).toEqual([
      { kind: 'ignored', what: 'group' },
    ]);
  });
});

describe('many people in one value', () => {
  it('are each found by what they say of themselves, the first entry before later ones', () => {
    const contacts = [
      { wa_id: '5583999142210', user_id: 'BR.1', profile: { name: 'Marina' } },
      { user_id: 'BR.2', profile: { name: 'Tainá' } },
      { wa_id: '558399142210', profile: { name: 'outra vez' } },
      { wa_id: '5583988120042', user_id: 'BR.2', profile: { name: 'Rui' } },
    ];
    const nameOf = (who: object) => {
      const others = [textMessage('wamid.9', 'Oi', '5511955550102')];
      const [item] = parse({
        contacts,
        messages: [{ ...textMessage('wamid.1', 'Oi'), from: undefined, ...who }, ...others],
      });
      return item?.kind === 'message' ? item.message.contact.name : item?.kind;
    };
    expect(nameOf({ from: '558399142210' }), 'with or without the ninth digit').toBe('Marina');
    expect(nameOf({ from_user_id: 'BR.1' })).toBe('Marina');
    expect(nameOf({ from_user_id: 'BR.2' })).toBe('Tainá');
    expect(nameOf({ from: '5583988120042', from_user_id: 'BR.2' }), 'an entry without a phone can be theirs').toBe(
      'Tainá',
    );
    expect(nameOf({ from: '5583988120042' })).toBe('Rui');
    expect(nameOf({ from: '5583988120043', from_user_id: 'BR.1' }), 'another phone is another person').toBe(null);
    expect(nameOf({})).toBe('ignored');
  });
});

it('a mistake in reading one item costs no other', () => {
  const broken = {
    ...textMessage('wamid.1', 'Oi'),
    get text(): never {
      throw new Error('a mistake of ours');
    },
  };
  expect(parse({ messages: [broken, textMessage('wamid.2', 'Oi')] })).toMatchObject([
    { kind: 'ignored', what: 'messages' },
    { kind: 'message', message: { providerId: 'wamid.2' } },
  ]);
});

describe('anything', () => {
  const kinds = (items: readonly ParsedItem[]) => items.every(({ kind }) => typeof kind === 'string');

  it('never throws, whatever the JSON is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => kinds(parseEnvelope(json, receivedAt))),
      { numRuns: 2000 },
    );
  });

  it('never throws, whatever is where something else should be', () => {
    const whole = everyKind();
    const paths = pathsOf(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, replacement) =>
        kinds(parseEnvelope(replaced(whole, path, replacement), receivedAt)),
      ),
      { numRuns: 2000 },
    );
  }, 180_000);
});
