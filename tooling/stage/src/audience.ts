import { createLeakWatch, launchBrowser } from '@prosa/test-browser';
import type { BrowserContext, Page } from 'playwright-core';

/** People in front of pages, and what their browsers complained about. */
export interface Audience {
  /** Violations of the pages' security policy, errors of their scripts and of the console, from every page so far. */
  readonly complaints: readonly string[];
  /** A page of its own: another person, another browser. */
  open(url: string): Promise<Page>;
  /** Fails if a token was in an address, a Referer, a console or an error. */
  close(): Promise<void>;
}

export async function openAudience(): Promise<Audience> {
  const browser = await launchBrowser();
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  const leakWatch = createLeakWatch();
  return {
    complaints,
    async open(url) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'pt-BR',
        timezoneId: 'America/Sao_Paulo',
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      leakWatch.watch(page);
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
      });
      await page.exposeFunction('reportViolation', (what: string) => void complaints.push(`${page.url()}: ${what}`));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const report = (window as unknown as { reportViolation(what: string): void }).reportViolation;
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await page.goto(url);
      return page;
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      const leaks = leakWatch.leaks();
      if (leaks.length > 0) throw new Error(`unable to keep a token; one was in ${leaks.join(', ')}`);
    },
  };
}
