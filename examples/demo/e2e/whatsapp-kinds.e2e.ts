import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inboxOf, openStage, phoneOf, type Stage } from './stage.ts';

/** What a phone does besides writing, and what an agent answers: one story, told in order. */
let stage: Stage;
let customer: Page;
let ana: Page;

const marina = 'Marina Albuquerque';

beforeAll(async () => {
  stage = await openStage();
  [customer, ana] = await Promise.all([stage.open('/phone'), stage.open('/crm?agent=ana')]);
  await phoneOf(customer).composer.waitFor();
  await phoneOf(customer).write('Oi, onde fica a loja?');
  await inboxOf(ana).tab('Esperando').click();
  await inboxOf(ana).row(marina).click();
  await inboxOf(ana).button('Atender').click();
  await inboxOf(ana).composer.waitFor();
});
afterAll(async () => {
  await stage.close();
});

/** A row of the thread. */
const message = (text: string | RegExp) => inboxOf(ana).thread.locator('.message').filter({ hasText: text });

/** What the phone offers for one of its messages. */
async function onPhone(text: string | RegExp, name: string): Promise<void> {
  const { root, bubble } = phoneOf(customer);
  await bubble(text).last().hover();
  await bubble(text)
    .last()
    .getByRole('button', { name: /^Opções da mensagem/ })
    .click();
  await root.getByRole('button', { name, exact: true }).click();
}

it('shows a place and a card that come from the phone, and names them in the list', async () => {
  const { root } = phoneOf(customer);
  await root.getByRole('button', { name: /^Figurinha, localização/ }).click();
  await root.getByRole('button', { name: /Praça da Aurora/ }).click();
  const map = message('Praça da Aurora').getByRole('link', { name: /Praça da Aurora/ });
  await map.waitFor();
  expect(await map.getAttribute('href')).toMatch(/^https:\/\/www\.google\.com\/maps\/search\/\?api=1&query=-?\d/);
  await expect.poll(() => inboxOf(ana).row(marina).textContent()).toContain('Localização: Praça da Aurora');
  await root.getByRole('button', { name: /^Figurinha, localização/ }).click();
  await root.getByRole('button', { name: /Rosa Nogueira/ }).click();
  await message('Rosa Nogueira').getByRole('link', { name: /^\+55/ }).waitFor();
  await expect.poll(() => inboxOf(ana).row(marina).textContent()).toContain('Contato: Rosa Nogueira');
});

it('records a voice message, which the phone gets as OGG/Opus', async () => {
  const { root } = inboxOf(ana);
  await root.getByRole('button', { name: 'Gravar mensagem de voz' }).click();
  await root.getByRole('timer', { name: 'Tempo de gravação' }).filter({ hasText: '0:01' }).waitFor();
  await root.getByRole('button', { name: 'Parar e ouvir' }).click();
  await root.getByRole('button', { name: 'Ouvir gravação' }).waitFor();
  await root
    .getByRole('listitem')
    .filter({ hasText: 'Mensagem de voz' })
    .getByText(/^0:0\d · [\d,]+ kB$/)
    .waitFor();
  await inboxOf(ana).button('Enviar').click();
  await inboxOf(ana).thread.getByRole('group', { name: 'Mensagem de voz' }).waitFor();
  const audio = phoneOf(customer).root.locator('audio').last();
  await audio.waitFor({ state: 'attached' });
  const heard = await audio.evaluate(async (element) => {
    const { currentSrc, src } = element as HTMLAudioElement;
    const bytes = new Uint8Array(await (await fetch(currentSrc || src)).arrayBuffer());
    const { duration } = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes.slice().buffer);
    return { head: String.fromCharCode(...bytes.subarray(0, 4), ...bytes.subarray(28, 36)), duration };
  });
  expect(heard.head).toBe('OggSOpusHead');
  expect(heard.duration).toBeGreaterThan(0.8);
  expect(stage.demo.simulator.requests.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ type: 'audio', audio: { id: expect.any(String), voice: true } }),
  );
});

it('answers with a quote, which the phone shows, too', async () => {
  await message('onde fica a loja').hover();
  await message('onde fica a loja').getByRole('button', { name: 'Responder' }).click();
  await inboxOf(ana).root.getByText('Respondendo a Marina Albuquerque').waitFor();
  await inboxOf(ana).write('Na praça mesmo, Marina');
  await message('Na praça mesmo')
    .getByRole('button', { name: /onde fica a loja/ })
    .waitFor();
  const onThePhone = phoneOf(customer).bubble('Na praça mesmo');
  await onThePhone.waitFor();
  expect(await onThePhone.textContent()).toContain('onde fica a loja');
});

it('reacts, and the phone shows it', async () => {
  await message('Rosa Nogueira').hover();
  await message('Rosa Nogueira').getByRole('button', { name: 'Reagir' }).click();
  await inboxOf(ana).root.getByRole('button', { name: 'joinha' }).click();
  await message('Rosa Nogueira').getByText('Você reagiu com 👍').waitFor();
  await expect.poll(() => phoneOf(customer).bubble('Rosa Nogueira').textContent()).toContain('👍');
});

it('shows what the phone does with messages: a reaction, a quote, an edit, a deletion', async () => {
  await onPhone('Na praça mesmo', 'Reagir com ❤️');
  await message('Na praça mesmo').getByText('Marina Albuquerque reagiu com ❤️').waitFor();
  await onPhone('Na praça mesmo', 'Responder');
  await phoneOf(customer).write('Obrigada, ja vou');
  await message('Obrigada, ja vou')
    .getByRole('button', { name: /Na praça mesmo/ })
    .waitFor();
  await onPhone('ja vou', 'Editar');
  await expect.poll(() => phoneOf(customer).composer.inputValue()).toContain('ja vou');
  await phoneOf(customer).write('Obrigada, já vou');
  await message('Obrigada, já vou').getByText('editada').waitFor();
  await phoneOf(customer).write('Mensagem errada');
  await message('Mensagem errada').waitFor();
  await onPhone('Mensagem errada', 'Apagar para todos');
  await message('Mensagem errada').getByText('O cliente apagou esta mensagem').waitFor();
});

it('keeps it all over a reload, and offends no policy of the page', async () => {
  await ana.reload();
  await inboxOf(ana).tab('Meus').click();
  await inboxOf(ana).row(marina).click();
  await message('Rosa Nogueira').getByText('Você reagiu com 👍').waitFor();
  await message('Obrigada, já vou').getByText('editada').waitFor();
  expect(stage.complaints).toEqual([]);
});
