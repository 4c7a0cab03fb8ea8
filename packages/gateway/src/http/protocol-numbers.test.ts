import type { Conversation, Message, Page, Problem, Settings } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../clock.ts';
import { receiveMessage } from '../commands/receive-message.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { runUnit } from '../store/unit.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, freshPostgres, type OpenDatabase } from '../testbed/engines.ts';

const numbersOf = async (caller: Caller) => {
  const { body } = await caller.call<Page<Conversation>>('GET', '/v1/conversations?limit=100');
  return body.data.map(({ protocol }) => protocol ?? 'none').sort();
};

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let server: Caller;
  let serial = 0;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    server = workspace.server;
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const set = (changes: object) => server.call<Settings & Problem>('PATCH', '/v1/settings', changes);
  const serve = async () => {
    serial += 1;
    await workspace.customerSays(`+5583988${String(serial).padStart(6, '0')}`, 'Oi');
  };

  it('refuses a format that gives no numbers, and keeps the one before', async () => {
    for (const protocolFormat of ['{yyyy}', 'P{nnnnnnnn}', '{nnnn}', '{dd}{nnnnnnnn}', '12345678901234{nnnnnnnnnn}']) {
      const { status, body } = await set({ protocolFormat });
      expect([status, body.errors?.map(({ path }) => path)]).toEqual([422, ['body.protocolFormat']]);
    }
    await serve();
    expect(await numbersOf(server)).toEqual([expect.stringMatching(/^\d{8}000001$/)]);
  });

  it('counts from one every day, for ever without the day, and passes over what was given', async () => {
    await set({ protocolFormat: '{yy}{mm}{dd}{nnnn}', timeZone: 'UTC' });
    await serve();
    await serve();
    desk.clock.advance(day);
    await serve();
    const today = new Date(desk.clock.now()).toISOString().slice(2, 10).replaceAll('-', '');
    const yesterday = new Date(desk.clock.now() - day).toISOString().slice(2, 10).replaceAll('-', '');
    const first = [`${yesterday}0001`, `${yesterday}0002`, `${today}0001`];
    expect(await numbersOf(server)).toEqual(first);

    // The same digits, as words of another format: 1 and 2 of that day are taken.
    await set({ protocolFormat: `${yesterday}{nnnn}` });
    await serve();
    await serve();
    const second = [...first, `${yesterday}0003`, `${yesterday}0004`];
    expect(await numbersOf(server)).toEqual(second.sort());

    await set({ protocolFormat: '{nnnnnnnn}' });
    await serve();
    expect(await numbersOf(server)).toEqual([...second, '00000005'].sort());
    const { body } = await server.call<{ conversation: Conversation }>('GET', '/v1/protocols/00000005');
    expect(body.conversation.protocol).toBe('00000005');
  });

  it('uses up no number where nothing was stored', async () => {
    await serve();
    await expect(
      runUnit({ db: opened.database, clock: desk.clock }, workspace.id, async (unit) => {
        const person = { address: '5583977770000', phone: '+5583977770000', userId: null, username: null, name: null };
        await receiveMessage(
          unit,
          {
            channel: workspace.channel,
            contact: person,
            providerId: 'wamid.lost',
            sentAt: unit.now,
            content: { type: 'text', text: 'Oi' },
          },
          { serviceWindowMs: day },
        );
        throw new Error('cut off');
      }),
    ).rejects.toThrow('cut off');
    await serve();
    expect((await numbersOf(server)).map((number) => number.slice(-6))).toEqual(['000001', '000002']);
  });

  it('tells the customer, unless the workspace says no', async () => {
    await serve();
    await set({ protocolNotice: false });
    await serve();
    const { body } = await server.call<Page<Conversation>>('GET', '/v1/conversations');
    const said = await Promise.all(
      body.data.map(async ({ id, protocol }) => {
        const messages = await server.call<Page<Message>>('GET', `/v1/conversations/${id}/messages`);
        const texts = messages.body.data.map(({ content }) => ('text' in content ? (content.text ?? '') : ''));
        return texts.some((text) => text.includes(protocol ?? '?'));
      }),
    );
    expect(said.sort()).toEqual([false, true]);
    expect(body.data.every(({ protocol }) => protocol !== null)).toBe(true);
  });
});

describe('two gateways on one PostgreSQL', () => {
  it('number 50 services at once without a gap, each with one of its own', async () => {
    const url = await freshPostgres();
    const databases = await Promise.all([1, 2].map(() => openPostgres({ url, poolSize: 8 })));
    const [first, second] = databases;
    if (!first || !second) throw new Error('two were opened');
    await migrate(first);
    const desk = openDesk(first);
    const other = openDesk(second);
    const workspace = await desk.workspace('Cacau');
    const services = Array.from({ length: 50 }, (_, i) => ({ i, db: i % 2 === 0 ? first : second }));
    await Promise.all(
      services.map(({ i, db }) =>
        runUnit({ db, clock: desk.clock }, workspace.id, async (unit) => {
          const phone = `+55839880000${String(i).padStart(2, '0')}`;
          const person = { address: phone.slice(1), phone, userId: null, username: null, name: null };
          const content = { type: 'text', text: 'Oi' } as const;
          const { channel } = workspace;
          const message = { channel, contact: person, providerId: `wamid.${i}`, sentAt: unit.now, content };
          await receiveMessage(unit, message, { serviceWindowMs: day });
        }),
      ),
    );
    const numbers = await numbersOf(workspace.server);
    const counts = numbers.map((number) => Number(number.slice(-6)));
    expect(counts).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    await Promise.all([desk.gateway.close(), other.gateway.close()]);
    await Promise.all(databases.map((database) => database.close()));
  });
});
