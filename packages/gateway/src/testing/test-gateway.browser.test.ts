import { expect } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';

const marina = { from: '+55 83 9 9914-2210', name: 'Marina' };

describe('the gateway in a browser', () => {
  it('says what is missing when there is no SQLite, and starts when there is', async () => {
    const { warn, error: complain } = console;
    Object.assign(console, { warn: () => {}, error: () => {} });
    const failed = await createTestGateway({ sqliteWasm: 'data:text/plain,no' }).catch((error: unknown) => error);
    Object.assign(console, { warn, error: complain });
    void expect(failed).to.be.an('error').with.property('message').that.contains('serve sqlite3.wasm');
    const started = await createTestGateway();
    void expect((await started.fetch('/health')).status).to.equal(200);
    await started.close();
  });
});

describe('a conversation in a browser', () => {
  let gateway: TestGateway;
  let client: ProsaClient;

  beforeEach(async () => {
    gateway = await createTestGateway();
    const ana = await gateway.createAgent({ name: 'Ana' });
    client = createClient({ baseUrl: gateway.baseUrl, token: ana.token, fetch: gateway.fetch, storage: null });
  });

  afterEach(async () => {
    client.destroy();
    await gateway.close();
  });

  async function firstWaiting(): Promise<string> {
    const { data } = await client.conversations.list({ tab: 'waiting' });
    return data[0]?.id ?? '';
  }

  it('keeps the rules: what another agent has taken is refused', async () => {
    await gateway.customerSays('Oi', marina);
    const id = await firstWaiting();
    const bia = await gateway.createAgent({ name: 'Bia' });
    const other = createClient({ baseUrl: gateway.baseUrl, token: bia.token, fetch: gateway.fetch, storage: null });
    await other.conversations.accept(id);
    other.destroy();
    const refused = await client.conversations.accept(id).catch((error: unknown) => error);
    void expect(refused).to.have.property('code', 'conversation_taken');
  });

  it('brings a conversation from the phone to the agent and back, over the stream', async () => {
    const news: string[] = [];
    const connected = new Promise<void>((resolve) => {
      client.on('connection.changed', ({ state }) => state === 'connected' && resolve());
    });
    const heard = new Promise<void>((resolve) => {
      client.on('message.created', ({ data: { message } }) => {
        if (message.content.type === 'text') news.push(message.content.text);
        if (news.includes('Pois não?')) resolve();
      });
    });
    await connected;
    await gateway.customerSays('Meu pedido não chegou', marina);
    const id = await firstWaiting();
    await client.conversations.accept(id);
    await client.messages.send(id, { type: 'text', text: 'Pois não?' });
    await heard;
    await gateway.delivered();
    await gateway.customerReads(marina);
    void expect(news[0]).to.equal('Meu pedido não chegou');
    void expect(gateway.phoneMessages.at(-1)).to.include({ to: '+5583999142210', text: 'Pois não?' });
    const { data } = await client.messages.list(id);
    void expect(data.find(({ direction }) => direction === 'outbound')?.status).to.equal('read');
  });

  it('serves a webchat to the page, whose origin no script can name', async () => {
    const start = async (key: string) => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ key }) };
      return (await gateway.fetch('/v1/webchat/sessions', init)).status;
    };
    void expect(await start(await gateway.createWebchat({ origins: ['https://elsewhere.test'] }))).to.equal(403);
    void expect(await start(await gateway.createWebchat())).to.equal(200);
  });

  it('takes files and hands them out again', async () => {
    await gateway.customerSays('Oi', marina);
    const file = new File(['pedido;valor\n1;20'], 'pedidos.txt', { type: 'text/plain' });
    const { id } = await client.attachments.upload(file, { fileName: file.name });
    const { url } = await client.attachments.url(id);
    void expect(await (await gateway.fetch(url)).text()).to.equal('pedido;valor\n1;20');
  });

  it('is filled, breaks and is put forward as in Node', async () => {
    const desk = await gateway.seed({ queues: [{ name: 'Vendas' }], conversations: [{ acceptedBy: 'Bia' }, 2] });
    void expect(desk.conversations.map(({ status }) => status)).to.deep.equal(['active', 'queued', 'queued']);
    const { id } = await gateway.customerSays('Chegou assim', { name: 'Marina', image: true });
    const page = (await gateway.createAgent({ name: 'Davi' })).client();
    await page.conversations.accept(id);
    const send = (text: string) =>
      page.messages.send(id, { type: 'text', text }).then(
        () => null,
        ({ code }: { readonly code: string }) => code,
      );
    gateway.failNext({ code: 'conversation_closed' });
    void expect(await send('Um')).to.equal('conversation_closed');
    gateway.failNext({ answerLost: true });
    void expect(await send('Dois')).to.equal(null);
    await gateway.closeWindow({ id });
    void expect(await send('Três')).to.equal('window_closed');
    const texts = (await gateway.sentToCustomer({ name: 'Marina' })).map(({ text }) => text);
    void expect(texts.filter((text) => text === 'Dois')).to.have.length(1);
    void expect(texts).not.to.include('Um');
    const { origin } = await gateway.visitorSays('Oi', { name: 'Lia', image: true });
    void expect(origin).to.equal('webchat');
    await gateway.advance({ days: 2 });
    await gateway.reset();
    void expect((await gateway.serverClient().conversations.list()).data).to.deep.equal([]);
  });

  it('tells the page that its network has gone and come back', async () => {
    const told: string[] = [];
    const note = ({ type }: Event) => told.push(type);
    for (const name of ['offline', 'online']) addEventListener(name, note);
    gateway.goOffline();
    const failed = await gateway.fetch('/health').catch((error: unknown) => error);
    gateway.goOnline();
    for (const name of ['offline', 'online']) removeEventListener(name, note);
    void expect(failed).to.be.an('error');
    void expect(told).to.deep.equal(['offline', 'online']);
    void expect((await gateway.fetch('/health')).status).to.equal(200);
  });
});
