import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfOf, photoBytes } from './files.ts';
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
  await inboxOf(ana).row('João Pedro Nunes').waitFor();
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
  // The one who is late hears nothing in time: no event reaches this page.
  const late = await stage.open('/crm?agent=bruno', {
    before: (page) => page.route('**/v1/events*', (route) => route.abort()),
  });
  await inboxOf(late).tab('Esperando').click();
  await inboxOf(late).row(marina).click();
  await inboxOf(late).button('Atender').waitFor();
  await inboxOf(ana).button('Atender').click();
  await inboxOf(ana).composer.waitFor();
  await inboxOf(late).button('Atender').click();
  await inboxOf(late).root.getByText('Ana Beatriz Rocha assumiu esta conversa antes.').waitFor();
  await late.close();
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

it('carries files both ways, and shows how far an upload is', async () => {
  const slow = await ana.context().newCDPSession(ana);
  await slow.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 600_000,
  });
  await inboxOf(ana)
    .files.first()
    .setInputFiles({ name: 'boleto-novembro.pdf', mimeType: 'application/pdf', buffer: pdfOf(900_000) });
  await inboxOf(ana).root.getByRole('progressbar').waitFor();
  await inboxOf(ana).root.getByRole('progressbar').waitFor({ state: 'detached' });
  await slow.detach();
  await inboxOf(ana).button('Enviar').click();
  await phoneOf(customer).bubble('boleto-novembro.pdf').waitFor();
  await phoneOf(customer).files.setInputFiles({ name: 'boleto.png', mimeType: 'image/png', buffer: photoBytes });
  const photo = inboxOf(ana).thread.locator('img').last();
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
});

it('registers an unknown number as a customer', async () => {
  const panel = inboxOf(ana).root;
  expect(await inboxOf(ana).row(marina).textContent()).toContain('não vinculado');
  await panel.getByText('Este contato ainda não está vinculado a um cliente.').waitFor();
  await panel.getByRole('button', { name: 'Cadastrar novo cliente' }).click();
  expect(await panel.getByRole('textbox', { name: /^Nome/ }).inputValue()).toBe(marina);
  const document = panel.getByRole('textbox', { name: /CPF/ });
  await document.fill('064.218.357-09');
  await panel.getByRole('button', { name: 'Salvar' }).click();
  await panel.getByText('CPF inválido').waitFor();
  await document.fill('064.218.357-08');
  await panel.getByRole('button', { name: 'Salvar' }).click();
  await panel.getByText('***.218.357-**').waitFor();
  await expect.poll(() => inboxOf(ana).row(marina).textContent()).not.toContain('não vinculado');
  await ana.getByRole('link', { name: 'Clientes' }).click();
  await ana.getByRole('row', { name: /Marina Albuquerque.*064\.218\.357-08/ }).waitFor();
  await ana.getByRole('navigation').getByRole('link', { name: 'Atendimento' }).click();
  await inboxOf(ana).composer.waitFor();
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
  await inboxOf(bruno)
    .dialog.getByRole('radio', { name: /^Resolvido/ })
    .check();
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
