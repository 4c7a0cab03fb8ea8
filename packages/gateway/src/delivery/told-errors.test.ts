import type { Conversation, Message } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { channelOf } from '../store/channels.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { graphRefusal, openSendingDesk, type GraphCall, type SendingDesk } from '../testbed/sending-desk.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';

/** What Meta says of errors by webhook, after it took a message or without any. */
forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let marina: Conversation;
  let rui: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    marina = await bed.attend('+5583999142210');
    rui = await bed.attend('+5583988120042');
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const soon = { timeout: 20_000, interval: 20 };
  const ago = (ms: number) => String(Math.floor((bed.desk.clock.now() - ms) / 1000));
  const tell = async (value: object) => {
    expect((await postWebhook(bed.desk, envelopeOf(bed.workspace, value), bed)).status).toBe(200);
    const waiting = () =>
      opened.database.read.selectFrom('envelopes').select('id').where('state', '=', 'pending').execute();
    await expect.poll(waiting, soon).toEqual([]);
  };
  const failed = (providerId: string, code: number, timestamp = ago(0)) => ({
    statuses: [statusOf(providerId, 'failed', { timestamp, errors: [{ code, title: 'no' }] })],
  });
  /** What comes out within a moment, without the clock going on. */
  const leaves = async (text: string) => {
    await new Promise((resolve) => setTimeout(resolve, 90));
    return bed.graph.texts().includes(text);
  };
  const sent = async (conversation: Conversation, text: string) => {
    await bed.becomes((await bed.says(conversation, text)).id, 'done');
    return `wamid.out${String(bed.graph.calls.length)}`;
  };
  const health = async () => channelOf(await bed.channel()).health;

  describe('of what a message has in it', () => {
    const isUpload = ({ path }: GraphCall) => path.endsWith('/media');
    const uploads = () => bed.graph.calls.filter(isUpload).length;
    const picture = async () => {
      const attachmentId = await bed.upload(pngFile(), 'foto.png');
      const message = await bed.send(marina, { type: 'image', attachmentId });
      return { message, attachmentId };
    };
    const again = async ({ id }: Message) => {
      const answer = await bed.ana.call<Message>('POST', `/v1/conversations/${marina.id}/messages/${id}/resend`);
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
      await bed.becomes(answer.body.id, 'done');
    };

    it('a file that Meta could not use is brought there anew when its message is sent again', async () => {
      bed.work();
      const { message } = await picture();
      await bed.becomes(message.id, 'done');
      expect(uploads()).toBe(1);
      await tell(failed(`wamid.out${String(bed.graph.calls.length)}`, 131053));
      expect((await bed.message(message)).failure?.code).toBe('131053');
      await again(message);
      expect(uploads()).toBe(2);
      const [first, second] = bed.graph.bodies().map(({ image }) => (image as { id: string } | undefined)?.id);
      expect(second).not.toBe(first);
    });

    it('so is one whose id Meta does not know any more, as the answer to the send says it', async () => {
      bed.graph.answer = ({ body }) => (body['image'] && uploads() === 1 ? graphRefusal(131009) : undefined);
      bed.work();
      const { message } = await picture();
      await bed.becomes(message.id, 'failed');
      await again(message);
      expect(uploads()).toBe(2);
    });

    it('a template that Meta has paused is looked up', async () => {
      bed.work();
      await tell(failed(await sent(marina, 'Um'), 132015));
      const lookedUp = () => bed.graph.calls.some(({ path }) => path.endsWith('/message_templates'));
      await expect.poll(lookedUp, soon).toBe(true);
    });
  });

  describe('too fast', () => {
    it.each<[string, (id: string) => object]>([
      ['in the status of a message', (id) => failed(id, 130429)],
      ['of the number itself', () => ({ errors: [{ code: 130429, title: 'Rate limit hit' }] })],
      [
        'twice in one POST, which is once',
        (id) => ({ ...failed(id, 130429), errors: [{ code: 130429 }, { code: '130429' }] }),
      ],
    ])('%s: nobody sends from it for a second', async (_where, value) => {
      bed.work();
      const id = await sent(marina, 'Um');
      await tell(value(id));
      const waiting = await bed.says(rui, 'Dois');
      expect(await leaves('Dois')).toBe(false);
      bed.desk.clock.advance(second + 50);
      await bed.becomes(waiting.id, 'done');
    });

    it.each([131048, 131057])(
      'of a number that may send nothing for a while (%i): nobody tries for five minutes',
      async (code) => {
        bed.work();
        await tell(failed(await sent(marina, 'Um'), code));
        const waiting = await bed.says(rui, 'Dois');
        bed.desk.clock.advance(4 * minute);
        expect(await leaves('Dois')).toBe(false);
        bed.desk.clock.advance(minute + second);
        await bed.becomes(waiting.id, 'done');
      },
    );

    it('as the answer to a send says it: nobody else tries either, and the number shows why', async () => {
      bed.graph.answer = ({ body }) => (body['text'] ? graphRefusal(131048) : undefined);
      bed.work();
      const first = await bed.says(marina, 'Um');
      await expect.poll(async () => (await bed.job(first.id))?.lastError, soon).toContain('131048');
      expect(await health()).toMatchObject({ status: 'restricted', paused: false });
      const next = await bed.says(rui, 'Dois');
      expect(await leaves('Dois')).toBe(false);
      bed.graph.answer = () => undefined;
      bed.desk.clock.advance(5 * minute + second);
      for (const { id } of [first, next]) await bed.becomes(id, 'done');
      expect((await health()).status).toBe('healthy');
    });

    it('of one person, in a status: others flow', async () => {
      bed.work();
      await tell(failed(await sent(marina, 'Um'), 131056));
      const held = await bed.says(marina, 'Dois');
      await sent(rui, 'Outra');
      expect(await leaves('Dois')).toBe(false);
      bed.desk.clock.advance(second + 50);
      await bed.becomes(held.id, 'done');
    });

    it('six minutes ago, told now: nobody waits', async () => {
      bed.work();
      const id = await sent(marina, 'Um');
      bed.desk.clock.advance(10 * minute);
      await tell(failed(id, 130429, ago(6 * minute)));
      await sent(rui, 'Dois');
    });

    it('of whoever nobody knows: nobody waits', async () => {
      bed.work();
      await tell(failed('wamid.of-another-system', 131056));
      await sent(marina, 'Um');
      await sent(rui, 'Dois');
    });
  });

  it('that the account is locked shows in the health of the number, and holds nothing up', async () => {
    bed.work();
    await tell({ errors: [{ code: 131031, error_data: { details: 'Account has been locked' } }] });
    expect(await health()).toMatchObject({
      status: 'restricted',
      paused: false,
      lastError: { text: '131031: Account has been locked' },
    });
    await sent(marina, 'Um');
    expect((await health()).status).toBe('healthy');
  });

  it('about a token stops nothing: the next answer says what holds', async () => {
    bed.work();
    await tell({ errors: [{ code: 'x' }, { code: {} }, { code: 0 }, { code: 190, title: 'Token expired' }] });
    expect(await health()).toMatchObject({
      status: 'healthy',
      paused: false,
      lastError: { text: '190: Token expired', at: new Date(bed.desk.clock.now()).toISOString() },
    });
    await sent(marina, 'Um');
  });

  it('of one message is shown with that message, and not as one of the number', async () => {
    bed.work();
    await tell(failed(await sent(marina, 'Um'), 131026));
    expect((await health()).lastError).toBeNull();
  });

  it('that somebody wants no marketing is kept, whether an answer or a status says it', async () => {
    const allowed = async () =>
      (await opened.database.read.selectFrom('contacts').select('marketingAllowed').orderBy('id').execute()).map(
        ({ marketingAllowed }) => marketingAllowed,
      );
    expect(await allowed()).toEqual([null, null]);
    bed.work();
    bed.graph.answer = () => graphRefusal(131050);
    await bed.becomes((await bed.says(marina, 'Oferta')).id, 'failed');
    expect((await allowed()).filter((choice) => choice === 0)).toHaveLength(1);
    bed.graph.answer = () => undefined;
    await tell(failed(await sent(rui, 'Oferta'), 131050));
    expect(await allowed()).toEqual([0, 0]);
  });
});
