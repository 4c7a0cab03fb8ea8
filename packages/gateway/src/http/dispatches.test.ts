import {
  dispatchLimits,
  dispatchSchema,
  type Customer,
  type Dispatch,
  type DispatchRecipient,
  type Message,
  type MessageTemplate,
  type Page,
  type Problem,
} from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour } from '../clock.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { approvedTemplate, judge, orderTemplate, orderValues, otherChannel } from '../testbed/templates.ts';

const nobody = '00000000000000000000000000';
const person = (index: number) => `+5583988${String(100_000 + index)}`;

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let server: Caller;
  let order: MessageTemplate;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ({ server } = workspace);
    order = await approvedTemplate(desk, workspace, orderTemplate);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const bodyOf = (recipients: readonly object[], change: object = {}) => ({
    name: 'Entregas de sexta',
    template: { templateId: order.id, variables: orderValues },
    recipients,
    ...change,
  });
  const create = (body: object, headers?: Record<string, string>) =>
    server.call<Dispatch>('POST', '/v1/dispatches', body, headers);
  const problems = async (body: object) => {
    const answer = await server.call<Problem>('POST', '/v1/dispatches', body);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    return answer.body.errors?.map(({ path, message }) => `${path} ${message}`) ?? [];
  };
  const rows = async () => {
    const count = async (table: 'dispatches' | 'dispatchRecipients' | 'contacts' | 'conversations' | 'jobs') =>
      (await opened.database.read.selectFrom(table).selectAll().execute()).length;
    return [await count('dispatches'), await count('dispatchRecipients'), await count('contacts'), await count('jobs')];
  };
  const recipients = async ({ id }: { readonly id: string }, query = '') =>
    (await server.call<Page<DispatchRecipient>>('GET', `/v1/dispatches/${id}/recipients${query}`)).body;
  /** Who has written before. */
  const contact = async (phone: string) => {
    await workspace.customerSays(phone, 'Oi');
    const { id } = await opened.database.read
      .selectFrom('contacts')
      .select('id')
      .where('phone', '=', phone)
      .executeTakeFirstOrThrow();
    return id;
  };

  describe('a list with something wrong', () => {
    it('has every line named that is wrong, and nothing is made', async () => {
      const known = await contact('+5583999142210');
      const { body: bare } = await server.call<Customer>('POST', '/v1/customers', { name: 'Sem telefone' });
      const before = await rows();
      const found = await problems(
        bodyOf([
          { to: { phone: '+5583988120042' } },
          { to: { phone: 'meia noite' } },
          { to: { phone: '(83) 98812-0042' } },
          // Without the ninth digit, and by id.
          { to: { phone: '+558399142210' } },
          { to: { contactId: known } },
          { to: { contactId: `ctt_${nobody}` } },
          { to: { customerId: `cus_${nobody}` } },
          { to: { customerId: bare.id } },
          { to: { phone: person(1) }, variables: { 'body.1': 'Olá\nTainá', 'body.9': 'x' } },
        ]),
      );
      expect(found.sort()).toEqual([
        'body.recipients.1.to.phone must be a phone number with its area code, such as (83) 99914-2210, or with + and the country',
        'body.recipients.2.to is the same person as recipients.0',
        'body.recipients.4.to is the same person as recipients.3',
        'body.recipients.5.to.contactId there is no such contact',
        'body.recipients.6.to.customerId there is no such customer',
        'body.recipients.7.to.customerId has no phone number',
        'body.recipients.8.variables.body.1 must not have new lines, tabs or other control characters',
        'body.recipients.8.variables.body.9 is no variable of this template',
      ]);
      expect(await rows()).toEqual(before);
    });

    it('has a value that everybody shares named once, and one that nobody gives for each who lacks it', async () => {
      const shared = { ...orderValues, 'body.1': '' };
      const { 'body.2': _, ...incomplete } = shared;
      const lines = [{ to: { phone: person(1) }, variables: { 'body.2': 'hoje' } }, { to: { phone: person(2) } }];
      const template = { templateId: order.id, variables: incomplete };
      expect((await problems(bodyOf(lines, { template }))).sort()).toEqual([
        'body.recipients.1.variables.body.2 is missing',
        'body.template.variables.body.1 must not be empty',
      ]);
    });

    it('is not taken for a time that is over, a queue of nobody, nobody at all or too many', async () => {
      const one = [{ to: { phone: person(1) } }];
      const scheduledAt = new Date(desk.clock.now() - 1).toISOString();
      expect(await problems(bodyOf(one, { scheduledAt, replyQueueId: `que_${nobody}` }))).toEqual([
        'body.scheduledAt must be in the future; leave it out to begin at once',
        'body.replyQueueId must name a queue of the workspace',
      ]);
      expect(await problems(bodyOf([]))).toHaveLength(1);
      const many = Array.from({ length: dispatchLimits.recipients + 1 }, () => one[0] ?? {});
      expect(await problems(bodyOf(many))).toHaveLength(1);
    });

    it('is not taken for a template that cannot be sent, or a contact of another number without a phone', async () => {
      const channelId = await otherChannel(desk, workspace);
      await opened.database.transaction((tx) =>
        tx
          .insertInto('contacts')
          .values({
            id: `ctt_${nobody}`,
            workspaceId: workspace.id,
            channelId,
            name: 'Sem número',
            address: null,
            phone: null,
            userId: 'BR.1',
            username: null,
            email: null,
            verified: 1,
            customerId: null,
            createdAt: 1,
            updatedAt: 1,
            version: 1,
          })
          .execute(),
      );
      expect(await problems(bodyOf([{ to: { contactId: `ctt_${nobody}` } }]))).toEqual([
        'body.recipients.0.to.contactId has no phone number that WhatsApp could reach',
      ]);
      await judge(desk, workspace, order, 'paused');
      const answer = await server.call<Problem>('POST', '/v1/dispatches', bodyOf([{ to: { phone: person(1) } }]));
      expect([answer.status, answer.body.code]).toEqual([409, 'template_not_sendable']);
    });
  });

  it('is made once, whoever asks again with the same key, and counts everybody', async () => {
    const known = await contact('+5583999142210');
    const customer = { name: 'Padaria Sol', phone: '+5583988120042' };
    const { body: bakery } = await server.call<Customer>('POST', '/v1/customers', customer);
    const body = bodyOf([
      { to: { contactId: known } },
      { to: { customerId: bakery.id } },
      { to: { phone: '83 9 8812-0043', name: 'Lia Prado' }, variables: { 'body.1': 'Lia' } },
    ]);
    const headers = { 'idempotency-key': 'disparo-de-sexta' };
    const [first, again] = await Promise.all([create(body, headers), create(body, headers)]);
    expect(again.body).toEqual(first.body);
    expect(dispatchSchema.parse(first.body)).toEqual(first.body);
    expect(first.body).toMatchObject({ status: 'running', total: 3, scheduledAt: null, pause: null });
    expect(first.body.counts).toMatchObject({ waiting: 3, sending: 0 });
    expect((await recipients(first.body)).data).toMatchObject([
      { place: 0, contactId: known, phone: '+5583999142210', state: 'waiting', problem: null },
      { place: 1, contactId: null, phone: '+5583988120042' },
      { place: 2, phone: '+5583988120043', name: 'Lia Prado', conversationId: null },
    ]);
    expect((await server.call<Page<Dispatch>>('GET', '/v1/dispatches')).body.data).toEqual([first.body]);
  });

  it('takes a thousand people, page by page', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => ({ to: { phone: person(index) } }));
    const { body } = await create(bodyOf(lines));
    expect(body).toMatchObject({ total: 1000, counts: { waiting: 1000 } });
    const seen: (string | null)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page<DispatchRecipient> = await recipients(body, `?limit=100${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.data.map(({ phone }) => phone));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(lines.map(({ to }) => to.phone));
    expect((await recipients(body, '?state=sent')).data).toEqual([]);
  });

  it('is cancelled before it begins, once and for all', async () => {
    const scheduledAt = new Date(desk.clock.now() + hour).toISOString();
    const { body } = await create(bodyOf([{ to: { phone: person(1) } }], { scheduledAt }));
    expect(body).toMatchObject({ status: 'scheduled', scheduledAt, startedAt: null });
    const cancel = () => server.call<Dispatch>('POST', `/v1/dispatches/${body.id}/cancel`);
    const [first, second] = await Promise.all([cancel(), cancel()]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toMatchObject({ status: 'cancelled', counts: { waiting: 0, cancelled: 1 } });
    expect(second.body).toEqual(first.body);
    expect((await recipients(body)).data[0]).toMatchObject({
      state: 'cancelled',
      problem: { code: 'cancelled', reason: { 'pt-BR': 'O disparo foi cancelado antes do envio.' } },
    });
    expect((await server.call('GET', `/v1/dispatches/${body.id}/report`)).body).toMatchObject({
      counts: { cancelled: 1 },
      pricing: [],
      problems: [{ state: 'cancelled', code: 'cancelled', recipients: 1 }],
    });
  });

  it('is told to those who may see it, and to nobody else', async () => {
    const chief = await workspace.agent('chefe', { role: 'administrator' });
    const ana = await workspace.agent('ana');
    await Promise.all([whoAmI(chief), whoAmI(ana)]);
    const cursors = await Promise.all([chief, ana].map((caller) => follow(caller)));
    await create(bodyOf([{ to: { phone: person(1) } }]));
    const told = await Promise.all([chief, ana].map((caller, index) => follow(caller, cursors[index]?.cursor)));
    expect(told.map(({ types }) => types)).toEqual([['dispatch.created'], []]);
  });

  async function follow(caller: Caller, cursor?: string) {
    const query = cursor === undefined ? 'waitSeconds=0' : `waitSeconds=0&cursor=${cursor}`;
    const { body } = await caller.call<{ cursor: string; frames: { event: string; data: { type?: string } }[] }>(
      'GET',
      `/v1/events/poll?${query}`,
    );
    const types = body.frames.flatMap(({ event, data }) => (event === 'event' ? [data.type] : []));
    return { cursor: body.cursor, types: types.filter((type) => type?.startsWith('dispatch.')) };
  }

  it('keeps the number that it would go out from', async () => {
    await create(bodyOf([{ to: { phone: person(1) } }]));
    const answer = await server.call<Problem>('DELETE', `/v1/channels/${order.channelId}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'in_use']);
    expect((await server.call<Message>('GET', `/v1/hsm/${order.id}`)).status).toBe(200);
  });
});
