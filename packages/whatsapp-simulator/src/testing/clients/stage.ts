import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator } from '../../node/start-simulator.ts';
import type { StartedSimulator } from '../../node/start-simulator.ts';
import type { Phone } from '../../phone/phone.ts';
import type { MessageContent } from '../../state/message.ts';

export const numberId = '504410009982131';
export const wabaId = '331190020048177';
export const token = 'EAAtoken-loja-cacau';
export const appSecret = 'segredo-da-loja-cacau';
export const verifyToken = 'abre-te-sesamo';
export const to = '5583999142210';

/** A webhook as it came over the wire. */
export interface Delivered {
  readonly raw: Buffer;
  readonly signature: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ClientStage extends StartedSimulator {
  readonly marina: Phone;
  readonly delivered: Delivered[];
  /** Answers the handshake; a client may take it over. */
  handshake: (query: URLSearchParams) => string | Promise<string>;
  /** What Marina's phone shows of the newest message of the business. */
  shown(): Promise<MessageContent | undefined>;
}

/** The simulator and a webhook endpoint, both on loopback, for a client that knows neither. */
export async function setClientStage(): Promise<ClientStage> {
  const delivered: Delivered[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://endpoint.example');
      if (request.method === 'GET') {
        Promise.resolve()
          .then(() => stage.handshake(searchParams))
          .then(
            (challenge) => response.end(challenge),
            () => response.writeHead(403).end(),
          );
        return;
      }
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      delivered.push({ raw: Buffer.concat(chunks), signature: headers['x-hub-signature-256'] ?? '', headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const started = await startSimulator({ pace: { reviewMs: 0 } });
  const { simulator } = started;
  simulator.addNumber({
    phoneNumberId: numberId,
    wabaId,
    displayPhoneNumber: '+55 83 3015-4400',
    verifiedName: 'Loja Cacau',
    token,
    appSecret,
  });
  const marina = simulator.phone({ name: 'Marina Conceição', waId: '558399142210' });
  const stage: ClientStage = {
    ...started,
    marina,
    delivered,
    handshake: (query) => query.get('hub.challenge') ?? '',
    async shown() {
      await simulator.settled();
      return marina.messages.findLast((each) => each.from === 'business')?.content;
    },
    async close() {
      await started.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await simulator.subscribe({ callbackUrl: `http://127.0.0.1:${port}/webhooks`, verifyToken });
  await marina.says('Olá, o café já chegou?');
  await simulator.settled();
  return stage;
}

/** One pixel of PNG. */
export const png: Uint8Array<ArrayBuffer> = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);
