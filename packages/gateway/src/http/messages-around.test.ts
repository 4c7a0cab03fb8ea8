import { messagePageSchema, type Message, type Page, type Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let id: string;
  /** Newest first. */
  let all: readonly Message[];

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana');
    for (let i = 1; i <= 17; i++) await workspace.customerSays('+5583999142210', `Mensagem ${i}`);
    ({ id } = await oldestWaiting(ana));
    all = (await page('limit=100')).data;
    expect(all).toHaveLength(20);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const page = async (query: string): Promise<Page<Message>> => {
    const { status, body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?${query}`);
    expect([query, status]).toEqual([query, 200]);
    expect(messagePageSchema.parse(body)).toEqual(body);
    return body;
  };
  const at = (index: number) => all[index]?.id ?? '';
  const indexes = ({ data }: Page<Message>) => data.map((message) => all.findIndex((each) => each.id === message.id));
  const from = (start: number, end: number) => Array.from({ length: end - start + 1 }, (_, i) => start + i);

  it('refuses a message of another conversation, of another workspace and none', async () => {
    await workspace.customerSays('+5583988120042', 'Outra');
    const other = await desk.workspace('Outra');
    await other.customerSays('+5583988120042', 'Deles');
    const strangers = await opened.database.read
      .selectFrom('messages')
      .select('id')
      .where('conversationId', '!=', id)
      .execute();
    expect(strangers.length).toBeGreaterThan(1);
    for (const around of [...strangers.map((message) => message.id), 'msg_00000000000000000000000000']) {
      const { status } = await ana.call('GET', `/v1/conversations/${id}/messages?around=${around}`);
      expect(status).toBe(404);
    }
    const bad = await ana.call<Problem>('GET', `/v1/conversations/${id}/messages?around=x`);
    expect([bad.status, bad.body.errors?.[0]?.path]).toEqual([422, 'query.around']);
  });

  it('has the message in its middle', async () => {
    expect(indexes(await page(`around=${at(10)}&limit=5`))).toEqual(from(8, 12));
    expect(indexes(await page(`around=${at(10)}&limit=4`))).toEqual(from(8, 11));
    expect(indexes(await page(`around=${at(10)}&limit=1`))).toEqual([10]);
  });

  it('is full near the ends, too', async () => {
    const newest = await page(`around=${at(0)}&limit=6`);
    expect([indexes(newest), newest.previousCursor]).toEqual([from(0, 5), null]);
    const oldest = await page(`around=${at(19)}&limit=6`);
    expect([indexes(oldest), oldest.nextCursor]).toEqual([from(14, 19), null]);
    const whole = await page(`around=${at(7)}&limit=100`);
    expect([indexes(whole), whole.nextCursor, whole.previousCursor]).toEqual([from(0, 19), null, null]);
  });

  it('goes on both ways to the ends, without a gap, also while more is said', async () => {
    const middle = await page(`around=${at(9)}&limit=4`);
    const older = [...indexes(middle)];
    for (let cursor = middle.nextCursor; cursor !== null;) {
      const next = await page(`limit=4&around=${at(9)}&cursor=${encodeURIComponent(cursor)}`);
      older.push(...indexes(next));
      expect(next.previousCursor).toBeNull();
      cursor = next.nextCursor;
    }
    await workspace.customerSays('+5583999142210', 'Ainda aí?');
    const newer: Message[] = [];
    for (let cursor = middle.previousCursor ?? null; cursor !== null;) {
      const next = await page(`limit=4&cursor=${encodeURIComponent(cursor)}`);
      newer.unshift(...next.data);
      cursor = next.previousCursor ?? null;
    }
    all = (await page('limit=100')).data;
    expect([
      ...newer.map((message) => all.findIndex((each) => each.id === message.id)),
      ...older.map((i) => i + 1),
    ]).toEqual(from(0, 20));
  });

  it('comes back from newer ones', async () => {
    const { previousCursor } = await page(`around=${at(15)}&limit=3`);
    const newer = await page(`limit=3&cursor=${encodeURIComponent(previousCursor ?? '')}`);
    expect(indexes(newer)).toEqual(from(11, 13));
    expect(indexes(await page(`limit=3&cursor=${encodeURIComponent(newer.nextCursor ?? '')}`))).toEqual(from(14, 16));
  });
});
