import { createClient } from '@prosa/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runScript } from './run-script.ts';
import { inboxOf, openStage, phoneOf, webchatOf, type Stage } from './stage.ts';

/** A customer on the phone and a visitor of the shop, served from one inbox. One story, told in order. */
let stage: Stage;
let customer: Page;
let visitor: Page;
let ana: Page;

beforeAll(async () => {
  stage = await openStage();
  [customer, visitor, ana] = await Promise.all([
    stage.open('/phone'),
    stage.open(stage.demo.shopUrl),
    stage.open('/crm?agent=ana'),
  ]);
  await inboxOf(ana).row('João Pedro Nunes').waitFor();
});
afterAll(async () => {
  await stage.close();
});

const marina = 'Marina Albuquerque';
const helena = 'Helena Duarte';

it('shows the visitor a greeting and asks what it is about', async () => {
  const webchat = webchatOf(visitor);
  await visitor.getByRole('button', { name: 'Tirar uma dúvida' }).click();
  await webchat.panel.getByText('Olá! Como podemos ajudar?').waitFor();
  await webchat.write('Oi! O Catuaí vem moído?');
  await webchat.root.getByText('Escolha um assunto para começar.').waitFor();
  await webchat.root.getByRole('textbox', { name: /^Seu nome/ }).fill(helena);
  await webchat.root.getByText('Pedidos', { exact: true }).click();
  await webchat.button('Enviar').click();
  await webchat.log.getByText('O Catuaí vem moído?').waitFor();
});

it('brings both into one inbox, each with its origin and its protocol', async () => {
  await phoneOf(customer).write('Oi, quero trocar um pacote');
  const inbox = inboxOf(ana);
  await inbox.row(marina).waitFor();
  await inbox.row(helena).click();
  await inbox.thread.getByText('O Catuaí vem moído?').waitFor();
  await inbox.root.getByText('Webchat · Pedidos').waitFor();
  const protocol = /\d{14}/.exec((await webchatOf(visitor).panel.textContent()) ?? '')?.[0] ?? '';
  expect(protocol).toMatch(/^\d{14}$/);
  await inbox.root.getByText(protocol).first().waitFor();
  await inbox.row(marina).click();
  await inbox.thread.getByText('quero trocar um pacote').waitFor();
});

it('answers the visitor, who sees who is writing and that it was read', async () => {
  const inbox = inboxOf(ana);
  const webchat = webchatOf(visitor);
  await inbox.row(helena).click();
  await inbox.button('Atender').click();
  await webchat.panel.getByText('Ana Beatriz Rocha está atendendo').waitFor();
  await webchat.log.getByText('Lida').waitFor();
  await inbox.composer.pressSequentially('Oi, Helena');
  await webchat.log.getByRole('img', { name: 'Digitando…' }).waitFor();
  await inbox.write('Oi, Helena! Vai moído *ou em grãos*, como preferir.');
  await webchat.log.getByText('ou em grãos').waitFor();
  await webchat.composer.pressSequentially('Moído');
  await inbox.root.getByText(/digitando/).waitFor();
  await webchat.write('Moído, por favor. Obrigada!');
  await inbox.thread.getByText('Moído, por favor').waitFor();
});

it('tells the visitor with the panel closed, and on the next page of the shop', async () => {
  const webchat = webchatOf(visitor);
  await webchat.button('Fechar o chat').first().click();
  await inboxOf(ana).write('Anotado no seu pedido.');
  await webchat.root.getByRole('button', { name: 'Abrir o chat, 1 mensagem nova' }).waitFor();
  await visitor.getByRole('link', { name: 'Entrega e trocas' }).click();
  await webchat.root.getByRole('button', { name: 'Abrir o chat, 1 mensagem nova' }).click();
  await webchat.log.getByText('Anotado no seu pedido.').waitFor();
  await webchat.log.getByText('O Catuaí vem moído?').waitFor();
});

