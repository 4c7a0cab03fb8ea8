import { listen } from '../node/listen.ts';
import { sendingGraph } from './sending-desk.ts';

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
  const graph = sendingGraph({ now: () => Date.now() });
  const server = await listen((request) => graph.fetch(request), { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    get sent() {
      return (graph.bodies() as readonly Sent[]).flatMap(({ to, text }) =>
        to === undefined ? [] : [{ to, text: text?.body ?? '' }],
      );
    },
    close: () => server.close({ deadlineMs: 0 }),
  };
}

interface Sent {
  readonly to?: string;
  readonly text?: { readonly body?: string };
}
