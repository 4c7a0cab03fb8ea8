import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../log.ts';
import { standingOf } from '../../store/standing.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { postWebhook } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

/** Shapes that Meta's documentation does not show, between two messages that it does: those always arrive. */

const number = '558330001000';
const account = '10800000000001';
/** Stands for what no program can write down again, once it has been read. */
const endless = '@endless';
const nested = '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000);
const answers = (levels: number) => `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`;

let serial = 0;
const person = () => `5583991${String((serial += 1)).padStart(6, '0')}`;

interface Shape {
  /** In place of the usual text. `undefined` takes a field away. */
  readonly message?: object;
  /** Beside `messages`. */
  readonly value?: object;
  readonly becomes: object;
  readonly from?: object;
}

const text = (becomes: string) => ({ type: 'text', content: { text: becomes } });
const unsupported = (originalType: string) => ({ type: 'unsupported', content: { originalType } });

const shapes: Readonly<Record<string, Shape>> = {
  'fields that nobody knows, everywhere': {
    message: { text: { body: 'Oi', style: { bold: [0, 2] } }, thread: null, ai: { generated: false }, v: 2 },
    value: { contacts: [{ extra: 1, wa_id: null }], schema: 'v99', paging: [] },
    becomes: text('Oi'),
  },
  'no contacts': { value: { contacts: undefined }, becomes: text('Oi') },
  'contacts that are nothing': { value: { contacts: null }, becomes: text('Oi') },
  'contacts of nothing': { value: { contacts: [null, 7, 'x', [], {}] }, becomes: text('Oi') },
  'a profile without a name': { value: { contacts: [{ profile: {} }] }, becomes: text('Oi') },
  'a profile that is null': { value: { contacts: [{ profile: null }] }, becomes: text('Oi') },
  'a name that is a number': { value: { contacts: [{ profile: { name: 12 } }] }, becomes: text('Oi') },
  'a time that is a number': { message: { timestamp: 1_795_200_000 }, becomes: text('Oi') },
  'a time in the future': { message: { timestamp: '99999999999' }, becomes: text('Oi') },
  'a time without end': { message: { timestamp: '9'.repeat(400) }, becomes: text('Oi') },
  'a time that is none': { message: { timestamp: { seconds: 1 } }, becomes: text('Oi') },
  'a time before 1970': { message: { timestamp: '-62135596800' }, becomes: text('Oi') },
  'no type, and one body': { message: { type: undefined }, becomes: text('Oi') },
  'a type in capitals': { message: { type: 'TEXT' }, becomes: text('Oi') },
  'a text that is no object': { message: { text: 'Oi' }, becomes: text('Oi') },
  'a type that is no text': { message: { type: 7, text: undefined }, becomes: unsupported('unknown') },
  'no type and no body': { message: { type: undefined, text: undefined }, becomes: unsupported('unknown') },
  'a text without its body': { message: { text: {} }, becomes: unsupported('text') },
  'a text of nothing': { message: { text: { body: '' } }, becomes: unsupported('text') },
  'a text that is null': { message: { text: null }, becomes: unsupported('text') },
  'a text that is a list': { message: { text: ['Oi'] }, becomes: unsupported('text') },
  'a picture without its body': { message: { type: 'image' }, becomes: unsupported('image') },
  'a file whose id is a number': {
    message: { type: 'document', document: { id: 27_001, mime_type: 7, filename: ['a'], sha256: 1 } },
    becomes: { type: 'document' },
  },
  'a voice note of an old client': { message: { type: 'voice', voice: { id: '27' } }, becomes: { type: 'audio' } },
  'a voice note whose flag is a text': {
    message: { type: 'audio', audio: { id: '27', voice: 'true' } },
    becomes: { type: 'audio', content: { voice: true } },
  },
  'a place in texts': {
    message: { type: 'location', location: { latitude: '-7.1', longitude: '-34.8', name: 7 } },
    becomes: { type: 'location', content: { latitude: -7.1, longitude: -34.8, name: null } },
  },
  'a place outside of the world': {
    message: { type: 'location', location: { latitude: 900, longitude: 1e308 } },
    becomes: unsupported('location'),
  },
  'a card that is no list': {
    message: { type: 'contacts', contacts: { name: { formatted_name: 'Rosa' }, phones: { phone: '1' } } },
    becomes: { type: 'contacts', content: { contacts: [{ name: 'Rosa' }] } },
  },
  'cards of nothing': { message: { type: 'contacts', contacts: [null, {}] }, becomes: unsupported('contacts') },
  'an order without items': { message: { type: 'order', order: { product_items: [] } }, becomes: unsupported('order') },
  'an order in texts': {
    message: {
      type: 'order',
      order: { product_items: [{ product_retailer_id: 9, quantity: '2', item_price: '9.5', currency: null }, null] },
    },
    becomes: unsupported('order'),
  },
  'a tap without its button': { message: { type: 'button', button: {} }, becomes: unsupported('button') },
  'an interactive answer without a body': {
    message: { type: 'interactive', errors: [{ code: 131000 }] },
    becomes: unsupported('interactive'),
  },
  'an interactive answer of a new kind': {
    message: { type: 'interactive', interactive: { type: 'seat_reply', seat_reply: { id: '4A' } } },
    becomes: unsupported('seat_reply'),
  },
  'a tap whose title is missing': {
    message: { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'row-1' } } },
    becomes: { type: 'reply', content: { text: 'row-1', replyId: 'row-1' } },
  },
  'a form whose answers are broken JSON': {
    message: { type: 'interactive', interactive: { nfm_reply: { name: 'flow', response_json: '{"a":' } } },
    becomes: { type: 'form', content: { fields: [{ name: 'response_json', value: '{"a":' }] } },
  },
  'a form whose answers are an object': {
    message: { type: 'interactive', interactive: { nfm_reply: { response_json: { cor: 'azul', n: 3 } } } },
    becomes: {
      type: 'form',
      content: {
        fields: [
          { name: 'cor', value: 'azul' },
          { name: 'n', value: '3' },
        ],
      },
    },
  },
  'a form whose answers nest without end': {
    message: { type: 'interactive', interactive: { nfm_reply: { name: 'flow', response_json: answers(50_000) } } },
    becomes: { type: 'form' },
  },
  'a type of the future, nested without end': {
    message: { type: 'hologram', text: undefined, hologram: endless },
    becomes: unsupported('hologram'),
  },
  'a type of the future, without end': {
    message: { type: 'book', text: undefined, book: { pages: new Array(60).fill('página '.repeat(2000)) } },
    becomes: unsupported('book'),
  },
  'an unsupported message that says nothing': {
    message: { type: 'unsupported', text: undefined, unsupported: null, errors: 'none' },
    becomes: unsupported('unsupported'),
  },
  'a reaction without its message': { message: { type: 'reaction', reaction: {} }, becomes: unsupported('reaction') },
  'an edit without what it says now': {
    message: { type: 'edit', edit: { original_message_id: 'wamid.1' } },
    becomes: unsupported('edit'),
  },
  'a revocation of nothing': { message: { type: 'revoke', revoke: null }, becomes: unsupported('revoke') },
  'a change of number to nowhere': {
    message: { type: 'system', text: undefined, system: { type: 'user_changed_number', wa_id: '' } },
    becomes: unsupported('user_changed_number'),
  },
  'a context that is none': { message: { context: 'wamid.1', referral: [] }, becomes: text('Oi') },
  'marks in texts': { message: { context: { forwarded: 'true' } }, becomes: { forwarded: 'once' } },
  'an advertisement without an address': {
    message: { referral: { source_url: 'javascript:alert(1)', headline: 'Café', media_type: null } },
    becomes: text('Oi'),
  },
  'half an emoji and a NUL': { message: { text: { body: 'Oi \ud83d\0!' } }, becomes: { type: 'text' } },
  'a text of 300 000 letters': { message: { text: { body: 'á'.repeat(300_000) } }, becomes: { type: 'text' } },
};

