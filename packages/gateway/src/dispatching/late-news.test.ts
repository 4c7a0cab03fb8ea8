import type { Conversation } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hour, second } from '../clock.ts';
import { resolveContact } from '../commands/resolve-contact.ts';
import { silentLog } from '../log.ts';
import { dueDispatches } from '../store/dispatches.ts';
import { runUnit } from '../store/unit.ts';
import { isTemplate, openDispatchDesk, people, person, soon, type DispatchDesk } from '../testbed/dispatch-desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';
import { graphRefusal } from '../testbed/sending-desk.ts';
import { listedTemplate } from '../testbed/templates.ts';
import { runDispatches } from './dispatcher.ts';

// Some wait for rounds that come once a second, on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 });

/* What happens to a message between its being written and its being handed to Meta. */
forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: DispatchDesk;

  beforeEach(async () => {
    opened = await open();
    bed = await openDispatchDesk(opened.database);
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const sentAsTimePasses = () => {
    bed.desk.clock.advance(20);
    return bed.sentTo().length;
  };
  const jobsThatAre = async (...states: readonly string[]) => {
    const jobs = opened.database.read.selectFrom('jobs').select('id').where('kind', '=', 'send_message');
    return (await jobs.where('state', 'in', states).execute()).length;
  };
  /** Until nothing is left to be done, however long it was put off. */
  const settles = async () => {
    const left = async () => {
      bed.desk.clock.advance(hour);
      return await jobsThatAre('queued', 'running', 'calling');
    };
    await expect.poll(left, soon).toBe(0);
  };
  const conversation = async (id: string | null | undefined) =>
    (await bed.workspace.server.call<Conversation>('GET', `/v1/conversations/${id ?? ''}`)).body;
  const marketing = (name: string) =>
    listedTemplate(bed.desk, bed.workspace, name, [{ type: 'BODY', text: 'Só hoje' }], 'MARKETING');

  it.each([
    ['a limit', () => graphRefusal(130429, { status: 429 })],
    ['trouble of Meta', () => graphRefusal(131000, { status: 503 })],
  ])('does not try again after the cancel what Meta refuses for %s', async (_name, refusal) => {
    const gate = createGate();
    bed.graph.answer = async (call) => {
      if (!isTemplate(call)) return undefined;
      await gate.opened;
      return refusal();
    };
    bed.work();
    const dispatch = await bed.dispatch(people(3));
    await expect.poll(sentAsTimePasses, soon).toBe(3);
    expect(await bed.cancel(dispatch)).toMatchObject({ status: 'cancelled', counts: { sending: 3 } });
    gate.open();
    await settles();
    expect(bed.sentTo()).toHaveLength(3);
    expect(await bed.get(dispatch)).toMatchObject({ status: 'cancelled', counts: { cancelled: 3, sending: 0 } });
    const [line] = await bed.recipients(dispatch);
    expect(line).toMatchObject({ state: 'cancelled', problem: { code: 'cancelled' } });
    const { messageId, conversationId } = line ?? {};
    const message = await bed.message({ id: messageId ?? '', conversationId: conversationId ?? '' });
    expect(message).toMatchObject({ status: 'failed', failure: { code: 'cancelled' } });
    expect(await conversation(conversationId)).toMatchObject({ status: 'closed', outcome: 'discarded' });
  });

  it('does not wait for a refused number with what is cancelled', async () => {
    const gate = createGate();
    bed.graph.answer = async (call) => {
      if (!isTemplate(call)) return undefined;
      await gate.opened;
      return graphRefusal(190, { status: 401 });
    };
    bed.work();
    const dispatch = await bed.dispatch(people(1));
    await expect.poll(sentAsTimePasses, soon).toBe(1);
    await bed.cancel(dispatch);
    gate.open();
    await bed.turns(dispatch, { counts: { cancelled: 1 } });
    const channel = await opened.database.read.selectFrom('channels').select('pausedVersion').executeTakeFirstOrThrow();
    expect(channel.pausedVersion).not.toBeNull();
    bed.graph.answer = () => undefined;
    await bed.configure({ accessToken: 'new-token' });
    await settles();
    expect(bed.sentTo()).toHaveLength(1);
  });

  it('does not send what waits for another try to somebody who has stopped marketing meanwhile', async () => {
    const offer = await marketing('oferta');
    let isBusy = true;
    bed.graph.answer = (call) => (isTemplate(call) && isBusy ? graphRefusal(130429, { status: 429 }) : undefined);
    bed.work();
    const dispatch = await bed.dispatch(people(2), { template: { templateId: offer.id } });
    await expect.poll(() => (bed.desk.clock.advance(20), new Set(bed.sentTo()).size), soon).toBe(2);
    await expect.poll(() => jobsThatAre('running', 'calling'), soon).toBe(0);
    await bed.workspace.customerSays(person(0), 'SAIR');
    const before = bed.sentTo().length;
    isBusy = false;
    await settles();
    expect(bed.sentTo().slice(before)).toEqual([person(1)]);
    await bed.turns(dispatch, { status: 'finished', counts: { skipped: 1, sent: 1 } });
    const [line] = await bed.recipients(dispatch);
    expect(line).toMatchObject({ state: 'skipped', problem: { code: 'contact_opted_out' } });
    const { messageId, conversationId } = line ?? {};
    const message = await bed.message({ id: messageId ?? '', conversationId: conversationId ?? '' });
    expect(message).toMatchObject({ status: 'failed', failure: { code: 'contact_opted_out' } });
    // They wrote, so somebody attends them.
    expect((await conversation(conversationId)).status).toBe('queued');
  });

  it('does not send the marketing of an agent either, and says so in the thread', async () => {
    const offer = await marketing('oferta');
    const { id } = await bed.attend(person(0));
    const path = `/v1/conversations/${id}/messages`;
    const { body: message } = await bed.workspace.server.call<{ id: string }>('POST', path, {
      type: 'template',
      templateId: offer.id,
    });
    const { body: other } = await bed.workspace.server.call<{ id: string }>('POST', path, {
      type: 'template',
      templateId: bed.template.id,
      variables: { 'body.1': 'Rui' },
    });
    await bed.workspace.customerSays(person(0), 'SAIR');
    bed.work();
    await settles();
    expect(bed.graph.calls.filter(isTemplate)).toHaveLength(1);
    expect(await bed.message({ id: message.id, conversationId: id })).toMatchObject({
      status: 'failed',
      failure: { code: 'contact_opted_out', reason: { en: expect.stringContaining('marketing') } },
    });
    expect((await bed.message({ id: other.id, conversationId: id })).failure).toBeNull();
  });

  it('lets a dispatch begin while many others wait for the last of theirs', async () => {
    const stuck = new Set(people(20).map(({ to }) => to.phone));
    bed.graph.answer = (call) =>
      isTemplate(call) && stuck.has(`+${String(call.body['to'])}`) ? graphRefusal(134101) : undefined;
    bed.work();
    const held = [];
    for (const line of people(20)) held.push(await bed.dispatch([line]));
    await expect.poll(() => (bed.desk.clock.advance(100), new Set(bed.sentTo()).size), soon).toBe(20);
    const other = await bed.dispatch(people(1, 900));
    await bed.turns(other, { status: 'finished', counts: { sent: 1 } }, second / 10);
    for (const dispatch of held) expect((await bed.get(dispatch)).status).toBe('running');
  });

  it('lets others have their turn after one of its own, however long its list is', async () => {
    const { clock } = bed.desk;
    const dispatch = await bed.dispatch(people(25));
    clock.advance(second);
    await runDispatches({ db: opened.database, clock, log: silentLog });
    expect((await bed.get(dispatch)).counts).toMatchObject({ sending: 20, waiting: 5 });
    // Whatever has been due since before comes first.
    expect(await dueDispatches(opened.database.read, clock.now() - 1, 1)).toEqual([]);
    expect(await dueDispatches(opened.database.read, clock.now(), 1)).toHaveLength(1);
  });

  it('follows somebody without a phone who turns out to be another contact', async () => {
    const scope = { db: opened.database, clock: bed.desk.clock };
    const channelId = bed.workspace.channel.id;
    const arrives = (keys: object) =>
      runUnit(scope, bed.workspace.id, (unit) =>
        resolveContact(unit, channelId, {
          name: 'Lia',
          phone: null,
          address: null,
          userId: null,
          username: null,
          ...keys,
        }),
      );
    const userId = 'BR.2094417755301862';
    const unknown = await arrives({ userId });
    await arrives({ phone: person(0) });
    const dispatch = await bed.dispatch([{ to: { contactId: unknown.id } }]);
    const kept = await arrives({ phone: person(0), userId });
    expect(kept.id).not.toBe(unknown.id);
    bed.work();
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 1 } });
    expect(bed.sentTo()).toEqual([person(0)]);
    expect(await bed.recipients(dispatch)).toMatchObject([{ contactId: kept.id }]);
  });
});
