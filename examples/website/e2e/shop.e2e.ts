import { openAudience, openStage, runProgram, webchatOf, type Audience, type Stage } from '@prosa/stage';
import type { Conversation, ProsaClient } from '@prosa/core';
import type { Page } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startShop, type Shop } from '../src/index.ts';

/** One story, told in order: each step goes on where the one before it ended. */
let stage: Stage;
let audience: Audience;
let shop: Shop;
let page: Page;
let ana: ProsaClient;

beforeAll(async () => {
  [stage, audience] = await Promise.all([openStage({ webchat: true }), openAudience()]);
  const { gatewayUrl, webchatKey, visitorKey } = stage;
  shop = await startShop({ port: 0, gatewayUrl, webchatKey, visitorKey });
  await stage.allowWebsite(shop.url);
  ana = await stage.clientOf({ id: 'ana', name: 'Ana Prado' });
  page = await audience.open(shop.url);
});
afterAll(async () => {
  await audience.close();
  await shop.close();
  await stage.close();
});

/** The only open conversation, as soon as it is as it should be. */
function conversation(fits: (conversation: Conversation) => boolean): Promise<Conversation> {
  return vi.waitFor(
    async () => {
      const { data } = await ana.conversations.list({ tab: 'all' });
      const [only] = data;
      if (data.length !== 1 || !only || !fits(only)) throw new Error(`there is ${JSON.stringify(data)}`);
      return only;
    },
    { timeout: 20_000 },
  );
}

it('shows the webchat closed, and opens it by a button of the shop', async () => {
  const chat = webchatOf(page);
  await chat.launcher.waitFor();
  expect(await chat.composer.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Tirar uma dúvida' }).click();
  await chat.composer.waitFor();
});

it("brings the visitor's first message to the agents, with the name and the page", async () => {
  const chat = webchatOf(page);
  await chat.write('Vocês entregam em Natal?');
  await chat.root.getByRole('alert').filter({ hasText: 'Diga o seu nome' }).waitFor();
  await chat.root.getByRole('textbox', { name: 'Seu nome' }).fill('Helena');
  await chat.composer.press('Enter');
  const { contact, origin, pageUrl } = await conversation(({ status }) => status === 'queued');
  expect(contact).toMatchObject({ name: 'Helena', verified: false });
  expect({ origin, pageUrl }).toEqual({ origin: 'webchat', pageUrl: `${shop.url}/` });
  await chat.root.getByText(/Protocolo \d{14}/).waitFor();
});

it('shows who attends and what they answer, also on the next page of the shop', async () => {
  const chat = webchatOf(page);
  const { id } = await conversation(({ status }) => status === 'queued');
  await ana.conversations.accept(id);
  await chat.root.getByText('Ana Prado está atendendo').waitFor();
  await ana.messages.send(id, { type: 'text', text: 'Entregamos, <b>Helena</b>: chega na sexta.' });
  await chat.thread.getByText('Entregamos, <b>Helena</b>: chega na sexta.').waitFor();
  await page.getByRole('link', { name: 'Entrega e trocas' }).click();
  await page.waitForURL('**/entrega');
  await chat.thread.getByText('chega na sexta.').waitFor();
  await chat.write('Ótimo, obrigada');
  await conversation(({ lastMessage }) => lastMessage?.text === 'Ótimo, obrigada');
});

it('knows who is logged in to the shop as verified, and forgets them with the logout', async () => {
  const chat = webchatOf(page);
  await page.getByRole('button', { name: 'Entrar' }).click();
  const { contact } = await conversation(({ contact: { verified } }) => verified);
  expect(contact).toMatchObject({ name: 'Helena Duarte', email: 'helena@exemplo.com.br' });
  await chat.thread.getByText('Ótimo, obrigada').waitFor();

  await page.reload();
  await chat.thread.getByText('Ótimo, obrigada').waitFor();
  await conversation(({ contact: { verified } }) => verified);

  await page.getByRole('button', { name: /Sair/ }).click();
  await chat.thread.getByText('Ótimo, obrigada').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Entrar' }).click();
  await chat.thread.getByText('Ótimo, obrigada').waitFor();
});

it('says who is logged in to no page of anybody else', async () => {
  const answers = await Promise.all(
    [{ origin: 'https://outra-loja.example' }, {}].map((headers) =>
      fetch(`${shop.url}/conta/identidade`, { method: 'POST', headers }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([403, 403]);
});

it('broke no rule of the pages on the way', () => {
  expect(audience.complaints).toEqual([]);
});

it('opens no conversation on a page that its key does not name', async () => {
  const { gatewayUrl, webchatKey } = stage;
  const copy = await startShop({ port: 0, gatewayUrl, webchatKey });
  const other = await audience.open(copy.url);
  const chat = webchatOf(other);
  await other.getByRole('button', { name: 'Tirar uma dúvida' }).click();
  await chat.root.getByRole('alert').filter({ hasText: 'Não foi possível abrir o chat agora.' }).waitFor();
  expect(await chat.composer.count()).toBe(0);
  expect(audience.complaints[0]).toContain('blocked by CORS policy');
  await copy.close();
});

it('starts with the settings that the README names, says which are missing, and stops', async () => {
  const start = fileURLToPath(new URL('../src/start.ts', import.meta.url));
  expect(await runProgram(start).ended).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'Set PROSA_GATEWAY_URL and PROSA_WEBCHAT_KEY (see README.md).\n',
  });
  const env = { PORT: '0', PROSA_GATEWAY_URL: stage.gatewayUrl, PROSA_WEBCHAT_KEY: stage.webchatKey };
  const program = runProgram(start, { env });
  const url = await program.prints(/A loja está em (\S+)/);
  const html = await (await fetch(url)).text();
  const line = `<script async src="${stage.gatewayUrl}/webchat.js" data-key="${stage.webchatKey}"></script>`;
  expect(html).toContain(line);
  expect(await program.stop()).toMatchObject({ exitCode: 0, stderr: '' });
});
