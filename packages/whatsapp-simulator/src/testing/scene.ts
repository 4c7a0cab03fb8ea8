import { createManualClock } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import type { Phone } from '../phone/phone.ts';
import { createSimulator } from '../simulator.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';

export const numberId = '504410009982131';
export const wabaId = '331190020048177';
export const token = 'EAAtoken-loja-cacau';
export const appSecret = 'segredo-da-loja-cacau';
export const callbackUrl = 'https://loja.example/webhooks/whatsapp';
export const noon: number = Date.UTC(2026, 10, 20, 15, 0, 0);
export const hour: number = 60 * 60 * 1000;

export interface Received {
  readonly body: string;
  readonly headers: Headers;
}

/** A business with one number, its webhook endpoint, and Marina with a phone. */
export interface Scene {
  readonly simulator: Simulator;
  readonly marina: Phone;
  readonly received: Received[];
  /** `value` of every change that the endpoint answered 2xx. */
  values(): JsonObject[];
  /** Statuses in order of arrival, such as `sent`. */
  statuses(): { status: string; [key: string]: unknown }[];
  /** What the endpoint answers from now on; `null` refuses the connection. */
  answerWith(status: number | null): void;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  send(message: JsonObject): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  // Tests read answers of any shape; a wrong path fails the assertion that follows.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export async function setScene(options: SimulatorOptions & { readonly waId?: string } = {}): Promise<Scene> {
  const received: Received[] = [];
  let status: number | null = 200;
  const { waId = '558399142210', ...rest } = options;

  const endpoint: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.hostname === 'arquivos.example') return linkedFile(url);
    if (request.method === 'GET') {
      const known = url.searchParams.get('hub.verify_token') === 'abre-te-sesamo';
      return new Response(known ? url.searchParams.get('hub.challenge') : 'no', { status: known ? 200 : 403 });
    }
    if (status === null) throw new TypeError('fetch failed');
    const body = await request.text();
    if (status < 300) received.push({ body, headers: request.headers });
    return new Response(null, { status });
  };

  const simulator = createSimulator({
    origin: 'http://graph.example',
    clock: createManualClock(noon),
    fetch: endpoint,
    ...rest,
  });
  simulator.addNumber({
    phoneNumberId: numberId,
    wabaId,
    displayPhoneNumber: '+55 83 3015-4400',
    verifiedName: 'Loja Cacau',
    token,
    appSecret,
  });
  await simulator.subscribe({ callbackUrl, verifyToken: 'abre-te-sesamo' });
  const marina = simulator.phone({ name: 'Marina Albuquerque', waId });

  const scene: Scene = {
    simulator,
    marina,
    received,
    values: () =>
      received.flatMap(({ body }) => {
        const envelope = JSON.parse(body) as { entry: { changes: { value: JsonObject }[] }[] };
        return envelope.entry.flatMap((entry) => entry.changes.map((change) => change.value));
      }),
    statuses: () => scene.values().flatMap((value) => (value.statuses ?? []) as { status: string }[]),
    answerWith(next) {
      status = next;
    },
    async call(method, path, body, headers = { authorization: `Bearer ${token}` }) {
      const init: RequestInit = { method, headers };
      if (body instanceof FormData) init.body = body;
      else if (body !== undefined) {
        init.body = JSON.stringify(body);
        init.headers = { 'content-type': 'application/json', ...headers };
      }
      const response = await simulator.fetch(new Request(`http://graph.example${path}`, init));
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json');
      return { status: response.status, body: json ? JSON.parse(text) : text };
    },
    send: (message) =>
      scene.call('POST', `/v25.0/${numberId}/messages`, {
        messaging_product: 'whatsapp',
        to: '5583999142210',
        ...message,
      }),
  };
  return scene;
}

function linkedFile({ pathname }: URL): Response {
  if (pathname !== '/cacau.png') return new Response(null, { status: 404 });
  return new Response(new Uint8Array([137, 80, 78, 71]), { headers: { 'content-type': 'image/png' } });
}

/** Marina has just written, so the service window is open. */
export async function setOpenScene(options: SimulatorOptions & { readonly waId?: string } = {}): Promise<Scene> {
  const scene = await setScene(options);
  await scene.marina.says('Oi');
  await scene.simulator.settled();
  scene.received.length = 0;
  return scene;
}

/** One pixel of PNG, enough where only the type and the bytes matter. */
export function picture(name = 'cacau.png', type = 'image/png'): File {
  return new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], name, { type });
}
