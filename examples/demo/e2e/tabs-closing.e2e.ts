import { openStage, type Stage } from '@prosa/stage';
import { launchBrowser } from '@prosa/test-browser';
import type { Phone } from '@prosa/whatsapp-simulator';
import * as fc from 'fast-check';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakages, openFront, type Front } from './tabs/front.ts';
import type { Tab } from './tabs/page.ts';

declare global {
  interface Window {
    tab: Tab;
  }
}

/** Another story is told with `PROSA_SEED`, more of them with `PROSA_RUNS`; what fails names its own. */
const seed = Number(process.env['PROSA_SEED'] ?? 20261121);
const numRuns = Number(process.env['PROSA_RUNS'] ?? 2);
const mostPages = 5;
const soon = { timeout: 30_000, interval: 50 };

const weights = {
  send: 12,
  sendAndClose: 2,
  open: 5,
  close: 3,
  crash: 1,
  reload: 2,
  breakNext: 5,
  cutStreams: 3,
  says: 2,
};
const names = Object.keys(weights) as (keyof typeof weights)[];
const step = fc.record({
  what: fc.oneof(...names.map((name) => ({ weight: weights[name], arbitrary: fc.constant(name) }))),
  which: fc.nat({ max: 11 }),
});

let stage: Stage;
let front: Front;
let browser: Browser;
let customers = 0;

beforeAll(async () => {
  stage = await openStage();
  front = await openFront(stage);
  await stage.allowDesk(front.url);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await front.close();
  await stage.close();
});

/** One agent's browser, with one conversation open in every page. */
async function openWorld() {
  customers++;
  const phone = stage.simulator.phone({ name: `Cliente ${customers}`, waId: `55839883302${10 + customers}` });
  await phone.says('Olá');
  const desk = await stage.clientOf({ id: 'ana', name: 'Ana Ribeiro' });
  const find = async () =>
    (await desk.conversations.list({ tab: 'waiting' })).data.find(({ contact }) => contact.name === phone.name)?.id;
  await expect.poll(find, soon).toBeDefined();
  const { id } = await desk.conversations.accept((await find()) ?? '');
  desk.destroy();
  const context = await browser.newContext();
  const pages: Page[] = [];
  const address = `${front.url}/?conversation=${id}`;
  return { phone, context, pages, address };
}
type World = Awaited<ReturnType<typeof openWorld>>;

async function openPage({ context, pages, address }: { context: BrowserContext; pages: Page[]; address: string }) {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'tab' in window);
  pages.push(page);
}

const textsOf = ({ messages }: Phone) =>
  messages.flatMap(({ from, content }) => (from === 'business' && 'body' in content ? [content.body] : []));

it(
  'sends each message once, whichever of five pages are closed, crash or load anew while it goes over a bad line',
  async () => {
    const story = fc.array(step, { minLength: 30, maxLength: 45, size: 'max' });
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        const world = await openWorld();
        try {
          await tell(world, steps);
        } finally {
          await world.context.close();
        }
      }),
      { seed, numRuns, endOnFailure: true },
    );
  },
  60_000 + numRuns * 120_000,
);

async function tell(world: World, steps: readonly { readonly what: keyof typeof weights; readonly which: number }[]) {
  const { phone, pages } = world;
  /** What was written in one page, in order; a page that is loaded anew begins a new list. */
  const written = new Map<Page, string[]>();
  const sequences: string[][] = [];
  const kept: string[] = [];
  let unkept = 0;
  let said = 0;
  const write = async (page: Page, isKept: boolean) => {
    const text = `mensagem-${customers}-${kept.length + unkept + 1}`;
    if (isKept) {
      await page.evaluate((words) => window.tab.sendKept(words), text);
      kept.push(text);
    } else {
      await page.evaluate((words) => window.tab.send(words), text);
      unkept++;
    }
    const own = written.get(page) ?? [];
    if (own.length === 0) sequences.push(own);
    own.push(text);
    written.set(page, own);
  };
  const leave = async (page: Page, how: 'close' | 'crash') => {
    if (how === 'crash') {
      const session = await world.context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      void session.send('Page.crash').catch(() => undefined);
      await crashed;
    }
    await page.close();
    pages.splice(pages.indexOf(page), 1);
    written.delete(page);
  };
  while (pages.length < mostPages) await openPage(world);
  for (const { what, which } of steps) {
    if (pages.length === 0) await openPage(world);
    const page = pages[which % pages.length] as Page;
    switch (what) {
      case 'send':
        await write(page, true);
        break;
      case 'sendAndClose':
        await write(page, false);
        await leave(page, 'close');
        break;
      case 'open':
        if (pages.length < mostPages) await openPage(world);
        break;
      case 'close':
      case 'crash':
        await leave(page, what);
        break;
      case 'reload':
        written.delete(page);
        await page.reload();
        await page.waitForFunction(() => 'tab' in window);
        break;
      case 'breakNext':
        front.breakNext(breakages[which % breakages.length] ?? 'lost');
        break;
      case 'cutStreams':
        front.cutStreams();
        break;
      case 'says':
        await phone.says(`do cliente ${++said}`);
        break;
      default:
        throw new Error(what satisfies never);
    }
  }
  while (pages.length < 2) await openPage(world);
  // A tab that crashed right after it stored something is noticed with the next reconnection.
  front.cutStreams();

  const own = () => textsOf(phone).filter((text) => text.startsWith('mensagem-'));
  await expect.poll(() => kept.filter((text) => !own().includes(text)), soon).toEqual([]);
  /** Pages that do not show what was said on both sides, and what is still kept. */
  const differences = async () => {
    const all = await Promise.all(pages.map((page) => page.evaluate(() => window.tab.shown())));
    const count = 1 + said + own().length;
    const others = all.filter((shown) => shown.length !== count || String(shown) !== String(all[0]));
    const kept = (await pages[0]?.evaluate(() => window.tab.kept())) ?? 0;
    return kept > 0 ? [...others, [`${kept} kept`]] : others;
  };
  await expect.poll(differences, soon).toEqual([]);
  const arrived = own();
  expect(arrived.length).toBe(new Set(arrived).size);
  expect(arrived.length).toBeLessThanOrEqual(kept.length + unkept);
  for (const sequence of sequences) {
    expect(arrived.filter((text) => sequence.includes(text))).toEqual(
      sequence.filter((text) => arrived.includes(text)),
    );
  }
}
