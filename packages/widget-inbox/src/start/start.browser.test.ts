/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import type { MessageTemplate } from '@prosa/core/contract';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { sendKeys } from '@web/test-runner-commands';
import { mountWith, still, type MountedInbox } from '../testing/mount.ts';

const marina = { from: '+55 83 9 9914-2210', name: 'Marina Souza' };

describe('a new conversation in <prosa-inbox>', () => {
  let gateway: TestGateway;
  let mounted: MountedInbox;
  let server: ProsaClient;
  let template: MessageTemplate;
  const clients: ProsaClient[] = [];

  function connect(token: TestAgent['token'] | string): ProsaClient {
    const client = createClient({ baseUrl: gateway.baseUrl, token, fetch: gateway.fetch, storage: null });
    clients.push(client);
    return client;
  }

  beforeEach(async () => {
    gateway = await createTestGateway();
    server = connect(gateway.apiKey);
    template = await server.hsm.create({
      name: 'entrega_a_caminho',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Olá, {{1}}. O pedido {{2}} saiu.', examples: ['Marina', '8812'] }],
    });
    await gateway.delivered();
    const ana = await gateway.createAgent({ name: 'Ana Prado' });
    mounted = await mountWith(connect(ana.token));
    await mounted.until(() => mounted.root.querySelector('.list-panel .empty'));
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await gateway.close();
  });

  const dialog = () => mounted.one<HTMLDialogElement>('dialog.start[open]');
  const field = (name: string) => mounted.one<HTMLInputElement>(`#start-${name}`);
  const foot = () => mounted.one('.composer-area').textContent;
  const focused = () => mounted.root.activeElement;

  function fill(name: string, value: string): void {
    const input = field(name);
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }

  async function open(): Promise<void> {
    mounted.button('Nova conversa').click();
    await mounted.until(() => dialog().querySelector('.template-choice'), 'the templates are not there');
  }

  async function choose(): Promise<void> {
    mounted.one('dialog.start .template-choice').click();
    await mounted.until(() => mounted.root.querySelector('#start-body-1'));
    fill('body-1', 'Marina');
    fill('body-2', '8812');
    await mounted.inbox.updateComplete;
  }

  async function send(): Promise<void> {
    dialog().querySelector<HTMLElement>('.dialog-foot .send')!.click();
    await mounted.inbox.updateComplete;
  }

  async function begin(phone = marina.from): Promise<void> {
    await open();
    fill('phone', phone);
    await choose();
    await send();
  }

  async function awaiting(): Promise<void> {
    await mounted.until(() => foot().includes('Modelo enviado.'), 'it does not wait for the customer');
  }

  it('refuses a number that is none before anybody is asked, and says what else is missing', async () => {
    await open();
    expect(focused()).to.equal(field('phone'));
    expect(dialog().querySelector('.send')?.getAttribute('aria-disabled')).to.equal('true');
    await send();
    await mounted.until(() => mounted.root.querySelector('#start-phone-error'));
    expect(mounted.one('#start-phone-error').textContent).to.equal('Informe o telefone, com DDD.');
    fill('phone', '8399');
    expect(field('phone').value).to.equal('(83) 99');
    await send();
    await mounted.until(() => mounted.root.querySelector('#start-phone-error'));
    expect(mounted.one('#start-phone-error').textContent).to.equal('Confira o telefone, com DDD.');
    expect(field('phone').getAttribute('aria-describedby')).to.equal('start-phone-error');
    expect(mounted.one('.template-part .error').textContent).to.equal('Escolha um modelo.');
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();

    fill('phone', '83999142210');
    await mounted.inbox.updateComplete;
    expect(mounted.root.querySelector('#start-phone-error')).to.equal(null);
    mounted.one('dialog.start .template-choice').click();
    await mounted.until(() => mounted.root.querySelector('#start-body-2'));
    expect(mounted.root.querySelector('.template-part .error'), 'what was chosen is not missing').to.equal(null);
    fill('body-1', 'Marina');
    await send();
    await mounted.until(() => focused() === field('body-2'), 'the focus is not at what is missing');
    expect(mounted.one('.template-part .error').textContent).to.equal('Preencha o campo que falta.');
    expect((await server.conversations.list()).data).to.have.length(0);
  });

  it('says who is in conversation with the contact, and goes there', async () => {
    const bruno = connect((await gateway.createAgent({ name: 'Bruno Carvalho' })).token);
    await gateway.customerSays('Oi', marina);
    const [waiting] = (await bruno.conversations.list({ tab: 'waiting' })).data;
    await begin('8399142210');
    await mounted.until(() => mounted.root.querySelector('#start-phone-error'));
    expect(mounted.one('#start-phone-error').textContent).to.contain('já tem uma conversa aberta, sem atendente');

    await bruno.conversations.accept(waiting!.id);
    await send();
    await mounted.until(() =>
      mounted.one('#start-phone-error').textContent.includes('Bruno Carvalho já está em conversa'),
    );
    expect(focused()).to.equal(field('phone'));
    expect(field('body-2').value, 'what was filled in stays').to.equal('8812');
    await mounted.until(() => mounted.button('Abrir conversa'));
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();
    mounted.button('Abrir conversa').click();
    await mounted.until(() => foot().includes('Bruno Carvalho está atendendo'));
    expect(mounted.inbox.conversationId).to.equal(waiting!.id);
    expect(mounted.root.querySelector('dialog[open]')).to.equal(null);
  });

  it('offers the templates anew when the one that was chosen is gone', async () => {
    await open();
    fill('phone', marina.from);
    await choose();
    await server.hsm.delete(template.id);
    await gateway.delivered();
    await send();
    await mounted.until(() => mounted.one('.template-part').textContent.includes('não pode mais ser enviado'));
    await mounted.until(() => mounted.one('.template-part').textContent.includes('Nenhum modelo aprovado'));
    expect(field('phone').value).to.equal('+55 83 99914-2210');
  });

  it('leaves everything as it was when it is closed', async () => {
    const opener = mounted.button('Nova conversa');
    await open();
    fill('phone', '83999142210');
    await sendKeys({ press: 'Escape' });
    await mounted.until(() => !mounted.root.querySelector('dialog[open]'));
    expect(focused()).to.equal(opener);
    await open();
    expect(field('phone').value).to.equal('');
  });

  it('is begun with the keyboard alone, waits for the customer, and goes on with the answer', async () => {
    mounted.button('Nova conversa').focus();
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => dialog().querySelector('.template-choice'));
    await sendKeys({ type: '83999142210' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Marina Souza' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'entrega' });
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => focused() === field('body-1'), 'the first variable is not at hand');
    await sendKeys({ type: 'Marina' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '8812' });
    expect(mounted.one('.template-preview').textContent).to.contain('Olá, Marina. O pedido 8812 saiu.');
    await sendKeys({ press: 'Enter' });

    await awaiting();
    await mounted.until(() => focused() === mounted.one('.log'), 'the thread does not have the focus');
    expect(mounted.root.querySelector('.composer')).to.equal(null);
    expect(mounted.one('.thread-head').textContent).to.contain('Marina Souza').and.contain('aguardando resposta');
    await mounted.until(() => mounted.one('.row.selected .chips').textContent.includes('aguardando resposta'));
    expect(mounted.one('.row.selected').textContent).not.to.contain('janela');
    expect(mounted.one('[aria-selected=true][role=tab]').dataset['tab']).to.equal('mine');
    await gateway.delivered();
    expect(gateway.phoneMessages.at(-1)).to.deep.include({ to: '+5583999142210' });
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();

    await gateway.customerSays('Que bom, obrigada', marina);
    await mounted.until(() => mounted.root.querySelector('.composer textarea'), 'the agent cannot answer');
    expect(mounted.one('.thread-head').textContent).not.to.contain('aguardando resposta');
    expect(mounted.one('.thread-head').textContent).to.contain('Protocolo');
    await mounted.until(() => !mounted.one('.row.selected').textContent.includes('aguardando resposta'));
  });

  it('can be finished without an answer', async () => {
    await begin();
    await awaiting();
    mounted.button('Finalizar').click();
    await mounted.until(() => mounted.root.querySelector('dialog[open] [value=no_reply]'));
    mounted.one('dialog[open] [value=no_reply]').click();
    mounted.one('dialog[open] .primary').click();
    await mounted.until(() => foot().includes('Finalizado'));
  });

  it('says that the template did not arrive, and sends it again', async () => {
    gateway.refuseNextMessage({ code: 131026, title: 'Message undeliverable' });
    await begin();
    await mounted.until(() => foot().includes('Envie o modelo de novo'));
    await mounted.until(() => mounted.root.querySelector('.send-problem'), 'the message does not say so');
    expect(mounted.one('.send-problem').textContent).to.contain('Não entregue.');
    expect(mounted.one('.reason').classList.contains('danger'), 'it is told twice').to.equal(false);
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();
    mounted.button('Tentar de novo').click();
    await awaiting();
    await gateway.delivered();
    expect(gateway.phoneMessages).to.have.length(1);
  });

  it('shows who wrote where it was somebody else, and lets them alone finish', async () => {
    const bruno = connect((await gateway.createAgent({ name: 'Bruno Carvalho' })).token);
    const use = { templateId: template.id, variables: { 'body.1': 'Marina', 'body.2': '8812' } };
    const his = await bruno.conversations.start({ to: { phone: marina.from }, template: use });
    mounted.inbox.conversationId = his.id;
    await mounted.until(() => foot().includes('Bruno Carvalho enviou um modelo.'));
    expect(mounted.root.querySelector('[part=finish]')).to.equal(null);

    const automatic = await server.conversations.start({ to: { phone: '+1 650 555 1234' }, template: use });
    mounted.inbox.conversationId = automatic.id;
    await mounted.until(() => foot().includes('O sistema enviou um modelo.'));
    mounted.one('[data-tab=all]').click();
    await mounted.until(
      () => mounted.all('.row .chips').filter((row) => row.textContent.includes('aguardando')).length === 2,
    );
  });
});
