import { describe, expect, it, vi } from 'vitest';
import type { Conversation } from '../contract/index.ts';
import { contactOf, conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { EntityStore } from './entity-store.ts';

const id = idOf('cnv', 1);
const none = () => [];

function storeWith(holds: () => Iterable<string> = none) {
  const store = new EntityStore();
  const release = store.retain(holds);
  const told: (string | null)[] = [];
  store.observe('conversation', null, (conversation) => told.push(conversation && `${conversation.version}`));
  return { store, release, told };
}
const removed = (version: number) => ({ type: 'conversation.removed', data: { conversationId: id, version } });

describe('versions', () => {
  it('drops stale copies, and those that are known already', () => {
    const { store, told } = storeWith();
    for (const version of [2, 1, 2, 3]) store.put('conversation', conversationOf(1, { version }));
    expect(told).toEqual(['2', '3']);
    expect(store.get('conversation', id)?.version).toBe(3);
  });

  it('tells the copy before, and nothing of what an event of another shape carries', () => {
    const { store } = storeWith();
    const observer = vi.fn();
    store.observe('conversation', null, observer);
    const [first, second] = [conversationOf(1), conversationOf(1, { version: 2 })];
    for (const conversation of [first, second]) store.putEvent({ type: 'x', data: { conversation } });
    for (const data of [null, 'text', {}, { conversation: { id: 7 } }, { conversation: null }]) {
      store.putEvent({ type: 'x', data });
    }
    expect(observer.mock.calls).toEqual([
      [first, undefined, id],
      [second, first, id],
    ]);
  });

  it('keeps the others told when one of those who listen throws', () => {
    const { store } = storeWith();
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    store.observe('conversation', id, () => {
      throw new Error('a shape that is not known');
    });
    const observer = vi.fn();
    store.observe('conversation', id, observer);
    store.put('conversation', conversationOf(1));
    expect(observer).toHaveBeenCalledOnce();
    expect(report).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});

describe('what went out of sight', () => {
  it('is gone, and comes back with a newer version only', () => {
    const { store, told } = storeWith();
    store.put('conversation', conversationOf(1, { version: 4 }));
    store.putEvent(removed(5));
    expect(store.get('conversation', id)).toBeUndefined();
    for (const version of [4, 5]) store.put('conversation', conversationOf(1, { version }));
    expect(store.get('conversation', id)).toBeUndefined();
    store.put('conversation', conversationOf(1, { version: 6 }));
    expect(told).toEqual(['4', null, '6']);
  });

  it('goes when the answer of the command was there before the event, and stays when that is old', () => {
    const { store, told } = storeWith();
    store.put('conversation', conversationOf(1, { version: 5 }));
    store.putEvent(removed(5));
    store.put('conversation', conversationOf(1, { version: 7 }));
    store.putEvent(removed(6));
    expect(told).toEqual(['5', null, '7']);
  });

  it('is back as it was when the server lists it again, and not when it listed it before', () => {
    const { store } = storeWith();
    store.putEvent(removed(5));
    store.put('conversation', conversationOf(1, { version: 4 }), true);
    expect(store.get('conversation', id)).toBeUndefined();
    store.put('conversation', conversationOf(1, { version: 5 }), true);
    expect(store.get('conversation', id)?.version).toBe(5);
  });

  it('may never have been known', () => {
    const { store, told } = storeWith();
    store.putEvent(removed(5));
    expect(told).toEqual([null]);
  });
});

describe('who is told', () => {
  it('hears of one kind, of one thing, or of the messages of one conversation', () => {
    const { store } = storeWith();
    const heard: string[] = [];
    const stops = [
      store.observe('message', null, () => heard.push('every message')),
      store.observe('message', id, () => heard.push('messages of 1')),
      store.observe('conversation', id, () => heard.push('conversation 1')),
      store.observe('contact', null, () => heard.push('contacts')),
    ];
    store.putEvent({ type: 'message.created', data: { message: messageOf(1), conversation: conversationOf(1) } });
    expect(heard.sort()).toEqual(['conversation 1', 'every message', 'messages of 1']);
    heard.length = 0;
    store.put('message', messageOf(1, { conversationId: idOf('cnv', 2) }));
    store.put('conversation', conversationOf(2));
    store.put('contact', contactOf());
    expect(heard).toEqual(['every message', 'contacts']);
    heard.length = 0;
    for (const stop of stops) stop();
    store.putEvent({ type: 'message.created', data: { message: messageOf(2), conversation: conversationOf(1) } });
    expect(heard).toEqual([]);
  });

  it('is who asked for that thing, however many ask for others', () => {
    const { store } = storeWith();
    let calls = 0;
    for (let number = 1; number <= 1000; number++) {
      store.observe('conversation', idOf('cnv', number), () => calls++);
      store.observe('message', idOf('cnv', number), () => calls++);
    }
    store.putEvent({ type: 'message.created', data: { message: messageOf(1), conversation: conversationOf(1) } });
    expect(calls).toBe(2);
  });
});

describe('what is kept', () => {
  it('is nothing before a query runs and after the last one has stopped', () => {
    const store = new EntityStore();
    store.put('contact', contactOf());
    expect(store.get('contact', contactOf().id)).toBeUndefined();
    const [one, two] = [store.retain(none), store.retain(none)];
    store.put('contact', contactOf());
    one();
    expect(store.get('contact', contactOf().id)).toBeDefined();
    two();
    expect(store.get('contact', contactOf().id)).toBeUndefined();
  });

  it('is what is held, and of the rest the latest', () => {
    const held = [1, 2, 3].map((number) => idOf('cnv', number));
    const { store } = storeWith(() => held);
    const last = 20_000;
    for (let number = 1; number <= last; number++) store.put('conversation', conversationOf(number));
    const known = (number: number): Conversation | undefined => store.get('conversation', idOf('cnv', number));
    expect(held.every((one) => store.get('conversation', one))).toBe(true);
    expect(known(4)).toBeUndefined();
    expect(Array.from({ length: 1000 }, (_, index) => known(last - index)).every(Boolean)).toBe(true);
    const count = Array.from({ length: last }, (_, index) => known(index + 1)).filter(Boolean).length;
    expect(count).toBeLessThanOrEqual(2 * 1003 + 1);
  });

  it('is looked through seldom: once for as much as came in since', () => {
    let looks = 0;
    const { store } = storeWith(() => (looks++, []));
    for (let number = 1; number <= 100_000; number++) store.put('conversation', conversationOf(number));
    expect(looks).toBeLessThanOrEqual(100);
  });
});
