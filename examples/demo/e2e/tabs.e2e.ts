import { openStage, type Stage } from '@prosa/stage';
import { launchBrowser } from '@prosa/test-browser';
import type { Phone } from '@prosa/whatsapp-simulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openFront, type Front } from './tabs/front.ts';
import type { Tab } from './tabs/page.ts';

declare global {
  interface Window {
    tab: Tab;
  }
}

let stage: Stage;
let front: Front;
let browser: Browser;
let context: BrowserContext;
let phone: Phone;
let address: string;
let conversationId: string;
/** The page that asked for the newest stream. */
let leader: Page | null = null;
let customers = 0;

/** Made up: one black pixel. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
/** As long as a machine with other work may need; what is promised is two and five seconds. */
const soon = { timeout: 20_000, interval: 50 };

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

beforeEach(async () => {
  customers++;
  phone = stage.simulator.phone({ name: `Cliente ${customers}`, waId: `55839883301${10 + customers}` });
  await phone.says('Olá');
  const desk = await stage.clientOf({ id: 'ana', name: 'Ana Ribeiro' });
  const find = async () =>
    (await desk.conversations.list({ tab: 'waiting' })).data.find(({ contact }) => contact.name === phone.name)?.id;
  await expect.poll(find, soon).toBeDefined();
  conversationId = (await desk.conversations.accept((await find()) ?? '')).id;
  desk.destroy();
  address = `${front.url}/?conversation=${conversationId}`;
  context = await browser.newContext();
  leader = null;
  context.on('request', (request) => {
    if (request.url().includes('/v1/events')) leader = request.frame().page();
  });
});
afterEach(async () => {
  front.holdAnswers(false);
  await context.close();
  await expect.poll(() => front.streams, soon).toBe(0);
});

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await expect.poll(() => page.evaluate(() => window.tab.state()), soon).toBe('connected');
  return page;
}

async function openTabs(count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let number = 0; number < count; number++) pages.push(await openTab());
  return pages;
}

const send = (page: Page, text: string) => page.evaluate((words) => window.tab.send(words), text);
const shown = (page: Page) => page.evaluate(() => window.tab.shown());
const isLeader = (page: Page) => page === leader;

/** What the business said, as it is on the customer's phone. */
const received = () =>
  phone.messages
    .flatMap(({ from, content }) =>
      from !== 'business' ? [] : 'body' in content ? [content.body] : [`(${content.type})`],
    )
    .filter((words) => !words.includes('rotocolo'));

async function allShow(pages: readonly Page[], texts: readonly string[]): Promise<void> {
  for (const page of pages) await expect.poll(() => shown(page), soon).toEqual(texts);
}

it('holds one stream for five tabs, which all show and send the same', async () => {
  const pages = await openTabs(5);
  expect(front.streams).toBe(1);
  await phone.says('Tudo bem?');
  await allShow(pages, ['Olá', 'Tudo bem?']);
  for (const [index, page] of pages.entries()) await send(page, `da aba ${index}`);
  const sent = pages.map((_, index) => `da aba ${index}`);
  await expect.poll(received, soon).toEqual(sent);
  await allShow(pages, ['Olá', 'Tudo bem?', ...sent]);
  expect(await pages[3]?.evaluate(() => window.tab.sendAndWait('e eu sei'))).toBe('sent');
  expect(front.opened).toBe(1);
});

it('is led by the next tab when the leader is closed in the middle of sending, and nothing is sent twice', async () => {
  const pages = await openTabs(3);
  const [first, second, third] = pages as [Page, Page, Page];
  expect(isLeader(first)).toBe(true);
  front.holdAnswers(true);
  await send(second, 'um');
  await send(third, 'dois');
  await send(first, 'três');
  await expect.poll(() => front.held, soon).toBe(1);
  // The gateway has the first message; who sent it will never know.
  await first.close();
  front.holdAnswers(false);
  await expect.poll(received, soon).toEqual(['um', 'dois', 'três']);
  await allShow([second, third], ['Olá', 'um', 'dois', 'três']);
  expect(front.streams).toBe(1);
  expect(isLeader(first)).toBe(false);
});

