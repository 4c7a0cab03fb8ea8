import { createClient, type ProsaClient } from '@prosa/core';
import { createWebchatClient, memoryWebchatStorage } from '@prosa/core/webchat';
import type { SurveyInstrument } from '@prosa/core/contract';
import { createTestGateway } from '@prosa/gateway/testing';
import '../src/define.ts';

/**
 * The webchat of a shop over a gateway in memory. `?theme=dark`, `?lang=en`, `?form=full`, `?accent=%237c3aed`,
 * `?position=left`, `?inline`, `?survey=nps`, `?fail=config`, `?hold`. `prosa` on the window plays the other side.
 */
const query = new URLSearchParams(location.search);
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light';
document.documentElement.lang = query.get('lang') ?? 'pt-BR';

const gateway = await createTestGateway({ origin: location.origin, sqliteWasm: '/sqlite3.wasm' });
const desk = createClient({ baseUrl: gateway.baseUrl, token: gateway.apiKey, fetch: gateway.fetch, storage: null });
const ana = await gateway.createAgent({ name: 'Ana' });
const agent: ProsaClient = createClient({
  baseUrl: gateway.baseUrl,
  token: ana.token,
  fetch: gateway.fetch,
  storage: null,
});
const instrument = (query.get('survey') ?? 'csat') as SurveyInstrument;
await desk.surveys.create({ instrument, name: 'Fim do atendimento', origins: ['webchat'] });
const webchatKey = await gateway.createWebchat({
  title: 'Loja Cacau',
  greeting: 'Olá! Como podemos ajudar?',
  subtitle: 'Respondemos em poucos minutos.',
  accent: query.get('accent'),
  position: query.get('position') === 'left' ? 'left' : 'right',
  form: {
    name: query.get('form') === 'full' ? 'required' : 'hidden',
    email: query.get('form') === 'full' ? 'optional' : 'hidden',
    subjects: ['Pedidos', 'Trocas', 'Outros assuntos'],
  },
});

/** What stands between the webchat and the gateway. */
const network = {
  failing: query.get('fail'),
  held: query.has('hold'),
  gone: new AbortController(),
};
const throughNetwork: typeof fetch = async (input, init) => {
  const { url } = new Request(input, init);
  if (network.held) await new Promise(() => undefined);
  const { signal } = network.gone;
  if (signal.aborted || (network.failing !== null && url.includes(network.failing))) {
    throw new TypeError('Failed to fetch');
  }
  return await gateway.fetch(input, {
    ...init,
    signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal,
  });
};

const client = createWebchatClient({
  baseUrl: gateway.baseUrl,
  webchatKey,
  fetch: throughNetwork,
  storage: memoryWebchatStorage(),
});
const webchat = document.createElement('prosa-webchat');
webchat.client = client;
webchat.inline = query.has('inline');
if (webchat.inline) document.body.className = 'inline';
document.body.append(webchat);

async function conversation() {
  const { data } = await agent.conversations.list({ tab: 'all', limit: 1 });
  const [newest] = data;
  if (!newest) throw new Error('there is no conversation yet');
  return newest;
}

/** The other side, and the network. */
const prosa = {
  webchat,
  client,
  gateway,
  network,
  accept: async () => void (await agent.conversations.accept((await conversation()).id)),
  say: async (text: string) => void (await agent.messages.send((await conversation()).id, { type: 'text', text })),
  type: async () => {
    await agent.conversations.typing((await conversation()).id, true);
  },
  close: async () => void (await agent.conversations.close((await conversation()).id, { outcome: 'resolved' })),
  async sendFile(kind: 'image' | 'document') {
    const { id } = await conversation();
    const file = kind === 'image' ? await picture() : new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' });
    const fileName = kind === 'image' ? 'pacote.png' : 'nota-fiscal-8812.pdf';
    const attachment = await agent.attachments.upload(file, { fileName });
    await agent.messages.send(id, { type: kind, attachmentId: attachment.id });
  },
};
Object.assign(window, { prosa });
export type Prosa = typeof prosa;

async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(640, 420);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const sky = context.createLinearGradient(0, 0, 640, 420);
  sky.addColorStop(0, '#e9c46a');
  sky.addColorStop(1, '#6b3f27');
  context.fillStyle = sky;
  context.fillRect(0, 0, 640, 420);
  context.fillStyle = '#5b3420';
  context.fillRect(230, 90, 180, 250);
  context.fillStyle = '#f3dcc5';
  context.fillRect(265, 170, 110, 90);
  return await canvas.convertToBlob({ type: 'image/png' });
}
