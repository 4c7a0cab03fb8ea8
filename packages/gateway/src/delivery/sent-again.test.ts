import type { Conversation, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hour, minute, second } from '../clock.ts';
import { openDispatchDesk, person, soon, type DispatchDesk } from '../testbed/dispatch-desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';
import { listedTemplate } from '../testbed/templates.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';

vi.setConfig({ testTimeout: 60_000 });

/* Messages that Meta took and then did not send, by the code that it says so with. */
forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: DispatchDesk;
  let marina: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openDispatchDesk(opened.database);
    marina = await bed.attend('+5583999142210');
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const idOfLast = () => `wamid.out${String(bed.graph.calls.length)}`;
  const sent = async (text: string): Promise<Message & { readonly wamid: string }> => {
    const message = await bed.says(marina, text);
    await bed.becomes(message.id, 'done');
    return { ...message, wamid: idOfLast() };
  };
  const tell = async (...statuses: readonly object[]) => {
    expect((await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses }), bed)).status).toBe(200);
    const waiting = () =>
      opened.database.read.selectFrom('envelopes').select('id').where('state', '=', 'pending').execute();
    await expect.poll(waiting, soon).toEqual([]);
  };
  const seconds = () => String(Math.floor(bed.desk.clock.now() / 1000));
  const failed = (wamid: string, code: number, more: object = {}) =>
    statusOf(wamid, 'failed', { timestamp: seconds(), errors: [{ code, title: 'no' }], ...more });
  const thread = async (conversation = marina) => {
    const path = `/v1/conversations/${conversation.id}/messages?limit=100`;
    const { data } = (await bed.ana.call<Page<Message>>('GET', path)).body;
    return data.filter(({ direction, author }) => direction === 'outbound' && author.kind !== 'system');
  };
  const againOf = async ({ id }: Pick<Message, 'id'>, conversation = marina) =>
    (await thread(conversation)).find(({ resendOf }) => resendOf === id);
  /** Until it has left, while time passes. */
  const leaves = async (subjectId: string | undefined, step = second) => {
    const look = async () => {
      bed.desk.clock.advance(step);
      return (await bed.job(subjectId ?? ''))?.state;
    };
    await expect.poll(look, soon).toBe('done');
    return idOfLast();
  };

  describe('are sent again', () => {
    it.each([130429, 131056, 131016, 131048, 131000])('after %i, as a new message of the same person', async (code) => {
      bed.work();
      const first = await sent('Bom dia');
      await tell(failed(first.wamid, code));
      expect(await bed.message(first)).toMatchObject({ status: 'failed', failure: { code: String(code) } });
      const again = await againOf(first);
      expect(again).toMatchObject({ status: 'pending', content: { text: 'Bom dia' }, author: first.author });
      expect(bed.graph.texts()).toEqual(['Bom dia']);
      const wamid = await leaves(again?.id, 10 * second);
      expect(bed.graph.texts()).toEqual(['Bom dia', 'Bom dia']);
      await tell(statusOf(wamid, 'delivered', { timestamp: seconds() }));
      expect((await thread()).map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
    });

    it('not at once, and before what is written after them', async () => {
      bed.work();
      const first = await sent('Um');
      await tell(failed(first.wamid, 131056));
      const next = await bed.says(marina, 'Dois');
      await new Promise((resolve) => setTimeout(resolve, 90));
      expect(bed.graph.texts()).toEqual(['Um']);
      await leaves(next.id);
      expect(bed.graph.texts()).toEqual(['Um', 'Um', 'Dois']);
    });

    it('once, however often and in whatever company Meta says that they failed', async () => {
      bed.work();
      const first = await sent('Bom dia');
      const news = failed(first.wamid, 130429, { biz_opaque_callback_data: first.id });
      await tell(news, news);
      await tell(news, { ...news, pricing: { billable: false, category: 'service' } });
      await leaves((await againOf(first))?.id);
      await tell(news, failed(first.wamid, 131016));
      expect(await thread()).toHaveLength(2);
      expect(bed.graph.texts()).toHaveLength(2);
    });

    it('also when that is said before Meta has answered the send itself', async () => {
      const gate = createGate();
      bed.graph.answer = async () => {
        await gate.opened;
        return undefined;
      };
      bed.work();
      const first = await bed.says(marina, 'Bom dia');
      await expect.poll(() => bed.graph.texts(), soon).toHaveLength(1);
      await tell(failed(idOfLast(), 130429));
      gate.open();
      await bed.becomes(first.id, 'done');
      await leaves((await againOf(first))?.id);
      expect((await bed.message(first)).status).toBe('failed');
    });

    it('three times, each later than the one before; then people decide', async () => {
      bed.work();
      let last: Message = await sent('Bom dia');
      const times = [bed.desk.clock.now()];
      for (let wamid = idOfLast(), round = 0; round < 3; round++) {
        await tell(failed(wamid, 130429));
        const again = await againOf(last);
        wamid = await leaves(again?.id);
        last = again ?? last;
        times.push(bed.desk.clock.now());
      }
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(pauses[1]).toBeGreaterThan(3 * second);
      expect(pauses[2]).toBeGreaterThan(15 * second);
      await tell(failed(idOfLast(), 130429));
      expect(await thread()).toHaveLength(4);
      const byHand = await bed.ana.call<Message>('POST', `/v1/conversations/${marina.id}/messages/${last.id}/resend`);
      expect([byHand.status, byHand.body.resendOf]).toEqual([200, last.id]);
    });

    it('once more only, when Meta itself cannot tell why', async () => {
      bed.work();
      const first = await sent('Bom dia');
      await tell(failed(first.wamid, 135000));
      const again = await againOf(first);
      await tell(failed(await leaves(again?.id), 135000));
      expect(await thread()).toHaveLength(2);
    });

    it('and not by hand as well', async () => {
      bed.work();
      const first = await sent('Bom dia');
      await tell(failed(first.wamid, 130429));
      const byHand = await bed.ana.call('POST', `/v1/conversations/${marina.id}/messages/${first.id}/resend`);
      expect(byHand).toMatchObject({ status: 409, body: { code: 'message_not_resendable' } });
    });
  });

  describe('are left to people', () => {
    it.each([131026, 131047, 131049, 130472, 131053, 190, 999_999])('after %i', async (code) => {
      bed.work();
      const first = await sent('Bom dia');
      await tell(failed(first.wamid, code));
      expect(await thread()).toMatchObject([{ status: 'failed' }]);
    });

    it('when they had arrived', async () => {
      bed.work();
      const first = await sent('Bom dia');
      await tell(statusOf(first.wamid, 'delivered', { timestamp: seconds() }));
      await tell(failed(first.wamid, 130429));
      expect(await thread()).toMatchObject([{ status: 'delivered' }]);
    });

    it('when it is told too late to be of use', async () => {
      bed.work();
      const first = await sent('Bom dia');
      bed.desk.clock.advance(hour + minute);
      await tell(failed(first.wamid, 130429));
      expect(await thread()).toMatchObject([{ status: 'failed' }]);
    });

    it('when the conversation is over', async () => {
      bed.work();
      const first = await sent('Bom dia');
      await bed.ana.call('POST', `/v1/conversations/${marina.id}/close`, {});
      await tell(failed(first.wamid, 130429));
      expect(await thread()).toMatchObject([{ status: 'failed' }]);
    });

    it('when they were written in the app on the company’s phone', async () => {
      bed.work();
      const echo = { id: 'wamid.phone', from: '5583333300', to: '5583999142210', type: 'text', text: { body: 'Oi' } };
      const envelope = envelopeOf(bed.workspace, { message_echoes: [{ ...echo, timestamp: seconds() }] });
      const text = JSON.stringify(envelope).replace('"field":"messages"', '"field":"smb_message_echoes"');
      await postWebhook(bed.desk, text, bed);
      await expect.poll(() => thread(), soon).toHaveLength(1);
      await tell(failed('wamid.phone', 130429));
      expect(await thread()).toMatchObject([{ status: 'failed' }]);
    });
  });

  describe('of a dispatch', () => {
    const written = async () => {
      bed.work();
      const dispatch = await bed.dispatch([{ to: { phone: person(1) } }]);
      await bed.turns(dispatch, { status: 'finished', counts: { sent: 1 } });
      return { dispatch, wamid: idOfLast() };
    };

    it('are what its line tells of from then on', async () => {
      const { dispatch, wamid } = await written();
      const [before] = await bed.recipients(dispatch);
      await tell(failed(wamid, 130429));
      expect(await bed.get(dispatch)).toMatchObject({ counts: { sending: 1, failed: 0 } });
      const [line] = await bed.recipients(dispatch);
      expect(line?.messageId).not.toBe(before?.messageId);
      const later = await leaves(line?.messageId ?? undefined);
      await tell(statusOf(later, 'delivered', { timestamp: seconds() }));
      expect(await bed.get(dispatch)).toMatchObject({ counts: { delivered: 1, failed: 0 } });
      expect(bed.sentTo()).toEqual([person(1), person(1)]);
    });

    it('are not sent again after it was cancelled', async () => {
      bed.work();
      const two = [{ to: { phone: person(1) } }, { to: { phone: person(2) } }];
      const first = createGate();
      bed.graph.answer = async ({ body }) => {
        if (body['to'] === person(2).slice(1)) await first.opened;
        return undefined;
      };
      const dispatch = await bed.dispatch(two);
      await bed.turns(dispatch, { counts: { sent: 1, sending: 1 } });
      const [line] = await bed.recipients(dispatch);
      await bed.cancel(dispatch);
      const [{ providerId }] = (await opened.database.read
        .selectFrom('messages')
        .select('providerId')
        .where('id', '=', line?.messageId ?? '')
        .execute()) as [{ providerId: string }];
      await tell(failed(providerId, 130429));
      first.open();
      expect((await bed.recipients(dispatch))[0]).toMatchObject({ state: 'failed', messageId: line?.messageId });
    });

    it('of marketing are not, to somebody who has stopped it since', async () => {
      const offer = await listedTemplate(
        bed.desk,
        bed.workspace,
        'oferta',
        [{ type: 'BODY', text: 'Só hoje' }],
        'MARKETING',
      );
      bed.work();
      const dispatch = await bed.dispatch([{ to: { phone: person(1) } }], { template: { templateId: offer.id } });
      await bed.turns(dispatch, { status: 'finished', counts: { sent: 1 } });
      const wamid = idOfLast();
      await opened.database.transaction((tx) => tx.updateTable('contacts').set({ marketingAllowed: 0 }).execute());
      await tell(failed(wamid, 130429));
      expect(await bed.get(dispatch)).toMatchObject({ counts: { failed: 1 } });
    });
  });
});
