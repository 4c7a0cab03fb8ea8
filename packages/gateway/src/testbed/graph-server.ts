import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentText {
  /** Digits. */
  readonly to: string;
  readonly text: string;
}

/** Meta's Cloud API, as far as sending goes, for gateways that are other processes. */
export interface GraphServer {
  readonly url: string;
  /** Texts that were taken for delivery, in the order in which they came. */
  readonly sent: readonly SentText[];
  close(): Promise<void>;
}

export async function openGraphServer(): Promise<GraphServer> {
  const sent: SentText[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const body = JSON.parse(text || '{}') as { to?: string; text?: { body?: string } };
      if (body.to !== undefined) sent.push({ to: body.to, text: body.text?.body ?? '' });
      const answer = { messaging_product: 'whatsapp', messages: [{ id: `wamid.sent.${sent.length}` }] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