it('is led by the next tab when the leader crashes', async () => {
  const [first, second, third] = (await openTabs(3)) as [Page, Page, Page];
  front.holdAnswers(true);
  await send(second, 'um');
  await expect.poll(() => front.held, soon).toBe(1);
  const session = await context.newCDPSession(first);
  void session.send('Page.crash').catch(() => undefined);
  await first.waitForEvent('crash');
  front.holdAnswers(false);
  await send(third, 'dois');
  await expect.poll(received, soon).toEqual(['um', 'dois']);
  await phone.says('Recebi');
  await allShow([second, third], ['Olá', 'um', 'dois', 'Recebi']);
});

it('takes the lead from a tab that hangs, which follows when it is over', async () => {
  const [first, second] = (await openTabs(2)) as [Page, Page];
  await first.evaluate(() => window.tab.hang(9000));
  const hungAt = Date.now();
  await send(second, 'um');
  await expect.poll(() => isLeader(second), soon).toBe(true);
  // Stolen, not given back: the first one still hangs.
  expect(Date.now() - hungAt).toBeLessThan(9000);
  await phone.says('E agora?');
  await expect.poll(received, soon).toEqual(['um']);
  await expect.poll(async () => (await shown(second)).length, soon).toBe(3);
  const all = await shown(second);
  await allShow([first, second], all);
  await send(first, 'dois');
  await expect.poll(received, soon).toEqual(['um', 'dois']);
  await allShow([first, second], [...all, 'dois']);
  await expect.poll(() => front.streams, soon).toBe(1);
  expect(isLeader(second)).toBe(true);
});

it('gives the lead up when the leader goes to another page, and is back when it comes back', async () => {
  const [first, second] = (await openTabs(2)) as [Page, Page];
  await first.goto(`${front.url}/token`);
  await expect.poll(() => isLeader(second), soon).toBe(true);
  await phone.says('Oi?');
  await allShow([second], ['Olá', 'Oi?']);
  await first.goBack();
  await allShow([first], ['Olá', 'Oi?']);
  await send(first, 'voltei');
  await expect.poll(received, soon).toEqual(['voltei']);
  await allShow([first, second], ['Olá', 'Oi?', 'voltei']);
  expect(front.streams).toBe(1);
});

it('keeps what is written without a network, a file too, through a reload of every tab, and sends it once', async () => {
  const pages = await openTabs(2);
  const [first, second] = pages as [Page, Page];
  front.holdAnswers(true);
  await send(second, 'um');
  await second.evaluate((base64) => window.tab.sendPicture(base64), picture);
  await send(second, 'dois');
  // The event is faster than the answer, which never comes.
  await allShow(pages, ['Olá', 'um', '[(image) queued]', '[dois queued]']);
  await Promise.all(pages.map((page) => page.reload()));
  await expect.poll(async () => (await shown(second)).length, soon).toBe(4);
  front.holdAnswers(false);
  await expect.poll(received, soon).toEqual(['um', '(image)', 'dois']);
  await allShow([first, second], ['Olá', 'um', '(image)', 'dois']);
});

it('shows what a closed tab had not sent when it is opened again, and sends it once, in order', async () => {
  const sends = '**/v1/conversations/*/messages';
  await context.route(sends, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  const closed = await openTab();
  const texts = ['um', 'dois', 'três'];
  for (const text of texts) await send(closed, text);
  await expect.poll(() => closed.evaluate(() => window.tab.kept()), soon).toBe(3);
  await closed.close();
  const opened = await openTab();
  const waiting = async () => (await shown(opened)).map((text) => text.replace(/ (queued|sending)]$/, ']'));
  await expect.poll(waiting, soon).toEqual(['Olá', '[um]', '[dois]', '[três]']);
  expect(received()).toEqual([]);
  await context.unroute(sends);
  await expect.poll(received, soon).toEqual(texts);
  await allShow([opened], ['Olá', ...texts]);
  await expect.poll(() => opened.evaluate(() => window.tab.kept()), soon).toBe(0);
});

