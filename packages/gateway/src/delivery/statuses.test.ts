import type { Conversation, Message } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';

const free = { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' };
const charged = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;
  let message: Message;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend('+5583999142210');
    message = await bed.says(conversation, 'Oi');
    bed.work();
    await bed.becomes(message.id, 'done');
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const soon = { timeout: 20_000, interval: 20 };
  const tell = async (...statuses: readonly object[]) => {
    await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses }), bed);
    const pending = () =>
      opened.database.read.selectFrom('envelopes').select('id').where('state', '=', 'pending').execute();
    await expect.poll(pending, soon).toEqual([]);
    return await bed.message(message);
  };
  const status = (name: string, more: object = {}) => statusOf('wamid.out1', name, more);

  it('say what is charged, as it is reported; whichever of them brings it', async () => {
    expect((await bed.message(message)).pricing).toBeNull();
    expect((await tell(status('sent'))).pricing).toBeNull();
    const reported = { billable: false, model: 'PMP', type: 'free_customer_service', category: 'service' };
    expect(await tell(status('delivered', { pricing: free }))).toMatchObject({
      status: 'delivered',
      pricing: reported,
    });
    const { version } = await bed.message(message);
    expect((await tell(status('delivered', { pricing: free }))).version).toBe(version);
    // An older one that comes late says nothing new.
    expect((await tell(status('sent', { pricing: charged }))).pricing).toEqual(reported);
    expect((await tell(status('read', { pricing: charged }))).pricing).toMatchObject({
      billable: true,
      type: 'regular',
    });
  });

  it('say what is charged also when that comes again, with what it lacked, and in words that nobody knows', async () => {
    await tell(status('sent'));
    const unknown = { type: 'lunar', category: 'phases', unheard: 7 };
    expect((await tell(status('sent', { pricing: unknown }))).pricing).toEqual({
      billable: null,
      model: null,
      type: 'lunar',
      category: 'phases',
    });
    for (const pricing of [null, 'free', [], {}, { billable: 'yes' }]) {
      expect((await tell(status('sent', { pricing }))).pricing).toMatchObject({ type: 'lunar' });
    }
  });

  it('are ranked: none is lowered, and what nobody knows is left alone', async () => {
    expect((await tell(status('played'), status('sent'), status('delivered'))).status).toBe('played');
    for (const name of ['warning', 'deleted', 'pending', '', 'queued']) {
      expect((await tell(status(name))).status).toBe('played');
    }
    const failed = await tell(status('failed', { errors: [{ code: 131026 }] }));
    expect(failed.status).toBe('played');
  });

  it('keep what is charged when they come before the answer to the send', async () => {
    let accept: (response: Response) => void = () => undefined;
    bed.graph.answer = () => new Promise<Response>((resolve) => (accept = resolve));
    message = await bed.says(conversation, 'Depressa');
    await expect.poll(() => bed.graph.texts(), soon).toHaveLength(2);
    expect((await tell(statusOf('wamid.early', 'delivered', { pricing: charged }))).status).toBe('pending');
    accept(Response.json({ messages: [{ id: 'wamid.early' }] }));
    await expect.poll(async () => (await bed.message(message)).status, soon).toBe('delivered');
    expect((await bed.message(message)).pricing).toMatchObject({ billable: true, category: 'utility' });
  });
});
