import { arrives, inboxOf, openAudience, openStage, runProgram, type Audience, type Stage } from '@prosa/stage';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCrm, type Crm } from '../index.ts';

export interface CrmUnderTest {
  readonly publicDir: string;
  readonly entry: string;
  readonly start: string;
  /** What its login page is called. */
  readonly title: string;
}

/**
 * What an agent does in a CRM of ours and what the customers on their phones notice, told in order: each step goes on
 * where the one before it ended.
 */
export function tellCrmStory({ publicDir, entry, start, title }: CrmUnderTest): void {
  let stage: Stage;
  let audience: Audience;
  let crm: Crm;
  let page: Page;

  beforeAll(async () => {
    [stage, audience] = await Promise.all([openStage(), openAudience()]);
    const { gatewayUrl, agentKey } = stage;
    crm = await startCrm({ port: 0, gatewayUrl, agentKey, publicDir, entry });
    await stage.allowDesk(crm.url);
    page = await audience.open(crm.url);
  });
  afterAll(async () => {
    await audience.close();
    await crm.close();
    await stage.close();
  });

  const phoneOf = (name: string, waId: string) => stage.simulator.phone({ name, waId });
  /** In the CRM under this number. */
  const otavio = () => phoneOf('Otávio', '553198760142');
  /** The CRM knows them, but not this number. */
  const yara = () => phoneOf('Yara F.', '5511987650033');
  const pousada = () => phoneOf('Reservas', '553598110077');

  it('lets nobody in without a login', async () => {
    await page.getByRole('heading', { name: title }).waitFor();
    const answers = await Promise.all([
      fetch(`${crm.url}/api/token`, { method: 'POST' }),
      fetch(`${crm.url}/api/clientes`),
      fetch(`${crm.url}/api/clientes`, { headers: { cookie: 'crm_session=lia.forged' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    await page.getByRole('button', { name: /Davi Nogueira/ }).click();
    await inboxOf(page).tab('Esperando').waitFor();
    expect(await page.locator('#user').textContent()).toBe('Davi Nogueira');
  });

  it('tells in its menu who waits, and who a known number is', async () => {
    const inbox = inboxOf(page);
    await otavio().says('O quarto tem rede?');
    await inbox.tab('Esperando').click();
    await inbox.row('Otávio').click();
    await inbox.thread.getByText('O quarto tem rede?').waitFor();
    await inbox.root.getByText('Rua dos Ipês, 88, Belo Horizonte, MG').waitFor();
    await expect.poll(() => page.locator('#waiting').textContent()).toBe('1');
  });

  it('carries an answer to the phone', async () => {
    const inbox = inboxOf(page);
    await inbox.button('Atender').click();
    await inbox.write('Tem sim, Otávio. Na varanda.');
    await arrives(otavio(), 'Tem sim, Otávio. Na varanda.');
    await page.locator('#waiting').waitFor({ state: 'hidden' });
  });

  it('links a number to a customer of the CRM that is searched for', async () => {
    const inbox = inboxOf(page);
    await yara().says('Boa tarde');
    await inbox.tab('Esperando').click();
    await inbox.row('Yara F.').click();
    await inbox.button('Atender').click();
    await inbox.root.getByText('Este contato ainda não está vinculado a um cliente.').waitFor();
    await inbox.button('Vincular a cliente existente').click();
    await inbox.dialog.getByRole('combobox').fill('fontes');
    await inbox.dialog.getByRole('option', { name: /Yara Fontes/ }).click();
    await inbox.dialog.getByRole('button', { name: 'Vincular', exact: true }).click();
    await inbox.root.getByText('yara@exemplo.com.br').waitFor();
    expect(crm.customers.byPhone('+5511987650033')?.nome).toBe('Yara Fontes');
  });

  it('says whose document it is that somebody else has, and links that one', async () => {
    const inbox = inboxOf(page);
    await pousada().says('Aqui é da pousada');
    await inbox.tab('Esperando').click();
    await inbox.row('Reservas').click();
    await inbox.button('Atender').click();
    await inbox.button('Cadastrar novo cliente').click();
    await inbox.dialog.getByRole('textbox', { name: /CPF/ }).fill('12.ABC.345/01DE-35');
    await inbox.button('Salvar').click();
    await inbox.dialog.getByText('Já existe um cliente com este documento.').waitFor();
    await inbox.dialog.getByRole('button', { name: 'Vincular a esse cliente' }).click();
    await inbox.root.getByText('reservas@serraclara.example').waitFor();
    expect(crm.customers.all()).toHaveLength(3);
  });

  it('registers somebody new in the CRM, and shows them in its own list', async () => {
    const inbox = inboxOf(page);
    await phoneOf('<img src=x onerror=alert(1)>', '5584996120310').says('Oi');
    await inbox.tab('Esperando').click();
    await inbox.row('<img src=x').click();
    await inbox.button('Atender').click();
    await inbox.button('Cadastrar novo cliente').click();
    await inbox.dialog.getByRole('textbox', { name: /^E-mail/ }).fill('img@exemplo.com.br');
    await inbox.button('Salvar').click();
    await inbox.root.getByText('img@exemplo.com.br').waitFor();

    await page.getByRole('link', { name: 'Clientes' }).click();
    const rows = page.getByRole('row');
    await rows.filter({ hasText: /C-1003.*Yara Fontes.*\+55 71 9 9123-0456, \+55 11 9 8765-0033/ }).waitFor();
    await rows.filter({ hasText: /Pousada Serra Clara.*12\.ABC\.345\/01DE-35/ }).waitFor();
    await rows.filter({ hasText: /C-1004<img src=x onerror=alert\(1\)>.*\+55 84 9 9612-0310/ }).waitFor();
    await page.getByRole('link', { name: /Atendimento/ }).click();
    await inbox.composer.waitFor();
  });

  it('finishes, and shows the protocol in its menu', async () => {
    const inbox = inboxOf(page);
    await inbox.row('Otávio').click();
    await inbox.button('Finalizar').click();
    await inbox.dialog.getByRole('radio', { name: /^Resolvido/ }).check();
    await inbox.dialog.getByRole('button', { name: 'Finalizar' }).click();
    await page.getByText(/^Último protocolo: \d{14}$/).waitFor();
  });

  it('lets the next person work after the one who left, with nothing of theirs', async () => {
    await page.getByRole('button', { name: 'Sair' }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.evaluate(async () => (await fetch('/api/token', { method: 'POST' })).status)).toBe(401);
    await page.getByRole('button', { name: /Lia Monteiro/ }).click();
    const inbox = inboxOf(page);
    await inbox.tab('Meus').click();
    await inbox.root.getByText('Nenhum atendimento seu').waitFor();
    await inbox.root.getByText('Escolha uma conversa').waitFor();
    expect(await page.getByText(/Último protocolo/).count()).toBe(0);
  });

  it('broke no rule of the page on the way', () => {
    // A browser tells its console of answers that are refusals: the document that somebody else has, the token.
    const refusals = ['422', '401'].map((status) => expect.stringContaining(`responded with a status of ${status}`));
    expect(audience.complaints).toEqual(refusals);
  });

  it('starts with the settings that the README names, says which are missing, and stops', async () => {
    expect(await runProgram(start).ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Set PROSA_GATEWAY_URL, PROSA_AGENT_KID and PROSA_AGENT_SECRET (see README.md).\n',
    });
    const { gatewayUrl, agentKey } = stage;
    const agent = { PROSA_AGENT_KID: agentKey.kid, PROSA_AGENT_SECRET: agentKey.secret };
    const program = runProgram(start, { env: { PORT: '0', PROSA_GATEWAY_URL: gatewayUrl, ...agent } });
    const url = await program.prints(/O CRM está em (\S+)/);
    expect(await (await fetch(url)).text()).toContain(`<title>${title}</title>`);
    expect(await program.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  });
}
