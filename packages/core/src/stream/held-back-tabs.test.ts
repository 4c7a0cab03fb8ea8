import { afterEach, expect, it, vi } from 'vitest';
import { record } from '../testing/connected-client.ts';
import { settle, type ManualClock } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { pretendBrowser } from '../testing/pretend-browser.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { ScriptedLog } from '../testing/scripted-log.ts';
// What the client loads when it needs it is here at once.
import '../store/durable-rows.ts';
import '../tabs/open-tabs.ts';
import './long-poll.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function openTab() {
  const setup = scriptedClient({ storage: new MemoryStorage() });
  const log = new ScriptedLog(setup.server, setup.clock);
  const seen = record(setup.client);
  const gaps: string[] = [];
  setup.client.on('discontinuity', ({ reason }) => gaps.push(reason));
  return { ...setup, log, seen, gaps, transport: () => setup.client.connection.current.transport };
}

async function pass(ms: number, ...clocks: readonly ManualClock[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) for (const clock of clocks) await clock.advance(1000);
}

it('one tab asks for pages, all have the events, also of the moment when the stream works again', async () => {
  pretendBrowser();
  const first = openTab();
  first.log.isHeldBack = true;
  await pass(6000, first.clock);
  expect(first.transport()).toBe('poll');
  const second = openTab();
  second.log.isHeldBack = true;
  await settle();
  await pass(1000, first.clock, second.clock);
  expect(second.transport()).toBe('tab');

  first.log.isHeldBack = false;
  for (let passed = 0; passed < 11 * 60_000; passed += 15_000) {
    first.log.push();
    await pass(15_000, first.clock, second.clock);
  }
  expect(first.transport()).toBe('sse');
  expect([first.seen, first.gaps]).toEqual([first.log.cursors, []]);
  expect([second.seen, second.gaps]).toEqual([first.log.cursors, []]);
  expect(second.server.requests.filter(({ path }) => path.startsWith('/v1/events'))).toEqual([]);
  first.client.destroy();
  second.client.destroy();
});