it('carries a file to the visitor', async () => {
  const inbox = inboxOf(ana);
  await inbox.files
    .first()
    .setInputFiles({ name: 'moagens.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
  await inbox.button('Enviar').click();
  const [download] = await Promise.all([
    visitor.waitForEvent('download'),
    webchatOf(visitor).log.getByRole('button', { name: 'Baixar moagens.pdf' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('moagens.pdf');
});

it('serves the phone from the same inbox', async () => {
  const inbox = inboxOf(ana);
  await inbox.tab('Esperando').click();
  await inbox.row(marina).click();
  await inbox.button('Atender').click();
  await inbox.write('Claro, Marina. Pode deixar na portaria que buscamos.');
  await phoneOf(customer).bubble('buscamos').waitFor();
});

it('finishes both', async () => {
  for (const name of [marina, helena]) {
    const inbox = inboxOf(ana);
    await inbox.tab('Meus').click();
    await inbox.row(name).click();
    await inbox.button('Finalizar').click();
    await inbox.dialog.getByRole('radio', { name: /^Resolvido/ }).check();
    await inbox.dialog.getByRole('button', { name: 'Finalizar' }).click();
    await inbox.row(name).waitFor({ state: 'detached' });
  }
});

it('asks the phone how it was, with a list', async () => {
  const phone = phoneOf(customer);
  await phone.bubble('Como você avalia o atendimento').waitFor();
  await phone.root.getByRole('button', { name: 'Escolher nota' }).click();
  await phone.root.getByRole('dialog').getByText('4 – Bom').click();
  await phone.root.getByRole('dialog').getByRole('button', { name: 'Enviar' }).click();
  await phone.bubble('Agradecemos a sua resposta').waitFor();
});

it('asks the visitor whether they would recommend the shop, inside the panel', async () => {
  const webchat = webchatOf(visitor);
  await webchat.root.getByText('De 0 a 10, quanto você nos recomendaria').waitFor();
  await webchat.root.getByText('9', { exact: true }).click();
  await webchat.root.getByRole('textbox', { name: /^Quer contar o motivo/ }).fill('Responderam na hora');
  await webchat.button('Enviar resposta').click();
  await webchat.root.getByText('Sua resposta: 9 de 10').waitFor();
});

it('opens no service for an answer', async () => {
  const inbox = inboxOf(ana);
  await inbox.tab('Esperando').click();
  await inbox.row('João Pedro Nunes').waitFor();
  expect(await inbox.row(marina).count()).toBe(0);
  expect(await inbox.row(helena).count()).toBe(0);
});

it('adds up in a script', async () => {
  const { gatewayUrl, apiKey } = stage.demo;
  const printed = await runScript('print-nps', { url: gatewayUrl, token: apiKey });
  expect(printed).toContain('NPS: 100   respostas: 1 de 1 (100%)');
  const server = createClient({ baseUrl: gatewayUrl, token: apiKey });
  const csat = await server.surveys.results({ instrument: 'csat' });
  expect(csat).toMatchObject({ answered: 1, score: 100, mean: 4 });
  expect(csat.distribution.find(({ score }) => score === 4)?.count).toBe(1);
  const { data } = await server.surveys.responses({ instrument: 'nps', status: 'answered' });
  expect(data).toMatchObject([{ score: 9, comment: 'Responderam na hora', agent: { name: 'Ana Beatriz Rocha' } }]);
  server.destroy();
});

it('lets the visitor begin again, and the service gets a protocol of its own', async () => {
  const webchat = webchatOf(visitor);
  await webchat.button('Começar nova conversa').click();
  await webchat.root.getByText('Trocas', { exact: true }).click();
  await webchat.write('Mais uma coisa: posso trocar depois?');
  await inboxOf(ana).row(helena).click();
  await inboxOf(ana).root.getByText('Webchat · Trocas').waitFor();
});

it('broke no security policy on any page', () => {
  expect(stage.complaints).toEqual([]);
});

it('put no token and no secret into an address, a Referer, a console, an error or a log', () => {
  // The secrets of the demo, and what Ana and Helena sent.
  expect(stage.leakWatch.known).toBeGreaterThan(7);
  expect(stage.leakWatch.heard).toBeGreaterThan(100);
  expect(stage.leakWatch.leaks()).toEqual([]);
});
