import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inboxOf, openStage, phoneOf, type Stage } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

async function violations(page: Page): Promise<string[]> {
  // Through the debugger, because the page's own policy rightly lets no foreign script in.
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (
      window as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] }>;
        };
      }
    ).axe.run(),
  );
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
}

for (const dark of [false, true]) {
  const scheme = dark ? 'dark' : 'light';

  it(`has no violation on the CRM with the phone (${scheme})`, async () => {
    const page = await stage.open('/', { dark });
    await inboxOf(page).tab('Esperando').click();
    await inboxOf(page).row('João Pedro Nunes').click();
    await inboxOf(page).thread.getByText('filtro de papel').waitFor();
    await phoneOf(page).composer.waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it(`has no violation on a narrow CRM (${scheme})`, async () => {
    const page = await stage.open('/crm?agent=bruno', { dark, width: 400 });
    await inboxOf(page).tab('Tudo').click();
    await inboxOf(page).row('Tainá').waitFor();
    expect(await violations(page)).toEqual([]);
    await inboxOf(page).row('Tainá').click();
    await inboxOf(page).thread.getByText('veio assim').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it(`has no violation on the phone (${scheme})`, async () => {
    const page = await stage.open('/phone', { dark, width: 420 });
    await phoneOf(page).composer.waitFor();
    expect(await violations(page)).toEqual([]);
  });
}

it('lets an agent work with the keyboard alone', async () => {
  const page = await stage.open('/crm?agent=ana');
  const inbox = inboxOf(page);
  await inbox.row('Rita de Cássia').waitFor();
  await inbox.list.focus();
  await page.keyboard.press('Enter');
  await inbox.button('Atender').focus();
  await page.keyboard.press('Enter');
  await inbox.composer.waitFor();
  await inbox.composer.focus();
  await page.keyboard.type('Bom dia! Vou verificar.');
  await page.keyboard.press('Enter');
  await inbox.thread.getByText('Bom dia! Vou verificar.').waitFor();
  await inbox.button('Finalizar').focus();
  await page.keyboard.press('Enter');
  await inbox.dialog.waitFor();
  await page.keyboard.press('Escape');
  await inbox.dialog.waitFor({ state: 'hidden' });
  expect(await inbox.button('Finalizar').evaluate((button) => button.matches(':focus'))).toBe(true);
});
