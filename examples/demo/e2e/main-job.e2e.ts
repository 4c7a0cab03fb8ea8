import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfBytes, photoBytes } from './files.ts';
import { inboxOf, openStage, phoneOf, type Stage } from './stage.ts';

/** One story, told in order: each step goes on where the one before it ended. */
let stage: Stage;
let customer: Page;
let ana: Page;
let bruno: Page;

beforeAll(async () => {
  stage = await openStage();
  [customer, ana, bruno] = await Promise.all([
    stage.open('/phone'),
    stage.open('/crm?agent=ana'),
    stage.open('/crm?agent=bruno'),
  ]);
  await inboxOf(ana).tab('Esperando').click();
  await inboxOf(ana).row('João Pedro').waitFor();
});
afterAll(async () => {
  await stage.close();
});

const marina = 'Marina Albuquerque';

it('brings a message from the phone into the inbox within a second', async () => {
  await phoneOf(customer).composer.waitFor();
  const seen = inboxOf(ana).row(marina).waitFor();
  await phoneOf(customer).write('Oi, não recebi o boleto deste mês');
  const sentAt = Date.now();
  await seen;
  expect(Date.now() - sentAt).toBeLessThan(1000);
  expect(await inboxOf(ana).row(marina).textContent()).toContain('não vinculado');
});

it('sends the protocol to the phone before anybody takes over', async () => {
  await phoneOf(customer)
    .bubble(/protocolo é/)
    .waitFor();
  const text = await phoneOf(customer)
    .bubble(/protocolo é/)
    .textContent();
  const number = /\d{14}/.exec(text ?? '')?.[0] ?? '';
  await inboxOf(ana).row(marina).click();
  await inboxOf(ana).root.getByText(number).first().waitFor();
  expect(await inboxOf(bruno).root.getByText(number).count()).toBe(0);
});

it('lets one agent take the conversation, and tells another who did', async () => {
  await inboxOf(bruno).tab('Esperando').click();
  await inboxOf(bruno).row(marina).click();
  await inboxOf(bruno).button('Atender').waitFor();
  // Bruno's page does not hear of it in time: his click comes too late.
  await bruno.context().setOffline(true);
  await inboxOf(ana).button('Atender').click();
  await inboxOf(ana).composer.waitFor();
  await bruno.route('**/v1/events*', (route) => route.abort());
  await bruno.context().setOffline(false);
  if (await inboxOf(bruno).button('Atender').isVisible()) await inboxOf(bruno).button('Atender').click();
  await inboxOf(bruno)
    .root.getByText(/Ana Beatriz Rocha (assumiu|está atendendo)/)
    .first()
    .waitFor();
  await bruno.unroute('**/v1/events*');
});

it('answers, and turns blue when the customer reads', async () => {
  await inboxOf(ana).write('Boa tarde, Marina! Já localizei, *envio em seguida*.');
  await phoneOf(customer).bubble('Já localizei').waitFor();
  await inboxOf(ana).thread.getByRole('img', { name: 'Lida' }).last().waitFor();
});

it('keeps everything over a reload of both pages', async () => {
  await Promise.all([ana.reload(), customer.reload()]);
  await inboxOf(ana).tab('Meus').click();
  await inboxOf(ana).row(marina).click();
  await inboxOf(ana).thread.getByText('envio em seguida').waitFor();
  await inboxOf(ana).thread.getByText('não recebi o boleto').waitFor();
  await phoneOf(customer).bubble('Já localizei').waitFor();
});

it('carries files both ways', async () => {
  await inboxOf(ana)
    .files.first()
    .setInputFiles({ name: 'boleto-novembro.pdf', mimeType: 'application/pdf', buffer: pdfBytes });
  await inboxOf(ana).root.getByText('Pronto para enviar').waitFor();
  await inboxOf(ana).button('Enviar').click();
  await phoneOf(customer).bubble('boleto-novembro.pdf').waitFor();
  await phoneOf(customer).files.setInputFiles({ name: 'roteador.png', mimeType: 'image/png', buffer: photoBytes });
  const photo = inboxOf(ana).thread.locator('img[src*="/media/"], img[src^="blob:"]').last();
  await photo.waitFor();
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
});

it('registers an unknown number as a customer', async () => {
  const panel = inboxOf(ana).root;
  await panel.getByText('Este número ainda não está vinculado a um cliente.').waitFor();
  await panel.getByRole('button', { name: 'Cadastrar novo cliente' }).click();
  expect(await panel.getByLabel('Nome', { exact: true }).inputValue()).toBe(marina);
  const document = panel.getByLabel(/CPF ou CNPJ/);
  await document.fill('11144477734');
  await panel.getByRole('button', { name: 'Salvar' }).click();
  await panel.getByText('CPF inválido').waitFor();
  await document.fill('11144477735');
  await panel.getByRole('button', { name: 'Salvar' }).click();
  await panel.getByText('***.444.777-**').waitFor();
  await expect.poll(() => inboxOf(ana).row(marina).textContent()).not.toContain('não vinculado');
});

it('hands the conversation to the second agent, who finishes it', async () => {
  await inboxOf(ana).button('Transferir').click();
  const { dialog } = inboxOf(ana);
  await dialog.getByText('Bruno Tavares').click();
  await dialog.getByRole('textbox', { name: /Motivo/ }).fill('Assunto do financeiro');
  await dialog.getByRole('button', { name: 'Transferir' }).click();
  await inboxOf(bruno).tab('Meus').click();
  await inboxOf(bruno).row(marina).click();
  await inboxOf(bruno).thread.getByText('Assunto do financeiro').waitFor();
  await inboxOf(bruno).write('Oi Marina, aqui é o Bruno. Tudo certo?');
  await phoneOf(customer).bubble('aqui é o Bruno').waitFor();
  await inboxOf(bruno).button('Finalizar').click();
  await inboxOf(bruno).dialog.getByRole('button', { name: 'Finalizar' }).click();
  await inboxOf(bruno).row(marina).waitFor({ state: 'detached' });
  await inboxOf(bruno)
    .root.getByText(/Finalizado/)
    .first()
    .waitFor();
});

it('starts a new conversation when the customer writes again, with the history at hand', async () => {
  await phoneOf(customer).write('Mais uma dúvida');
  await inboxOf(ana).tab('Esperando').click();
  await inboxOf(ana).row(marina).click();
  await inboxOf(ana).thread.getByText('Mais uma dúvida').waitFor();
  await inboxOf(ana).root.getByText('Atendimentos anteriores').waitFor();
  await inboxOf(ana).root.getByText('Resolvido').first().waitFor();
});

it('broke no rule of the pages on the way', () => {
  expect(stage.complaints).toEqual([]);
});
