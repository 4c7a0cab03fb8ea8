import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf } from '../testing/samples.ts';
import { createTypingNotifier } from './typing-notifier.ts';
import { TypingThrottle } from './typing-throttle.ts';

function throttled(options: { readonly idleMs?: number | null } = {}) {
  const clock = new ManualClock();
  const said: boolean[] = [];
  const throttle = new TypingThrottle({ say: (typing) => said.push(typing), clock, ...options });
  return { clock, said, throttle };
}

describe('a typing throttle', () => {
  it('says it at most every three seconds, however many keys there are', async () => {
    const { clock, said, throttle } = throttled();
    for (let key = 0; key < 70; key++) {
      throttle.set(true);
      await clock.advance(100);
    }
    expect(said).toEqual([true, true, true]);
  });

  it('says that it stopped after a while without a key, once, and nothing when nothing was said', async () => {
    const { clock, said, throttle } = throttled();
    throttle.set(false);
    throttle.set(true);
    await clock.advance(4999);
    expect(said).toEqual([true]);
    await clock.advance(1);
    throttle.set(false);
    expect(said).toEqual([true, false]);
    expect(clock.pending).toBe(0);
  });

  it('leaves the end to the gateway when it is asked to', async () => {
    const { clock, said, throttle } = throttled({ idleMs: null });
    throttle.set(true);
    await clock.advance(60_000);
    expect(said).toEqual([true]);
  });

  it('says it anew right after it stopped, and after a clock that was set back', () => {
    const { clock, said, throttle } = throttled();
    throttle.set(true);
    throttle.set(false);
    throttle.set(true);
    clock.sleep(-3_600_000);
    throttle.set(true);
    expect(said).toEqual([true, false, true, true]);
  });

  it('survives a word that fails, at once or later', async () => {
    const clock = new ManualClock();
    let tries = 0;
    const throttle = new TypingThrottle({
      clock,
      say() {
        tries += 1;
        if (tries === 1) throw new Error('no connection');
        return Promise.reject(new Error('no connection'));
      },
    });
    throttle.set(true);
    throttle.set(false);
    await settle();
    expect(tries).toBe(2);
  });
});

describe('the typing notifier', () => {
  function notifier() {
    const clock = new ManualClock();
    const said: string[] = [];
    const typing = createTypingNotifier(
      {
        conversations: {
          typing(id, is) {
            said.push(`${id.slice(-1)} ${is ? 'types' : 'stopped'}`);
            return Promise.resolve();
          },
        },
      },
      { clock },
    );
    return { clock, said, typing };
  }

  const webchat = (number: number) => conversationOf(number, { origin: 'webchat', status: 'active' });

  it('never speaks on WhatsApp, before anybody attends, or without a conversation', () => {
    const { said, typing } = notifier();
    typing.set(true);
    typing.select(conversationOf(1, { status: 'active' }));
    typing.set(true);
    typing.select(conversationOf(2, { origin: 'webchat', status: 'queued' }));
    typing.set(true);
    expect(said).toEqual([]);
  });

  it('tells the conversation that was left that it is over, and the other one at once', async () => {
    const { clock, said, typing } = notifier();
    typing.select(webchat(1));
    typing.set(true);
    typing.select(webchat(2));
    typing.set(true);
    typing.destroy();
    await clock.advance(10_000);
    expect(said).toEqual(['1 types', '1 stopped', '2 types', '2 stopped']);
  });

  it('goes on when only another version of the conversation comes', () => {
    const { said, typing } = notifier();
    typing.select(webchat(1));
    typing.set(true);
    typing.select({ ...webchat(1), id: idOf('cnv', 1) });
    typing.set(true);
    expect(said).toEqual(['1 types']);
  });
});
