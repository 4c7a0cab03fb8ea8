import { eventSchemas, helloSchema, type Conversation, type EventType } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hour } from '../clock.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { readStream, type StreamReading } from '../testbed/read-stream.ts';
import { pruneEvents } from './retention.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  const readings: StreamReading[] = [];

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    await whoAmI(ana);
  });
  afterEach(async () => {
    await Promise.all(readings.splice(0).map((reading) => reading.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  async function read(caller: Caller, cursor?: string): Promise<StreamReading> {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const response = await desk.request(`/v1/events${query}`, { headers: { authorization: `Bearer ${caller.token}` } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reading = await readStream(response);
    readings.push(reading);
    return reading;
  }

  const types = (reading: StreamReading) => reading.frames.slice(1).map(({ data }) => data.type);

  it('greets with a cursor, then tells everything that happens, each event valid by the contract', async () => {
    const reading = await read(ana);
    const [hello] = reading.frames;
    expect(helloSchema.parse(hello?.data)).toMatchObject({ resumed: false });
    await workspace.customerSays('+5583999142210', 'Oi');
    await reading.until(8);
    expect(types(reading)).toEqual([
      'conversation.created',
      'message.created',
      'conversation.queued',
      'message.created',
      'protocol.assigned',
      'message.created',
      'message.created',
    ]);
    for (const { name, id, data } of reading.frames.slice(1)) {
      expect([name, id]).toEqual(['event', data.cursor]);
      const type = data.type as EventType;
      expect(eventSchemas[type].safeParse((data as unknown as { data: unknown }).data).success, type).toBe(true);
    }
  });

  it('resumes a reader that never saw an event, replays what was missed once, and nothing the second time', async () => {
    const first = await read(ana);
    const hello = first.frames[0]?.data.cursor;
    await first.stop();
    await workspace.customerSays('+5583999142210', 'Oi');
    const second = await read(ana, hello);
    expect((await second.until(8))[0]?.data.resumed).toBe(true);
    const last = second.frames.at(-1)?.data.cursor;
    await second.stop();
    const third = await read(ana, last);
    expect(third.frames).toHaveLength(1);
    const { id } = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await third.until(3);
    expect(types(third)).toEqual(['conversation.assigned', 'message.created']);
  });

  it('starts anew when the cursor is of another reader, of another epoch, no longer kept, or no cursor at all', async () => {
    const bruno = await workspace.agent('bruno');
    await whoAmI(bruno);
    const cursor = (await read(ana)).frames[0]?.data.cursor;
    expect((await read(bruno, cursor)).frames[0]?.data.resumed).toBe(false);
    expect((await read(ana, 'AAAA')).frames[0]?.data.resumed).toBe(false);
    await workspace.customerSays('+5583999142210', 'Oi');
    await opened.database.transaction((tx) => tx.deleteFrom('events').execute());
    expect((await read(ana, cursor)).frames[0]?.data.resumed).toBe(false);
  });

  it('does not tell by the cursor how much happens', async () => {
    const cursor = (await read(ana)).frames[0]?.data.cursor ?? '';
    await workspace.customerSays('+5583999142210', 'Oi');
    const later = (await read(ana)).frames[0]?.data.cursor ?? '';
    expect(later).toHaveLength(cursor.length);
    expect(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))).not.toMatch(/\d{4}/);
  });

  it('misses no event and gives none twice while many write at once', async () => {
    const reading = await read(ana);
    await Promise.all(Array.from({ length: 25 }, (_, i) => workspace.customerSays(`+55839991400${10 + i}`, 'Oi')));
    await reading.until(1 + 25 * 7);
    const { rows } = await eventsOf(opened, workspace.id);
    expect(types(reading).slice(0)).toEqual(rows.map(({ type }) => type).slice(-25 * 7));
    expect(new Set(reading.frames.map(({ id }) => id)).size).toBe(reading.frames.length);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1));
  });

  it('says nothing of other workspaces', async () => {
    const other = await desk.workspace('Outra');
    const reading = await read(ana);
    await other.customerSays('+5583999142210', 'Segredo');
    await workspace.customerSays('+5583988120042', 'Oi');
    await reading.until(8);
    expect(JSON.stringify(reading.frames)).not.toContain('Segredo');
  });

  it('ends when the agent is deactivated, when the token ends and when the gateway closes, and says so', async () => {
    const bruno = await workspace.agent('bruno');
    const { id } = await whoAmI(bruno);
    const [ofAna, ofBruno, ofServer] = [await read(ana), await read(bruno), await read(workspace.server)];
    await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
    await ofBruno.ended;
    expect(ofBruno.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'agent_deactivated' } });
    desk.clock.advance(2 * hour);
    // Woken by anything that happens, or by the next poll.
    await workspace.customerSays('+5583999142210', 'Oi');
    await ofAna.ended;
    expect(ofAna.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'token_expired' } });
    await desk.gateway.close();
    await ofServer.ended;
    expect(ofServer.frames.at(-1)).toMatchObject({ name: 'bye', data: { reason: 'shutdown' } });
  });

  it('keeps old events while they are few, and cuts a log that is long and old', async () => {
    await workspace.customerSays('+5583999142210', 'Oi');
    const { id } = (await oldestWaiting(ana)) as Conversation;
    const rowOf = (seq: number) => ({
      workspaceId: workspace.id,
      seq,
      type: 'conversation.updated',
      conversationId: id,
      data: '{}',
      occurredAt: desk.clock.now(),
    });
    const { rows } = await eventsOf(opened, workspace.id);
    const from = rows.length + 1;
    for (let seq = from; seq < 10_020; seq += 1000) {
      const part = Array.from({ length: Math.min(1000, 10_020 - seq) }, (_, i) => rowOf(seq + i));
      await opened.database.transaction((tx) => tx.insertInto('events').values(part).execute());
    }
    await opened.database.transaction((tx) =>
      tx
        .updateTable('counters')
        .set({ value: 10_019 })
        .where('name', '=', 'event')
        .where('workspaceId', '=', workspace.id)
        .execute(),
    );
    await pruneEvents(opened.database, desk.clock.now());
    expect((await eventsOf(opened, workspace.id)).rows[0]?.seq).toBe(1);
    await pruneEvents(opened.database, desk.clock.now() + 73 * hour);
    expect((await eventsOf(opened, workspace.id)).rows[0]?.seq).toBe(20);
  });
});

async function eventsOf({ database }: OpenDatabase, workspaceId: string) {
  const rows = await database.read
    .selectFrom('events')
    .select(['seq', 'type'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('seq')
    .execute();
  return { rows };
}
