import { describe, expect, it } from 'vitest';
import { setOpenScene } from '../testing/scene.ts';

describe('waiting for a message', () => {
  it('gives up with the time it waited', async () => {
    const { marina } = await setOpenScene();
    await expect(marina.waitFor(() => false, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/within 20 ms/),
    });
  });

  it('stops when the caller does', async () => {
    const { marina } = await setOpenScene();
    await expect(marina.waitFor(() => false, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('sees what is there and what comes', async () => {
    const { marina, send } = await setOpenScene();
    await expect(marina.waitFor((each) => each.from === 'customer')).resolves.toMatchObject({ from: 'customer' });
    const coming = marina.waitFor((each) => each.from === 'business');
    await send({ text: { body: 'Bom dia' } });
    await expect(coming).resolves.toMatchObject({ content: { body: 'Bom dia' }, status: 'delivered' });
  });
});

describe('the phone', () => {
  it('counts what was not read, chat by chat', async () => {
    const { marina, send, simulator } = await setOpenScene();
    await send({ text: { body: 'um' } });
    await send({ text: { body: 'dois' } });
    await simulator.settled();
    expect(marina.view.chats).toMatchObject([{ name: 'Loja Cacau', unread: 2 }]);
    marina.reads();
    expect(marina.view.chats[0]?.unread).toBe(0);
  });

  it('shows frozen messages only', async () => {
    const { marina } = await setOpenScene();
    expect(Object.isFrozen(marina.messages)).toBe(true);
    expect(marina.messages[0]).not.toHaveProperty('outgoing');
  });
});
