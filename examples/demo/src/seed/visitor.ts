import { createWebchatClient } from '@prosa/core/webchat';
import { until } from './until.ts';

export interface VisitorOptions {
  readonly gatewayUrl: string;
  readonly shopUrl: string;
  readonly webchatKey: string;
}

/** Beatriz asks something on the shop's page, and waits. */
export async function visitTheShop({ gatewayUrl, shopUrl, webchatKey }: VisitorOptions): Promise<void> {
  const visitor = createWebchatClient({
    baseUrl: gatewayUrl,
    webchatKey,
    // What a browser adds by itself.
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set('Origin', shopUrl);
      return fetch(request);
    },
  });
  try {
    await visitor.load();
    visitor.setForm({ name: 'Beatriz Moraes', subject: 'Pedidos', pageUrl: `${shopUrl}/entrega` });
    visitor.send('Oi! Vocês entregam em Olinda até sexta?');
    await until('the question of the visitor', () => Promise.resolve(visitor.value.conversation ?? undefined));
  } finally {
    visitor.destroy();
  }
}
