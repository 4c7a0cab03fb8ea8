/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { mountWith, still, type MountedInbox } from '../testing/mount.ts';

const marina = { from: '+55 83 9 9914-2210', name: 'Marina Souza' };
const day = 86_400_000;

// The other tests of the inbox script their gateway, to hold and to break what they want. These run on its real rules.
describe('<prosa-inbox> on the real gateway', () => {
  let gateway: TestGateway;
  let mounted: MountedInbox;
  const clients: ProsaClient[] = [];

  function connect({ token }: TestAgent): ProsaClient {
    const client = createClient({ baseUrl: gateway.baseUrl, token, fetch: gateway.fetch, storage: null });
    clients.push(client);
    return client;
  }

  beforeEach(async () => {
    gateway = await createTestGateway();
    mounted = await mountWith(connect(await gateway.createAgent({ name: 'Ana Prado' })));
    await gateway.customerSays('Meu pedido não chegou', marina);
    await mounted.until(() => mounted.root.querySelector('.row[data-id]'), 'the customer does not wait in the list');
    mounted.all('.row[data-id]')[0]!.click();
    await mounted.until(() => mounted.one('.log').textContent.includes('Meu pedido não chegou'));
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await gateway.close();
  });

  async function accept(): Promise<void> {
    mounted.button('Atender').click();
    await mounted.until(() => mounted.root.querySelector('.composer textarea'));
  }

  function send(text: string): void {
    const textarea = mounted.one<HTMLTextAreaElement>('.composer textarea');
    textarea.value = text;
    textarea.dispatchEvent(new Event('input'));
    textarea.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  }

  const ticksOf = (text: string) =>
    mounted
      .all('.message')
      .find((message) => message.textContent.includes(text))
      ?.querySelector('.ticks')
      ?.getAttribute('aria-label');

  it('follows a colleague who was faster', async () => {
    const bruno = connect(await gateway.createAgent({ name: 'Bruno Carvalho' }));
    await bruno.conversations.accept(mounted.inbox.conversationId!);
    await mounted.until(() => mounted.one('.reason').textContent.includes('Bruno Carvalho está atendendo'));
    expect(mounted.root.querySelector('.composer')).to.equal(null);
  });

  it('keeps a message that the closed service window refuses, and says why', async () => {
    await accept();
    await gateway.advance(day + 1000);
    send('Ainda está aí?');
    await mounted.until(() => mounted.root.querySelector('.pending .send-problem'));
    expect(mounted.one('.pending .send-problem').textContent).to.contain('A janela de 24 horas fechou.');
    await gateway.delivered();
    expect(gateway.phoneMessages.map(({ text }) => text)).not.to.include('Ainda está aí?');
  });

  it('tells that WhatsApp refused a message', async () => {
    await accept();
    await gateway.delivered();
    gateway.refuseNextMessage({ code: 131026, title: 'Message undeliverable' });
    send('Já verifico');
    await mounted.until(() => mounted.root.querySelector('.message.failed'), 'the message does not fail');
  });

  it('serves a customer from the first message to the read answer', async () => {
    await accept();
    send('Já verifico para você');
    await mounted.until(() => ticksOf('Já verifico para você') === 'Entregue');
    expect(gateway.phoneMessages.at(-1)).to.include({ to: '+5583999142210', text: 'Já verifico para você' });
    await gateway.customerReads(marina);
    await mounted.until(() => ticksOf('Já verifico para você') === 'Lida');
    await gateway.customerSays('Muito obrigada!', marina);
    await mounted.until(() => mounted.one('.log').textContent.includes('Muito obrigada!'));
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();
  });
});
