import { expect, it, vi } from 'vitest';
import type { Attachment } from '../contract/index.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { agentOf, idOf, timeOf } from '../testing/samples.ts';
import type { ComposerClient, ComposersOptions } from './composer-options.ts';
import { createComposers } from './composers.ts';
import { memoryDraftStorage, webDraftStorage, type DraftStorage, type WebStorage } from './draft-storage.ts';
import { emptyDraft, writeDraft } from './draft.ts';

const [first, second] = [idOf('cnv', 1), idOf('cnv', 2)];
const day = 24 * 60 * 60 * 1000;
const attachment = {
  id: idOf('att', 1),
  kind: 'image',
  fileName: 'foto.png',
  size: 4,
  createdAt: timeOf(0),
} as Attachment;

class FakeWebStorage implements WebStorage {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** A page: what it writes is gone with it, unless the storage has it. */
function page(storage: DraftStorage, options: ComposersOptions & { readonly me?: () => Promise<unknown> } = {}) {
  const clock = new ManualClock();
  const me = vi.fn(options.me ?? (() => Promise.resolve(agentOf())));
  const client = { agents: { me } } as unknown as ComposerClient;
  const composers = createComposers(client, { clock, storage, ...options });
  return { clock, me, composers };
}

async function writeAndLeave(storage: DraftStorage, options: ComposersOptions = {}) {
  const { composers } = page(storage, options);
  composers.of(first).setText('Olá, Ma');
  await composers.flush();
  composers.destroy();
}

async function textAfter(storage: DraftStorage, options: ComposersOptions = {}): Promise<string> {
  const { composers } = page(storage, options);
  const composer = composers.of(first);
  await settle();
  return composer.value.text;
}

it.each<[string, () => DraftStorage]>([
  ['memory', memoryDraftStorage],
  ['web storage', () => webDraftStorage(new FakeWebStorage())],
])('survive a reload in %s, each agent with their own', async (_, storageOf) => {
  const storage = storageOf();
  await writeAndLeave(storage);
  expect(await textAfter(storage)).toBe('Olá, Ma');
  expect(await textAfter(storage, { owner: 'outra pessoa' })).toBe('');
  const { composers } = page(storage);
  composers.of(first);
  await composers.clear();
  expect(await textAfter(storage)).toBe('');
});

it('live as long as the page when the storage fails in whatever way', async () => {
  const failing: DraftStorage = {
    load: () => Promise.reject(new Error('denied')),
    save() {
      throw new Error('quota');
    },
    erase: () => Promise.reject(new Error('denied')),
  };
  const { clock, composers } = page(failing);
  composers.of(first).setText('Olá');
  await clock.advance(1000);
  expect(composers.value.conversationIds).toEqual([first]);
  await composers.flush();
  await composers.clear();
  expect(composers.of(first).value.text).toBe('');
});

it.each([
  '',
  'null',
  '{}',
  '[]',
  '{"savedAt":1}',
  '{"savedAt":9e15,"draft":{"text":3}}',
  '{"savedAt":9e15,"draft":{"text":"a","mentions":{}}}',
])('of another version, here %j, are dropped', async (kept) => {
  const storage = memoryDraftStorage();
  await storage.save(agentOf().id, first, kept);
  expect(await textAfter(storage)).toBe('');
  expect(await storage.load(agentOf().id)).toEqual({});
});

it('that nobody touched for a month are dropped', async () => {
  const storage = memoryDraftStorage();
  const { clock } = page(storage);
  const draft = { ...emptyDraft, text: 'velho' };
  await storage.save(agentOf().id, first, writeDraft(draft, clock.now() - 30 * day));
  expect(await textAfter(storage)).toBe('');
  await storage.save(agentOf().id, first, writeDraft(draft, clock.now() - 29 * day));
  expect(await textAfter(storage)).toBe('velho');
});

it('ask nothing of anybody before one is wanted, and who the agent is once', async () => {
  const { me, composers } = page(memoryDraftStorage());
  await settle();
  expect(me).not.toHaveBeenCalled();
  composers.of(first);
  composers.of(second);
  await settle();
  expect(me).toHaveBeenCalledTimes(1);
});

it('ask again who the agent is when they could not tell, and keep what was written meanwhile', async () => {
  const storage = memoryDraftStorage();
  await writeAndLeave(storage);
  let isOffline = true;
  const { composers } = page(storage, {
    me: () => (isOffline ? Promise.reject(new Error('offline')) : Promise.resolve(agentOf())),
  });
  composers.of(second).setText('novo');
  await settle();
  isOffline = false;
  expect(composers.of(first).value.text).toBe('');
  await settle();
  expect(composers.of(first).value.text).toBe('Olá, Ma');
  await composers.flush();
  expect(Object.keys(await storage.load(agentOf().id)).sort()).toEqual([first, second]);
});

it('do not write over what is being written when the kept one comes late', async () => {
  const storage = memoryDraftStorage();
  await writeAndLeave(storage);
  const { composers } = page(storage);
  composers.of(first).setText('mais novo');
  await settle();
  expect(composers.of(first).value.text).toBe('mais novo');
});

it('are not brought back by a storage that answers after the logout', async () => {
  const storage = memoryDraftStorage();
  await writeAndLeave(storage);
  let answer = (_: Readonly<Record<string, string>>) => undefined as void;
  const late: DraftStorage = { ...storage, load: () => new Promise((resolve) => (answer = resolve)) };
  const { composers } = page(late, { owner: agentOf().id });
  const kept = await storage.load(agentOf().id);
  composers.of(first);
  await settle();
  await composers.clear();
  answer(kept);
  await settle();
  expect([composers.of(first).value.text, composers.value.conversationIds]).toEqual(['', []]);
  expect(await storage.load(agentOf().id)).toEqual({});
});

it('are erased also when none was opened', async () => {
  const storage = memoryDraftStorage();
  await writeAndLeave(storage);
  await page(storage).composers.clear();
  expect(await storage.load(agentOf().id)).toEqual({});
});

it('are written down a moment after the last of several keys, and removed once they are empty', async () => {
  const storage = memoryDraftStorage();
  const save = vi.spyOn(storage, 'save');
  const { clock, composers } = page(storage);
  const composer = composers.of(first);
  for (const text of ['O', 'Ol', 'Olá']) composer.setText(text);
  await clock.advance(299);
  expect(save).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(save).toHaveBeenCalledTimes(1);
  composer.setText('');
  await clock.advance(300);
  expect(await storage.load(agentOf().id)).toEqual({});
});

it('tell in which conversations something is written, loaded or not, and only when that changes', async () => {
  const storage = memoryDraftStorage();
  await writeAndLeave(storage);
  const { composers } = page(storage);
  const listener = vi.fn();
  composers.subscribe(listener);
  await settle();
  expect(composers.value.conversationIds).toEqual([first]);
  composers.of(second).setText('a');
  await settle();
  const before = composers.value;
  composers.of(second).setText('ab');
  await settle();
  expect(composers.value).toBe(before);
  expect([listener.mock.calls.length, before.conversationIds]).toEqual([2, [first, second]]);
});

it('bring back files that the gateway has, modes and answers', async () => {
  const storage = memoryDraftStorage();
  const draft = { ...emptyDraft, attachments: [attachment], mode: 'note', replyTo: idOf('msg', 3) } as const;
  const { clock, composers } = page(storage);
  await storage.save(agentOf().id, first, writeDraft(draft, clock.now()));
  const composer = composers.of(first);
  await settle();
  expect(composer.value).toMatchObject({
    mode: 'note',
    replyTo: idOf('msg', 3),
    isEmpty: false,
    uploads: { uploads: [{ status: 'ready', fileName: 'foto.png' }] },
  });
});

it('of two owners whose names begin alike are apart in web storage', async () => {
  const items = new FakeWebStorage();
  const storage = webDraftStorage(items);
  await storage.save('a', first, 'um');
  await storage.save('a:b', first, 'dois');
  items.setItem('outra coisa', 'fica');
  expect(await storage.load('a')).toEqual({ [first]: 'um' });
  await storage.erase('a');
  expect([...items.items.keys()]).toHaveLength(2);
});
