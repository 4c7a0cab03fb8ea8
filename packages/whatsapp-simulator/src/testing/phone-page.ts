import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createSimulator } from '../simulator.ts';
import type { Simulator } from '../simulator.ts';
import type { WhatsAppPhone } from '../phone-element/whatsapp-phone.ts';

export const phoneNumberId = '109000000001000';
const wabaId = '108000000001000';
const waId = '558399142210';
const realFetch = globalThis.fetch;
const RealEventSource = globalThis.EventSource;

/** A page with one phone on it. The simulator runs in the page too. */
export interface PhonePage {
  readonly simulator: Simulator;
  /** What the business has been told by webhook about messages, oldest first. */
  readonly inbound: () => readonly Readonly<Record<string, unknown>>[];
  phone(): Promise<WhatsAppPhone>;
  businessSends(message: object): Promise<string>;
  /** What linked files are, from now on. */
  serveFiles(file: Response): void;
  close(): Promise<void>;
}

/** The element reaches the simulator through `fetch` and an `EventSource` that reads from it. */
export async function openPhonePage(): Promise<PhonePage> {
  const received: { messages?: readonly Readonly<Record<string, unknown>>[] }[] = [];
  let files: Response | undefined;
  const simulator = createSimulator({
    origin: location.origin,
    onError: () => undefined,
    async fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (url.hostname === 'arquivos.example') return files?.clone() ?? new Response(null, { status: 404 });
      if (request.method === 'GET') return new Response(url.searchParams.get('hub.challenge'));
      const envelope = (await request.json()) as { entry: { changes: { value: object }[] }[] };
      received.push(...envelope.entry.flatMap((entry) => entry.changes.map((change) => change.value)));
      return new Response(null);
    },
  });
  simulator.addNumber({
    phoneNumberId,
    wabaId,
    displayPhoneNumber: '+55 83 3000-1000',
    verifiedName: 'Loja Cacau',
    token: 'token',
    appSecret: 'secret',
  });
  await simulator.subscribe({ callbackUrl: 'https://loja.example/webhooks', verifyToken: 'v' });
  simulator.phone({ name: 'Marina Albuquerque', waId });
  globalThis.EventSource = eventSourceOf(simulator);
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    return new URL(request.url).pathname.startsWith('/simulator/') ? simulator.fetch(request) : realFetch(input, init);
  };

  return {
    simulator,
    inbound: () => received.flatMap(({ messages }) => messages ?? []),
    async phone() {
      const element = await fixture<WhatsAppPhone>(html`<whatsapp-phone wa-id=${waId} lang="pt-BR"></whatsapp-phone>`);
      await waitUntil(() => element.view !== null);
      return element;
    },
    async businessSends(message) {
      const response = await simulator.fetch(
        new Request(`${location.origin}/v25.0/${phoneNumberId}/messages`, {
          method: 'POST',
          headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', to: waId, ...message }),
        }),
      );
      void expect(response.status).to.equal(200);
      const { messages } = (await response.json()) as { messages: { id: string }[] };
      return messages[0]?.id ?? '';
    },
    serveFiles(file) {
      files = file;
    },
    async close() {
      globalThis.fetch = realFetch;
      globalThis.EventSource = RealEventSource;
      await simulator.close();
    },
  };
}

export function bubbles(element: WhatsAppPhone): readonly HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[data-message-id]') ?? [])];
}

export function part<T extends HTMLElement = HTMLElement>(element: WhatsAppPhone, selector: string): T | null {
  return element.shadowRoot?.querySelector<T>(selector) ?? null;
}

/** Types and sends as a person does, and waits until it is on the screen. */
export async function type(element: WhatsAppPhone, text: string): Promise<void> {
  const field = part<HTMLTextAreaElement>(element, 'textarea');
  if (field) field.value = text;
  part(element, '.send')?.click();
  await waitUntil(() => bubbles(element).some((one) => one.textContent?.includes(text.slice(0, 6))));
}

function eventSourceOf(simulator: Simulator): typeof EventSource {
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
  return PageEventSource as unknown as typeof EventSource;
}
