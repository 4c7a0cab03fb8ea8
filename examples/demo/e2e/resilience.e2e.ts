import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Demo } from '../src/demo.ts';
import { breakableEvents } from './breakable-events.ts';
import { inboxOf, openStage, phoneOf, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

it('loses nothing when the gateway is killed right after it has answered a webhook', async () => {
  const { demo } = stage;
  const page = await stage.open('/crm?agent=ana');
  const phone = demo.simulator.phone({ name: 'Iolanda Farias', waId: '5583988330101' });
  for (const text of ['Primeira', 'Segunda', 'Terceira']) {
    const before = demo.simulator.webhooks.length;
    await phone.says(text);
    // Killed within a millisecond of the answer: nothing can have been processed by chance.
    await expect
      .poll(() => accepted(demo.simulator.webhooks.slice(before), text), { interval: 1, timeout: 20_000 })
      .toBe(true);
    await demo.gateway.kill9();
    await demo.gateway.ready();
  }
  await inboxOf(page).tab('Esperando').click();
  await inboxOf(page).row('Iolanda Farias').click();
  const { thread } = inboxOf(page);
  for (const text of ['Primeira', 'Segunda', 'Terceira']) {
    await thread.getByText(text, { exact: true }).waitFor({ timeout: 30_000 });
    expect(await thread.getByText(text, { exact: true }).count()).toBe(1);
  }
});

/** Whether the webhook with this text has been answered 200. */
function accepted(webhooks: Demo['simulator']['webhooks'], text: string): boolean {
  return webhooks.some(({ body, state }) => state === 'delivered' && body.includes(text));
}

it('catches up when the stream was cut for ten seconds, and sends what was written meanwhile once', async () => {
  const { demo } = stage;
  const phone = demo.simulator.phone({ name: 'Caio Lins', waId: '5583988330202' });
  await phone.says('Oi, tudo bem?');
  const page = await stage.open('/crm?agent=bruno', { before: breakableEvents });
  const inbox = inboxOf(page);
  await inbox.tab('Esperando').click();
  await inbox.row('Caio Lins').click();
  await inbox.button('Atender').click();
  await inbox.composer.waitFor();

  // Going offline alone keeps streams that are open.
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('test:cut-events')));
  const cutAt = Date.now();
  await phone.says('Vocês estão aí?');
  await inbox.write('Estou aqui, um momento');
  await inbox.thread.getByText('Estou aqui, um momento').waitFor();
  await expect.poll(() => Date.now() - cutAt, { timeout: 15_000 }).toBeGreaterThan(10_000);
  expect(await inbox.thread.getByText('Vocês estão aí?').count()).toBe(0);
  await page.context().setOffline(false);

  await inbox.thread.getByText('Vocês estão aí?').waitFor();
  await phone.waitFor((message) => JSON.stringify(message).includes('Estou aqui, um momento'));
  const arrived = phone.messages.filter((message) => JSON.stringify(message).includes('Estou aqui, um momento'));
  expect(arrived).toHaveLength(1);
  expect(await inbox.thread.getByText('Estou aqui, um momento').count()).toBe(1);
});

it('asks before the messages of one agent are thrown away for the next one', async () => {
  const { demo } = stage;
  await demo.simulator.phone({ name: 'Davi Sales', waId: '5583988330404' }).says('Oi');
  const page = await stage.open('/crm?agent=ana');
  const inbox = inboxOf(page);
  await inbox.tab('Esperando').click();
  await inbox.row('Davi Sales').click();
  await inbox.button('Atender').click();
  await inbox.composer.waitFor();
  await page.context().setOffline(true);
  await inbox.write('Já volto');
  await inbox.thread.getByText('Já volto').waitFor();

  const user = page.getByRole('combobox', { name: 'Usuário do CRM' });
  await user.selectOption({ label: 'Bruno Tavares' });
  const question = page.getByRole('dialog', { name: 'Trocar de usuário?' });
  await question.getByText('1 mensagem ainda não saiu e será descartada.').waitFor();
  await question.getByRole('button', { name: 'Ficar' }).click();
  await expect.poll(() => user.inputValue()).toBe('ana');
  await inbox.thread.getByText('Já volto').waitFor();

  await user.selectOption({ label: 'Bruno Tavares' });
  await question.getByRole('button', { name: 'Descartar e trocar' }).click();
  await page.context().setOffline(false);
  await expect.poll(() => new URL(page.url()).searchParams.get('agent')).toBe('bruno');
  await page.reload();
  await inboxOf(page).tab('Tudo').click();
  await inboxOf(page).row('Davi Sales').click();
  await inboxOf(page).root.getByText('Ana Beatriz Rocha está atendendo').waitFor();
  expect(await inboxOf(page).thread.getByText('Já volto').count()).toBe(0);
});

it('shows hostile texts as texts, on the way in and after a reload', async () => {
  const { demo } = stage;
  const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3) [x](javascript:alert(4))';
  const phone = demo.simulator.phone({ name: '<b onclick=alert(5)>Eva</b>', waId: '5583988330303' });
  await phone.says(hostile);
  const page = await stage.open('/?phone=5583988330303');
  let alerted = false;
  page.on('dialog', (dialog) => {
    alerted = true;
    void dialog.dismiss();
  });
  for (let round = 0; round < 2; round++) {
    await inboxOf(page).tab('Esperando').click();
    await inboxOf(page).row('<b onclick=alert(5)>Eva</b>').click();
    await inboxOf(page).thread.getByText('<script>alert(2)</script>').first().waitFor();
    expect(await inboxOf(page).thread.locator('a[href^="javascript"], img[src="x"], script').count()).toBe(0);
    await page.reload();
  }
  expect(alerted).toBe(false);
  expect(await phoneOf(page).root.locator('script').count()).toBe(0);
});

it('broke no rule of the pages on the way', () => {
  expect(stage.complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
