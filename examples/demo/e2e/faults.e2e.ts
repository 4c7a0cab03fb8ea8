import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, phoneOf, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

it('arms a fault on the phone page, and takes it back', async () => {
  const page = await stage.open('/phone', { width: 420 });
  await phoneOf(page).composer.waitFor();
  const picker = page.getByLabel('Provocar uma falha no WhatsApp simulado');
  await picker.selectOption({ label: 'Webhook em dobro' });
  await page.getByText('1 falha armada').waitFor();
  await picker.selectOption({ label: 'Token vencido, até limpar' });
  await page.getByText('2 falhas armadas').waitFor();
  const armed = await page.evaluate(async () => (await fetch('/simulator/faults')).json());
  expect(armed).toMatchObject({
    data: [{ fault: { kind: 'duplicate_webhook' } }, { fault: { kind: 'expired_token' }, remaining: null }],
  });
  await page.getByRole('button', { name: 'Limpar' }).click();
  await page.getByText('falhas armadas').waitFor({ state: 'detached' });
});