/** Who it is of, where that is said elsewhere or otherwise. `null`: nobody can say. */
const senders: Readonly<Record<string, (phone: string) => { message: object; value?: object; phone: string | null }>> =
  {
    'as people write it': (phone) => ({
      message: { from: `+${phone.slice(0, 2)} (${phone.slice(2, 4)}) ${phone.slice(4, 9)}-${phone.slice(9)}` },
      phone,
    }),
    'as a number': (phone) => ({ message: { from: Number(phone) }, phone }),
    'nowhere but in contacts': (phone) => ({
      message: { from: undefined },
      value: { contacts: [{ wa_id: phone }] },
      phone,
    }),
    'in contacts that are no list': (phone) => ({
      message: { from: null },
      value: { contacts: { wa_id: phone } },
      phone,
    }),
    'as a user id only': () => ({ message: { from: undefined, from_user_id: `BR.${person()}` }, phone: null }),
    'as a user id in the field of the phone': () => ({ message: { from: `BR.${person()}` }, phone: null }),
    'as a user id of contacts only': () => ({
      message: { from: undefined },
      value: { contacts: [{ user_id: `BR.${person()}`, profile: { username: 'taina' } }] },
      phone: null,
    }),
  };

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
  });
  afterAll(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const metadata = () => ({ display_phone_number: number, phone_number_id: workspace.channel.externalId });
  const usual = (from: string, id: string) => ({
    from,
    id,
    timestamp: '1795200000',
    type: 'text',
    text: { body: 'Oi' },
  });
  const stored = (id: string) =>
    opened.database.read.selectFrom('messages').selectAll().where('providerId', '=', id).executeTakeFirst();

  /** Posts changes between two usual ones, which have to arrive; returns what is kept of the webhook. */
  async function post(...changes: readonly unknown[]) {
    const neighbours = [person(), person()].map((from) => usual(from, `wamid.n${from}`));
    const [first, last] = neighbours.map((message) => ({
      field: 'messages',
      value: { metadata: metadata(), messages: [message] },
    }));
    const entry = [{ id: account, time: 1_795_200_000, changes: [first, ...changes, last] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const answer = await postWebhook(desk, body.replace(JSON.stringify(endless), nested), { workspace });
    expect(answer.status).toBe(200);
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
    for (const { id } of neighbours) expect(await stored(id), 'a neighbour').toBeDefined();
    const envelope = await opened.database.read
      .selectFrom('envelopes')
      .select(['body', 'state', 'error'])
      .where('body', 'like', `%"${neighbours[0]?.id ?? ''}"%`)
      .executeTakeFirstOrThrow();
    expect([envelope.state, envelope.error]).toEqual(['processed', envelope.error]);
    return envelope;
  }

  describe('a message with', () => {
    it.each(Object.entries(shapes))('%s is shown as far as it can be', async (_what, { message, value, becomes }) => {
      const from = person();
      const between = [person(), person()].map((each) => usual(each, `wamid.b${each}`));
      const strange = { ...usual(from, `wamid.s${from}`), ...message };
      const messages = [between[0], strange, between[1]];
      await post({ field: 'messages', value: { metadata: metadata(), messages, ...value } });
      for (const { id } of between) expect(await stored(id)).toMatchObject({ type: 'text' });
      const row = await stored(strange.id);
      expect(row && { ...row, content: JSON.parse(row.content) as unknown }).toMatchObject(becomes);
      expect(row?.createdAt).toBeLessThanOrEqual(desk.clock.now());
    });

    it.each(Object.entries(senders))('its sender %s is of that one', async (_where, senderOf) => {
      const { message, value, phone } = senderOf(person());
      const id = `wamid.f${person()}`;
      await post({
        field: 'messages',
        value: { metadata: metadata(), messages: [{ ...usual('', id), ...message }], ...value },
      });
      const contact = await opened.database.read
        .selectFrom('contacts')
        .innerJoin('messages', 'messages.authorId', 'contacts.id')
        .select(['contacts.phone', 'contacts.userId'])
        .where('messages.providerId', '=', id)
        .executeTakeFirstOrThrow();
      expect(contact.phone).toBe(phone === null ? null : `+${phone}`);
      expect(contact.userId === null).toBe(phone !== null);
    });
  });

  it('two messages that do not say of whom are of the only person that is named, if it can be nobody else', async () => {
    const [wa, other] = [person(), person()];
    const unsigned = (id: string) => ({ ...usual('', id), from: undefined });
    const contacts = [{ wa_id: wa, profile: { name: 'Rosa' } }];
    const messages = [unsigned(`wamid.u1${wa}`), unsigned(`wamid.u2${wa}`)];
    const named = { field: 'messages', value: { metadata: metadata(), contacts, messages } };
    expect((await post(named)).error).toBe(null);
    expect(await stored(`wamid.u2${wa}`)).toMatchObject({ authorName: 'Rosa' });

    const mixed = [usual(other, `wamid.u3${wa}`), unsigned(`wamid.u4${wa}`)];
    const { error: note } = await post({
      field: 'messages',
      value: { metadata: metadata(), contacts, messages: mixed },
    });
    expect([note, await stored(`wamid.u3${wa}`), await stored(`wamid.u4${wa}`)]).toEqual([
      'ignored: message without sender',
      expect.objectContaining({ authorName: expect.not.stringContaining('Rosa') as string }),
      undefined,
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no sender', { messages: [{ id: 'wamid.x', type: 'text', text: { body: 'Oi' } }] }, 'message without sender'],
    ['no id', { messages: [{ from: '5583991000000', type: 'text', text: { body: 'Oi' } }] }, 'message without id'],
    ['an id that is none', { messages: [{ ...usual('5583991000000', ''), id: { a: 1 } }] }, 'message without id'],
    ['a message that is a text', { messages: ['Oi'] }, 'messages'],
    ['a status that is a number', { statuses: [3] }, 'status'],
    ['a status of the future', { statuses: [{ id: 'wamid.1', status: 'heard' }] }, 'status heard'],
    ['a status without an id', { statuses: [{ status: 'read' }] }, 'status without id'],
    ['a group', { messages: [{ ...usual('5583991000000', 'wamid.g'), group_id: 'G' }] }, 'group'],
  ])('what cannot be anybody’s is kept whole, and named: %s', async (_what, value, what) => {
    const change = { field: 'messages', value: { metadata: metadata(), ...(value as object) } };
    const { body, error } = await post(change);
    expect(error).toBe(`ignored: ${what}`);
    expect((JSON.parse(body) as { entry: [{ changes: unknown[] }] }).entry[0].changes[1]).toEqual(
      JSON.parse(JSON.stringify(change)),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'messages'],
    ['a list', []],
    ['no field', { value: {} }],
    ['no value', { field: 'messages' }],
    ['a value that is null', { field: 'messages', value: null }],
    ['a value that is a list', { field: 'messages', value: [1] }],
    [
      'lists that are null',
      { field: 'messages', value: { messages: null, statuses: null, errors: null, contacts: null } },
    ],
    ['lists of nothing', { field: 'messages', value: { messages: [], statuses: [], errors: [] } }],
    ['errors of nothing', { field: 'messages', value: { errors: [null, {}, 'x', { code: null }] } }],
    ['a field of the future', { field: 'seat_reservations', value: { seats: [{ id: 1 }] } }],
    ['a field that is a number', { field: 12, value: {} }],
    ['a field that objects have', { field: 'constructor', value: {} }],
    ['a template that is null', { field: 'message_template_status_update', value: null }],
    ['a template of nothing', { field: 'message_template_status_update', value: { event: null } }],
    ['news of the account that are a text', { field: 'account_update', value: 'VERIFIED' }],
    ['echoes that are a text', { field: 'smb_message_echoes', value: { message_echoes: 'x' } }],
    ['a history of nothing', { field: 'history', value: { history: [{ threads: [null, { messages: [null] }] }] } }],
    ['an address book of nothing', { field: 'smb_app_state_sync', value: { state_sync: [null, { type: 'contact' }] } }],
    ['preferences of nobody', { field: 'user_preferences', value: { user_preferences: [{ value: 'stop' }] } }],
    ['a call of nobody', { field: 'calls', value: { calls: [{ direction: 'USER_INITIATED' }] } }],
  ])('a change that is %s harms no other', async (_what, change) => {
    const described = typeof change === 'object' && change !== null && 'value' in change ? change : null;
    const { value } = described ?? {};
    const placed = typeof value === 'object' && value !== null && !Array.isArray(value);
    await post(placed ? { ...described, value: { metadata: metadata(), ...value } } : change);
  });

  it('one thing that stands where a list should is a list of one', async () => {
    const from = person();
    const body = {
      object: 'whatsapp_business_account',
      entry: {
        id: account,
        changes: { field: 'messages', value: { metadata: metadata(), messages: usual(from, `wamid.o${from}`) } },
      },
    };
    expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
    await processDue({ db: opened.database, clock: desk.clock, log: silentLog });
    expect(await stored(`wamid.o${from}`)).toMatchObject({ type: 'text' });
  });

  it('a number of ours without its id is known as it is dialled, and never another one', async () => {
    const { id: channelId, config } = await opened.database.read
      .selectFrom('channels')
      .select(['id', 'config'])
      .executeTakeFirstOrThrow();
    const named = JSON.stringify({ ...(JSON.parse(config) as object), displayPhoneNumber: '+55 83 3000-1000' });
    await opened.database.transaction((tx) =>
      tx.updateTable('channels').set({ config: named }).where('id', '=', channelId).execute(),
    );
    const [from, lost] = [person(), person()];
    const say = async (who: string, display: string) => {
      const value = { metadata: { display_phone_number: display }, messages: [usual(who, `wamid.d${who}`)] };
      return (await post({ field: 'messages', value })).error;
    };
    expect(await say(from, '+55 83 3000-1000')).toBe(null);
    expect(await stored(`wamid.d${from}`)).toMatchObject({ channelId });
    expect(await say(lost, '558330001001')).toBe('unknown number');
    expect(await stored(`wamid.d${lost}`)).toBeUndefined();

    const restrict = async (phone: string | undefined) => {
      const restriction = [{ restriction_type: `R${phone ?? 'none'}` }];
      const value = { phone_number: phone, event: 'ACCOUNT_RESTRICTION', restriction_info: restriction };
      const entry = [{ id: '0', time: 1_795_200_000, changes: [{ field: 'account_update', value }] }];
      await postWebhook(desk, { object: 'whatsapp_business_account', entry }, { workspace });
      await processDue({ db: opened.database, clock: desk.clock, log: silentLog });
      const query = opened.database.read.selectFrom('channels').select('standing').where('id', '=', channelId);
      return Object.keys(standingOf(await query.executeTakeFirstOrThrow()).restrictions ?? {});
    };
    expect(await restrict('558330001001')).toEqual([]);
    expect(await restrict(undefined)).toEqual([]);
    expect(await restrict('558330001000')).toEqual(['R558330001000']);
  });
});
