import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../contract/index.ts';
import { systemClock } from '../client/clock.ts';
import type { OutboxOptions } from './outbox-options.ts';

const options: OutboxOptions = {
  clock: systemClock,
  storage: null,
  owner: () => Promise.reject(new Error('asked')),
  post: (conversationId, { clientId = null }) => Promise.resolve({ id: 'msg_1', conversationId, clientId } as Message),
  upload: () => Promise.reject(new Error('uploaded')),
  onSent: () => undefined,
  onUnsaved: () => undefined,
};

/** The code is loaded once for all: each test begins as a page does that has not needed it. */
async function fresh() {
  vi.resetModules();
  const { LazyOutbox } = await import('./lazy-outbox.ts');
  return new LazyOutbox(options);
}

describe('an outbox that is loaded with its first message', () => {
  beforeEach(() => {
    vi.resetModules();
  });
  afterEach(() => {
    vi.doUnmock('./outbox.ts');
  });

  it('has nothing pending until then, and sends', async () => {
    const outbox = await fresh();
    const seen: string[] = [];
    outbox.observe((conversationId) => seen.push(conversationId));
    expect(outbox.pending('cnv_1')).toBe(outbox.pending('cnv_2'));
    expect([outbox.isSaved, outbox.discard('client-id-1')]).toEqual([false, false]);
    const text = { type: 'text', text: 'Olá', clientId: 'client-id-1' } as const;
    await expect(outbox.send('cnv_1', text)).resolves.toMatchObject({ id: 'msg_1' });
    expect(seen).toContain('cnv_1');
    expect(outbox.pending('cnv_1')).toEqual([]);
  });

  it('says why it cannot send when its code does not come, and that trying again may help', async () => {
    vi.doMock('./outbox.ts', () => {
      throw new Error('404');
    });
    const outbox = await fresh();
    outbox.start();
    await expect(outbox.send('cnv_1', { type: 'text', text: 'Olá' })).rejects.toMatchObject({
      code: 'connection_failed',
      retryable: true,
    });
  });

  it('sends nothing when the client is destroyed meanwhile', async () => {
    const outbox = await fresh();
    const sent = outbox.send('cnv_1', { type: 'text', text: 'Olá' });
    outbox.destroy();
    await expect(sent).rejects.toMatchObject({ code: 'client_destroyed' });
    await expect(outbox.all()).rejects.toMatchObject({ code: 'client_destroyed' });
  });
});
