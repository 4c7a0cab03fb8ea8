import type { Contact, Conversation, Customer, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startNewEpoch } from '../admin/new-epoch.ts';
import { day, hour, minute } from '../clock.ts';
import { dispatchNext } from '../commands/dispatch-next.ts';
import { runUnit } from '../store/unit.ts';
import { graphRefusal, type GraphCall } from '../testbed/sending-desk.ts';
import { isTemplate, openDispatchDesk, people, person, soon, type DispatchDesk } from '../testbed/dispatch-desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { createGate } from '../testbed/gate.ts';
import { judge, listedTemplate } from '../testbed/templates.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';

// Some wait for rounds that come once a second, on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 });

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

  const conversation = async (id: string | null) =>
    (await bed.workspace.server.call<Conversation>('GET', `/v1/conversations/${id ?? ''}`)).body;
  const states = async (dispatch: { readonly id: string }) =>
    (await bed.recipients(dispatch)).map(({ state, problem }) => [state, problem?.code ?? null]);
  const sentAsTimePasses = () => {
    bed.desk.clock.advance(20);
    return bed.sentTo().length;
  };
  const taken = ({ body }: GraphCall) => Response.json({ messages: [{ id: `wamid.of.${String(body['to'])}` }] });
  const sorted = (phones: readonly string[]) => [...phones].sort();

  it('passes over who wants no marketing, and who is in a conversation, and says why', async () => {
    const offer = await listedTemplate(
      bed.desk,
      bed.workspace,
      'oferta',
      [{ type: 'BODY', text: 'Só hoje' }],
      'MARKETING',
    );
    const busy = await bed.attend(person(0));
    await bed.workspace.customerSays(person(1), 'SAIR');
    bed.work();
    const dispatch = await bed.dispatch(people(3), { template: { templateId: offer.id } });
    await bed.turns(dispatch, { status: 'finished', counts: { skipped: 2, sent: 1 } });
    expect(await states(dispatch)).toEqual([
      ['skipped', 'contact_in_conversation'],
      ['skipped', 'contact_opted_out'],
      ['sent', null],
    ]);
    expect((await conversation(busy.id)).status).toBe('active');
    expect(bed.sentTo()).toEqual([person(2)]);
    expect((await bed.report(dispatch)).problems).toMatchObject([
      { state: 'skipped', recipients: 1 },
      { state: 'skipped', recipients: 1 },
    ]);
  });

  it('writes to each as somebody would who starts a conversation, and reports what comes of it', async () => {
    const { body: queue } = await bed.workspace.server.call<{ id: string }>('POST', '/v1/queues', { name: 'Retornos' });
    bed.work();
    const lines = [
      { to: { phone: person(0), name: 'Lia Prado' }, variables: { 'body.1': 'Lia' } },
      { to: { phone: person(1) }, document: { kind: 'cpf', value: '529.982.247-25' } },
      { to: { phone: person(2) } },
    ];
    const dispatch = await bed.dispatch(lines, { replyQueueId: queue.id, awaitingReplyMinutes: 90 });
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 3 } });
    const [first, second, third] = await bed.recipients(dispatch);
    const begun = await conversation(first?.conversationId ?? null);
    expect(begun).toMatchObject({ status: 'awaiting_reply', assignee: null, contact: { name: 'Lia Prado' } });
    expect(begun.queue?.id).toBe(queue.id);
    expect(Date.parse(begun.replyDeadline ?? '') - Date.parse(begun.createdAt)).toBe(90 * minute);
    const { body: thread } = await bed.workspace.server.call<Page<Message>>(
      'GET',
      `/v1/conversations/${begun.id}/messages`,
    );
    expect(thread.data.map(({ content }) => content)).toMatchObject([{ type: 'template', text: 'Olá, Lia.' }]);
    expect(thread.data[0]?.author).toMatchObject({ kind: 'api', name: dispatch.createdBy.name });
    const { id: contactId } = (await conversation(second?.conversationId ?? null)).contact;
    const { body: contact } = await bed.workspace.server.call<Contact>('GET', `/v1/contacts/${contactId}`);
    const { body: customer } = await bed.workspace.server.call<Customer>('GET', `/v1/customers/${contact.customerId}`);
    expect(customer).toMatchObject({ document: { kind: 'cpf', value: '52998224725' }, phone: person(1) });

    const providerIds = await opened.database.read.selectFrom('messages').select(['id', 'providerId']).execute();
    const wamid = (id?: string | null) => providerIds.find((row) => row.id === id)?.providerId ?? '';
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };
    const failure = { errors: [{ code: 131026, title: 'Message undeliverable' }] };
    await postWebhook(
      bed.desk,
      envelopeOf(bed.workspace, {
        statuses: [
          statusOf(wamid(second?.messageId), 'read', { pricing }),
          statusOf(wamid(third?.messageId), 'failed', failure),
        ],
      }),
      bed,
    );
    await bed.workspace.customerSays(person(0), 'Pode ser');
    await bed.turns(dispatch, { counts: { replied: 1, read: 1, failed: 1 } });
    expect(await conversation(begun.id)).toMatchObject({ status: 'queued', protocol: expect.any(String) });
    const report = await bed.report(dispatch);
    expect(report.pricing).toContainEqual({ category: 'utility', billable: true, messages: 1 });
    expect(report.problems).toMatchObject([{ state: 'failed', code: '131026', recipients: 1 }]);
    expect(report.problems[0]?.reason?.es).toContain('número');
  });

  it('sends each of a long list once', async () => {
    bed.work();
    const dispatch = await bed.dispatch(people(120));
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 120 } });
    expect(sorted(bed.sentTo())).toEqual(sorted(people(120).map(({ to }) => to.phone)));
    expect(new Set((await bed.recipients(dispatch)).map(({ conversationId }) => conversationId)).size).toBe(100);
  });

  it('begins when its time has come', async () => {
    bed.work();
    const at = bed.desk.clock.now() + hour;
    const dispatch = await bed.dispatch(people(2), { scheduledAt: new Date(at).toISOString() });
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(await bed.get(dispatch)).toMatchObject({ status: 'scheduled', counts: { waiting: 2 } });
    expect(await opened.database.read.selectFrom('conversations').selectAll().execute()).toEqual([]);
    bed.desk.clock.advance(hour);
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 2 } });
    expect(Date.parse((await bed.get(dispatch)).startedAt ?? '')).toBeGreaterThanOrEqual(at);
  });

  it('stops at once when it is cancelled: what Meta has stays, all else never goes', async () => {
    const gate = createGate();
    bed.graph.answer = (call) => (isTemplate(call) ? gate.opened.then(() => taken(call)) : undefined);
    bed.work();
    const dispatch = await bed.dispatch(people(60));
    // Six are with Meta, the next ones wait for a place.
    await expect.poll(sentAsTimePasses, soon).toBe(6);
    await bed.turns(dispatch, { counts: { sending: 20 } }, 0);
    const cancelled = await bed.cancel(dispatch);
    expect(cancelled).toMatchObject({ status: 'cancelled', counts: { sending: 6, cancelled: 54, waiting: 0 } });
    gate.open();
    await bed.turns(dispatch, { counts: { sent: 6, cancelled: 54 } });
    bed.desk.clock.advance(hour);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(bed.sentTo()).toHaveLength(6);
    const recipients = await bed.recipients(dispatch);
    const begun = recipients.filter(({ conversationId }) => conversationId !== null);
    expect(begun).toHaveLength(20);
    for (const { conversationId, messageId, state } of begun) {
      const { status, outcome } = await conversation(conversationId);
      const message = await bed.message({ id: messageId ?? '', conversationId: conversationId ?? '' });
      if (state === 'sent') expect([status, message.status]).toEqual(['awaiting_reply', 'pending']);
      else {
        expect([status, outcome, message.status]).toEqual(['closed', 'discarded', 'failed']);
        expect(message.failure).toMatchObject({ code: 'cancelled' });
      }
    }
  });

  it('sends what is sent and cancels what is cancelled, however they race', async () => {
    bed.work();
    const dispatch = await bed.dispatch(people(80));
    await expect.poll(sentAsTimePasses, soon).toBeGreaterThan(15);
    const [cancelled] = await Promise.all([bed.cancel(dispatch), bed.turns(dispatch, {})]);
    expect(cancelled.counts.cancelled).toBeGreaterThan(0);
    await bed.turns(dispatch, { counts: { waiting: 0, sending: 0 } });
    bed.desk.clock.advance(hour);
    await new Promise((resolve) => setTimeout(resolve, 90));
    const sent = (await bed.recipients(dispatch)).filter(({ state }) => state === 'sent');
    expect(sorted(bed.sentTo())).toEqual(sorted(sent.map(({ phone }) => phone ?? '')));
  });

  it('does not go on in a database that was restored, unless its time is still to come', async () => {
    const running = await bed.dispatch(people(2));
    const later = new Date(bed.desk.clock.now() + day).toISOString();
    const coming = await bed.dispatch(people(2), { scheduledAt: later });
    expect(await startNewEpoch({ db: opened.database, clock: bed.desk.clock })).toMatchObject({ cancelled: 1 });
    bed.work();
    expect(await bed.get(running)).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    expect(await states(running)).toContainEqual(['cancelled', 'restored']);
    expect((await bed.get(coming)).status).toBe('scheduled');
    expect(bed.sentTo()).toEqual([]);
  });

  it('waits while its number is refused, and goes on when it is let in', async () => {
    let isExpired = true;
    bed.graph.answer = ({ path }) =>
      isExpired && !path.endsWith('/media')
        ? Response.json({ error: { message: 'no', code: 190 } }, { status: 401 })
        : undefined;
    bed.work();
    const dispatch = await bed.dispatch(people(40));
    await bed.turns(dispatch, { status: 'paused', pause: { reason: 'channel', until: null } });
    const { counts } = await bed.get(dispatch);
    // It is not written to conversations what could not go.
    expect(counts.waiting).toBeGreaterThanOrEqual(20);
    expect(counts.failed).toBe(0);
    isExpired = false;
    await bed.configure({ accessToken: 'new-token' });
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 40 } });
    expect(new Set(bed.sentTo()).size).toBe(40);
  });

  it('waits while its template cannot be sent, and is cancelled when that is deleted', async () => {
    await judge(bed.desk, bed.workspace, bed.template, 'approved');
    const dispatch = await bed.dispatch(people(3));
    await judge(bed.desk, bed.workspace, bed.template, 'paused');
    bed.work();
    await bed.turns(dispatch, { status: 'paused', pause: { reason: 'template' }, counts: { waiting: 3 } });
    await opened.database.transaction((tx) =>
      tx.updateTable('messageTemplates').set({ deletedAt: 1 }).where('id', '=', bed.template.id).execute(),
    );
    await bed.turns(dispatch, { status: 'cancelled', counts: { cancelled: 3 } });
    expect(await states(dispatch)).toContainEqual(['cancelled', 'template_deleted']);
    expect(bed.sentTo()).toEqual([]);
  });

  it('loses few when Meta pauses its template on the way, and goes on when it may be sent again', async () => {
    let status = 'APPROVED';
    const listed = () => ({
      data: [
        {
          id: '7412saudacao',
          name: 'saudacao',
          language: 'pt_BR',
          category: 'UTILITY',
          status,
          components: bed.listed,
        },
      ],
    });
    bed.graph.answer = (call) => {
      if (call.path.endsWith('/message_templates')) return Response.json(listed());
      if (bed.sentTo().length === 16) status = 'PAUSED';
      return isTemplate(call) && status === 'PAUSED' ? graphRefusal(132015) : undefined;
    };
    bed.work();
    const dispatch = await bed.dispatch(people(80));
    await bed.turns(dispatch, { status: 'paused', pause: { reason: 'template' } });
    const { counts } = await bed.get(dispatch);
    expect(counts.waiting).toBeGreaterThan(20);
    status = 'APPROVED';
    await judge(bed.desk, bed.workspace, bed.template, 'approved');
    await bed.turns(dispatch, { status: 'finished', counts: { waiting: 0, sending: 0 } });
    const { sent, failed } = (await bed.get(dispatch)).counts;
    expect(sent + failed).toBe(80);
    expect(failed).toBeLessThan(45);
    expect((await bed.report(dispatch)).problems).toMatchObject([{ code: '132015', recipients: failed }]);
  });

  it('writes first to no more people in a day than Meta lets the number', async () => {
    await opened.database.transaction((tx) =>
      tx
        .updateTable('channels')
        .set({ standing: JSON.stringify({ messagingLimit: 5 }) })
        .execute(),
    );
    bed.work();
    const [first, second] = [await bed.dispatch(people(4)), await bed.dispatch(people(4, 10))];
    const sent = async () => (await bed.get(first)).counts.sent + (await bed.get(second)).counts.sent;
    await expect
      .poll(async () => {
        bed.desk.clock.advance(250);
        return await sent();
      }, soon)
      .toBe(5);
    const waiting = [await bed.get(first), await bed.get(second)].find(({ counts }) => counts.waiting > 0);
    if (!waiting) throw new Error('nobody waits');
    await bed.turns(waiting, { status: 'paused', pause: { reason: 'messaging_limit', until: expect.any(String) } });
    const until = Date.parse((await bed.get(waiting)).pause?.until ?? '');
    expect(until - bed.desk.clock.now()).toBeGreaterThan(day - minute);
    expect(await sent()).toBe(5);
    bed.desk.clock.advance(until - bed.desk.clock.now() + minute);
    for (const dispatch of [first, second]) await bed.turns(dispatch, { status: 'finished', counts: { sent: 4 } });
  });

  it('lets what people write go first', async () => {
    const busy = await bed.attend(person(900));
    const dispatch = await bed.dispatch(people(30));
    const gate = createGate();
    bed.graph.answer = (call) => (isTemplate(call) ? gate.opened.then(() => taken(call)) : undefined);
    bed.work();
    await expect.poll(sentAsTimePasses, soon).toBe(6);
    // Six hang at Meta and more stand in line: somebody who writes waits for none of them.
    const message = await bed.says(busy, 'Um momento');
    await bed.becomes(message.id, 'done');
    gate.open();
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 30 } });
  });

  it('gives up a line that goes wrong for a reason of its own, and goes on with the next', async () => {
    const dispatch = await bed.dispatch(people(3));
    await opened.database.transaction((tx) =>
      tx.updateTable('dispatchRecipients').set({ variables: 'not json' }).where('place', '=', 1).execute(),
    );
    bed.work();
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 2, failed: 1 } });
    expect(await states(dispatch)).toEqual([
      ['sent', null],
      ['failed', 'internal'],
      ['sent', null],
    ]);
  });

  it('sends the same file to all, uploaded once, and each message has its own', async () => {
    const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://files.test/1'] } };
    const { id: templateId } = await listedTemplate(bed.desk, bed.workspace, 'com_foto', [
      header,
      { type: 'BODY', text: 'Veja' },
    ]);
    const attachmentId = await bed.upload(pngFile(), 'foto.png');
    bed.work();
    const dispatch = await bed.dispatch(people(12), { template: { templateId, attachmentId } });
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 12 } });
    // Two may go up at the same time.
    expect(bed.graph.calls.filter(({ path }) => path.endsWith('/media')).length).toBeLessThanOrEqual(2);
    const files = await opened.database.read
      .selectFrom('attachments')
      .selectAll()
      .where('kind', '=', 'image')
      .execute();
    const own = files.filter(({ messageId }) => messageId !== null);
    expect(own).toHaveLength(12);
    expect(new Set(own.map(({ messageId }) => messageId)).size).toBe(12);
    expect(new Set(files.map(({ storageKey }) => storageKey)).size).toBe(1);
    // The upload itself belongs to no message, and can be sent again.
    expect(files.find(({ id }) => id === attachmentId)?.messageId).toBeNull();
  });

  it('keeps nothing of a step that did not come to its end', async () => {
    const dispatch = await bed.dispatch(people(2));
    const scope = { db: opened.database, clock: bed.desk.clock };
    const cut = runUnit(scope, bed.workspace.id, async (unit) => {
      await dispatchNext(unit, dispatch.id);
      throw new Error('the process is killed');
    });
    await expect(cut).rejects.toThrow('killed');
    expect(await opened.database.read.selectFrom('conversations').selectAll().execute()).toEqual([]);
    bed.work();
    await bed.turns(dispatch, { status: 'finished', counts: { sent: 2 } });
    expect(sorted(bed.sentTo())).toEqual([person(0), person(1)]);
  });
});
