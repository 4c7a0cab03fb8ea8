import { createLeakWatch, launchBrowser, type LeakWatch } from '@prosa/test-browser';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo, type Demo } from '../src/demo.ts';
import { readMemory } from '../src/run/data-folder.ts';

/** The demo as a person meets it, and a browser to meet it with. */
export interface Stage {
  readonly demo: Demo;
  /** Violations of the pages' security policy and errors of their scripts, from every page so far. */
  readonly complaints: readonly string[];
  /** Hears every page, the gateway and the simulator; {@link Stage.close} fails if a token or a secret was seen. */
  readonly leakWatch: LeakWatch;
  /** A page of its own: another person, another browser. A path of the demo's, or a whole address. */
  open(path: string, options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Done before the page is loaded. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** Built once for all files of tests. */
const pagesDir = join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'pages');

export async function openStage(): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'prosa-e2e-'));
  const leakWatch = createLeakWatch();
  const demo = await startDemo({
    dataDir,
    pagesDir,
    ports: { page: 0, gateway: 0, simulator: 0, shop: 0 },
    say: (text) => leakWatch.hear('the demo', text),
    onGatewayOutput: (text) => leakWatch.hear('the gateway', text),
  });
  leakWatch.keep(...secretsOf(dataDir));
  // A microphone that beeps, and nobody who has to allow it.
  const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const browser: Browser = await launchBrowser({ args });
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    demo,
    complaints,
    leakWatch,
    async open(path, { dark = false, width = 1440, height = 900, before } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: 'pt-BR',
        timezoneId: 'America/Sao_Paulo',
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      leakWatch.watch(page);
      page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted ?Type|TrustedHTML|TrustedScript/i.test(message.text()))
          complaints.push(`${path}: ${message.text()}`);
      });
      await page.exposeFunction('reportViolation', (what: string) => void complaints.push(`${path}: ${what}`));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const report = (window as unknown as { reportViolation(what: string): void }).reportViolation;
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await before?.(page);
      await page.goto(new URL(path, demo.pageUrl).href);
      return page;
    },
    async close() {
      for (const { method, path } of demo.simulator.requests) leakWatch.hear('a call to Meta', `${method} ${path}`);
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await demo.stop();
      rmSync(dataDir, { recursive: true, force: true });
      const leaks = leakWatch.leaks();
      if (leaks.length > 0) throw new Error(`unable to keep a secret; one was in ${leaks.join(', ')}`);
    },
  };
}

/** Everything that the demo made up for itself and nobody else may see. */
function secretsOf(dataDir: string): string[] {
  const memory = readMemory(dataDir);
  if (!memory?.keys) throw new Error('unable to find the secrets of the demo');
  const { keys, whatsapp } = memory;
  return [keys.signing.secret, keys.visitor.secret, keys.apiKey, ...Object.values(whatsapp)];
}

/** The agent's side of a page. */
export function inboxOf(page: Page) {
  const root = page.locator('prosa-inbox');
  return {
    root,
    tab: (name: string) => root.getByRole('tab', { name: new RegExp(`^${name}`) }),
    row: (name: string) =>
      root
        .getByRole('option')
        .filter({ hasText: name })
        .or(root.getByRole('listitem').filter({ hasText: name }))
        .first(),
    thread: root.getByRole('log'),
    /** The first of this name: some are both above the thread and below it. */
    button: (name: string) => root.getByRole('button', { name, exact: true }).first(),
    list: root.getByRole('listbox'),
    composer: root.getByRole('textbox', { name: 'Escreva uma mensagem' }),
    dialog: root.getByRole('dialog'),
    files: root.locator('input[type=file]'),
    async write(text: string) {
      await this.composer.fill(text);
      await this.composer.press('Enter');
    },
  };
}

/** The customer's side of a page. */
export function phoneOf(page: Page) {
  const root = page.locator('whatsapp-phone');
  const composer = root.getByRole('textbox', { name: 'Mensagem' });
  return {
    root,
    composer,
    bubble: (text: string | RegExp): Locator => root.locator('[data-message-id]').filter({ hasText: text }),
    files: root.locator('input[type=file]').first(),
    async write(text: string) {
      await composer.fill(text);
      await composer.press('Enter');
    },
  };
}

/** The visitor's side of a page. */
export function webchatOf(page: Page) {
  const root = page.locator('prosa-webchat');
  return {
    root,
    launcher: root.getByRole('button', { name: /^Abrir o chat/ }),
    panel: root.getByRole('dialog', { name: 'Loja Cacau' }),
    log: root.getByRole('log'),
    button: (name: string) => root.getByRole('button', { name, exact: true }),
    composer: root.getByRole('textbox', { name: 'Escreva uma mensagem' }),
    async write(text: string) {
      await this.composer.fill(text);
      await this.composer.press('Enter');
    },
  };
}
