import type { Message } from '@prosa/core/contract';
import { expect, it } from 'vitest';
import { day } from '../clock.ts';
import { oldestWaiting, openDesk } from '../testbed/desk.ts';
import { forEachEngine } from '../testbed/engines.ts';
import { settleEarlyStatuses } from './early-statuses.ts';

forEachEngine((_engine, open) => {
  it('brings a status and its message together when each was committed without seeing the other', async () => {
    const opened = await open();
    const desk = openDesk(opened.database);
    const workspace = await desk.workspace('Cacau');
    const ana = await workspace.agent('ana');
    await workspace.customerSays('+5583999142210', 'Oi');
    const { id } = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const path = `/v1/conversations/${id}/messages`;
    const sent = (await ana.call<Message>('POST', path, { type: 'text', text: 'Olá!' })).body;
    const early = (providerId: string) => ({
      channelId: workspace.channel.id,
      providerId,
      status: 'read',
      data: JSON.stringify({ at: desk.clock.now(), failure: null }),
      receivedAt: desk.clock.now(),
    });
    await opened.database.transaction(async (tx) => {
      await tx.updateTable('messages').set({ providerId: 'wamid.met' }).where('id', '=', sent.id).execute();
      await tx
        .insertInto('earlyStatuses')
        .values([early('wamid.met'), early('wamid.foreign')])
        .execute();
    });
    const scope = { db: opened.database, clock: desk.clock };
    await settleEarlyStatuses(scope);
    expect((await ana.call<Message>('GET', `${path}/${sent.id}`)).body.status).toBe('read');
    const left = () => opened.database.read.selectFrom('earlyStatuses').select('providerId').execute();
    expect(await left()).toEqual([{ providerId: 'wamid.foreign' }]);
    desk.clock.advance(9 * day);
    await settleEarlyStatuses(scope);
    expect(await left()).toEqual([]);
    await desk.gateway.close();
    await opened.close();
  });
});