it.each(['missing', 'refused', 'full'] as const)('sends all the same where storage is %s', async (why) => {
  await context.addInitScript((how) => {
    if (how === 'missing') delete (globalThis as { indexedDB?: IDBFactory }).indexedDB;
    if (how === 'refused') {
      IDBFactory.prototype.open = () => {
        throw new DOMException('no storage here', 'SecurityError');
      };
    }
    if (how === 'full') {
      // What a browser does that has no room: it takes the write, and gives the whole transaction up.
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...row) {
        const request = put.apply(this, row);
        this.transaction.abort();
        return request;
      };
    }
  }, why);
  const pages = await openTabs(2);
  for (const page of pages) expect(await page.evaluate(() => window.tab.sendAndWait('x'))).toBe('sent');
  await expect.poll(received, soon).toEqual(['x', 'x']);
  await allShow(pages, ['Olá', 'x', 'x']);
  for (const page of pages) await expect.poll(() => page.evaluate(() => window.tab.areSaved()), soon).toBe(false);
});

it('goes on from memory when the storage is deleted under it, and says so', async () => {
  const pages = await openTabs(2);
  const [first, second] = pages as [Page, Page];
  expect(await second.evaluate(() => window.tab.areSaved())).toBe(true);
  await first.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
  for (const page of pages) expect(await page.evaluate(() => window.tab.sendAndWait('x'))).toBe('sent');
  await expect.poll(received, soon).toEqual(['x', 'x']);
  for (const page of pages) {
    expect(await page.evaluate(() => [window.tab.areSaved(), ...window.tab.told])).toEqual([false, 'unsaved']);
  }
});

it('asks before it logs out with unsent messages, then leaves nothing in any tab', async () => {
  const pages = await openTabs(3);
  const [first, second, third] = pages as [Page, Page, Page];
  front.holdAnswers(true);
  await send(second, 'segredo 1');
  await send(third, 'segredo 2');
  await allShow(pages, ['Olá', 'segredo 1', '[segredo 2 queued]']);
  expect(await third.evaluate(() => window.tab.logout(false))).toEqual({ isOut: false, asked: 1 });
  expect(await shown(third)).toHaveLength(3);
  expect(await third.evaluate(() => window.tab.logout(true))).toEqual({ isOut: true, asked: 1 });
  expect(await third.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  for (const page of [first, second]) {
    await expect.poll(() => page.evaluate(() => window.tab.told), soon).toEqual(['logged_out']);
    expect(await page.evaluate(() => window.tab.state())).toBe('closed');
    expect(await page.evaluate(() => window.tab.sendAndWait('x'))).toBe('client_destroyed');
  }
  await expect.poll(() => front.streams, soon).toBe(0);
  front.holdAnswers(false);
  await first.reload();
  await expect.poll(() => first.evaluate(() => window.tab.state()), soon).toBe('connected');
  expect(await shown(first)).not.toContain('[segredo 2 queued]');
  expect(received()).not.toContain('segredo 2');
});

it('makes one message of one client id, however often and from wherever it comes', async () => {
  const message = { type: 'text', text: 'uma vez', clientId: `client-${customers}-once` } as const;
  const clients = await Promise.all([1, 2, 3, 4, 5].map(() => stage.clientOf({ id: 'ana', name: 'Ana Ribeiro' })));
  const answers = await Promise.all(clients.map(({ messages }) => messages.send(conversationId, message)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  const other = { ...message, text: 'outra coisa' };
  await expect(clients[0]?.messages.send(conversationId, other)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
    status: 409,
  });
  await expect.poll(received, soon).toEqual(['uma vez']);
  for (const client of clients) client.destroy();
});
