import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createSimulator, type Simulator } from '../index.ts';
import './define.ts';
import type { WhatsAppPhone } from './whatsapp-phone.ts';

/** Pictures do not go through `fetch`: the server of the tests answers them with 404, which no test here minds. */

/** The simulator runs in the page; the element reaches it through `fetch` and an `EventSource` that reads from it. */
const waId = '558399142210';
const phoneNumberId = '109000000001000';
const realFetch = globalThis.fetch;
const RealEventSource = globalThis.EventSource;
let simulator: Simulator;

class PageEventSource extends EventTarget {
  readonly #abort = new AbortController();

  constructor(url: string) {
    super();
    void this.#read(new URL(url, location.href));
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(url: URL): Promise<void> {
    const response = await simulator.fetch(new Request(url, { signal: this.#abort.signal }));
    this.dispatchEvent(new Event('open'));
    const reader = (response.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream() as never)
      .getReader();
    let text = '';
    for (;;) {
      const { done, value } = (await reader.read()) as unknown as { done: boolean; value: string };
      if (done) return;
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [, name, data] = /event: (\w+)\ndata: (.*)/.exec(text.slice(0, end)) ?? [];
        if (name !== undefined) this.dispatchEvent(new MessageEvent(name, { data: data ?? '' }));
        text = text.slice(end + 2);
      }
    }
  }
}

beforeEach(() => {
  simulator = createSimulator({ origin: location.origin, onError: () => undefined });
  simulator.addNumber({
    phoneNumberId,
    wabaId: '108000000001000',
    displayPhoneNumber: '+55 83 3000-1000',
    verifiedName: 'Loja Cacau',
    token: 'token',
    appSecret: 'secret',
  });
  simulator.phone({ name: 'Marina Albuquerque', waId });
  globalThis.EventSource = PageEventSource as unknown as typeof EventSource;
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    return new URL(request.url).pathname.startsWith('/simulator/') ? simulator.fetch(request) : realFetch(input, init);
  };
});
afterEach(async () => {
  globalThis.fetch = realFetch;
  globalThis.EventSource = RealEventSource;
  await simulator.close();
});

async function phone(): Promise<WhatsAppPhone> {
  const element = await fixture<WhatsAppPhone>(html`<whatsapp-phone wa-id=${waId} lang="pt-BR"></whatsapp-phone>`);
  await waitUntil(() => element.view !== null);
  return element;
}

async function businessSays(body: string): Promise<void> {
  const response = await simulator.fetch(
    new Request(`${location.origin}/v25.0/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: waId, type: 'text', text: { body } }),
    }),
  );
  void expect(response.status).to.equal(200);
}

const bubbles = (element: WhatsAppPhone) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('[data-message-id]') ?? []),
];
const button = (element: WhatsAppPhone, selector: string) =>
  element.shadowRoot?.querySelector<HTMLButtonElement>(selector);

async function type(element: WhatsAppPhone, text: string): Promise<void> {
  const field = element.shadowRoot?.querySelector('textarea');
  if (field) field.value = text;
  button(element, '.send')?.click();
  await waitUntil(() => bubbles(element).some((one) => one.textContent?.includes(text.slice(0, 6))));
}

describe('whatsapp-phone', () => {
  it('invites to write, sends what is typed, and is accessible', async () => {
    const element = await phone();
    void expect(element.shadowRoot?.querySelector('.hint')?.textContent).to.contain('Marina Albuquerque');
    await expect(element).to.be.accessible();
    await type(element, 'Oi, não recebi o *boleto*');
    void expect(bubbles(element)[0]?.querySelector('strong')?.textContent).to.equal('boleto');
    void expect(simulator.phones[0]?.messages).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('reads what arrives while the chat is open', async () => {
    const element = await phone();
    await type(element, 'Oi, tudo bem?');
    await businessSays('Boa tarde!');
    await waitUntil(() =>
      bubbles(element).some(({ dataset }) => dataset['from'] === 'business' && dataset['status'] === 'read'),
    );
  });

  it('does not read what arrives while it is locked, and shows it as a notification', async () => {
    const element = await phone();
    await type(element, 'Oi, tudo bem?');
    button(element, '.home')?.click();
    await element.updateComplete;
    await businessSays('Segredo da loja');
    await waitUntil(() => element.shadowRoot?.querySelector('.note') !== null);
    void expect(simulator.phones[0]?.messages.at(-1)?.status).to.equal('delivered');
    await expect(element).to.be.accessible();
    button(element, '.home')?.click();
    await waitUntil(() => simulator.phones[0]?.messages.at(-1)?.status === 'read');
  });

  it('shows marks of HTML and dangerous links as text', async () => {
    const element = await phone();
    await type(element, 'Oi, tudo bem?');
    await businessSays('<img src=x onerror=alert(1)> javascript:alert(1) https://exemplo.com.br/a');
    await waitUntil(() => bubbles(element).length === 2);
    const bubble = bubbles(element)[1];
    void expect(bubble?.querySelector('img')).to.equal(null);
    void expect([...(bubble?.querySelectorAll('a') ?? [])].map((link) => link.href)).to.deep.equal([
      'https://exemplo.com.br/a',
    ]);
  });

  it('sends a photo and shows it', async () => {
    const element = await phone();
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const file = new File([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], 'foto.png', { type: 'image/png' });
    const files = new DataTransfer();
    files.items.add(file);
    const input = element.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
    if (input) input.files = files.files;
    input?.dispatchEvent(new Event('change'));
    await waitUntil(() => element.shadowRoot?.querySelector('img.picture') !== null);
  });

  it('says so when a message could not be sent, and keeps the text', async () => {
    const element = await phone();
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    const field = element.shadowRoot?.querySelector('textarea');
    if (field) field.value = 'Chegou?';
    button(element, '.send')?.click();
    await waitUntil(() => element.shadowRoot?.querySelector('[role=alert]') !== null);
    void expect(field?.value).to.equal('Chegou?');
  });
});
