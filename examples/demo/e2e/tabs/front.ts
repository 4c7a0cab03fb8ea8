import { bundlePage } from '@prosa/build';
import type { Stage } from '@prosa/stage';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A host's server: its page, its tokens, and the gateway behind it. It counts the event streams that are open. */
export interface Front {
  readonly url: string;
  /** Now. */
  readonly streams: number;
  /** Since the beginning. */
  readonly opened: number;
  /** Whether what the gateway answers to a message is held back; `false` lets go what was held. */
  holdAnswers(isHeld: boolean): void;
  /** Messages whose answer is held back. */
  readonly held: number;
  /** What becomes of the next message. */
  breakNext(how: Breakage): void;
  /** Every event stream that is open ends, in the middle of an event if one is on its way. */
  cutStreams(): void;
  close(): Promise<void>;
}

/** It does not arrive; or it does and its answer is lost, or breaks off; or it arrives twice. */
export const breakages = ['refused', 'lost', 'half', 'twice'] as const;
export type Breakage = (typeof breakages)[number];

const isSend = ({ method, url }: IncomingMessage) => method === 'POST' && /\/messages$/.test(url ?? '');
const isStream = ({ url }: IncomingMessage) => url?.startsWith('/v1/events') ?? false;

export async function openFront(stage: Pick<Stage, 'gatewayUrl' | 'tokenOf'>): Promise<Front> {
  const outDir = mkdtempSync(join(tmpdir(), 'prosa-tabs-'));
  await bundlePage({ page: fileURLToPath(new URL('page.ts', import.meta.url)) }, outDir, {
    sourcemap: false,
  });

  const token = await stage.tokenOf({ id: 'ana', name: 'Ana Ribeiro' });
  let streams = 0;
  let opened = 0;
  let isHeld = false;
  let held: (() => void)[] = [];
  const breaks: Breakage[] = [];
  const openStreams = new Set<ServerResponse>();

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = new URL(incoming.url ?? '/', stage.gatewayUrl);
    const { host: _, ...headers } = incoming.headers;
    const breakage = isSend(incoming) ? breaks.shift() : undefined;
    if (breakage === 'refused') {
      outgoing.destroy();
      return;
    }
    const upstream = request(target, { method: incoming.method, headers }, (answer) => {
      const go = () => {
        if (breakage === 'lost') {
          outgoing.destroy();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        if (breakage === 'half')
          answer.once('data', (bytes: Buffer) => {
            outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.destroy());
          });
        else answer.pipe(outgoing);
      };
      if (isStream(incoming)) {
        streams++;
        opened++;
        openStreams.add(outgoing);
        outgoing.on('close', () => {
          streams--;
          openStreams.delete(outgoing);
        });
      }
      if (isHeld && isSend(incoming)) held.push(go);
      else go();
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
    if (breakage !== 'twice') return;
    const again = request(target, { method: incoming.method, headers }, (answer) => answer.resume());
    again.on('error', () => undefined);
    incoming.pipe(again);
  }

  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://front');
    if (pathname.startsWith('/v1/')) forward(incoming, outgoing);
    else if (pathname === '/token') outgoing.end(token);
    else if (pathname.endsWith('.js')) {
      outgoing.setHeader('content-type', 'text/javascript');
      outgoing.end(readFileSync(join(outDir, pathname)));
    } else {
      outgoing.setHeader('content-type', 'text/html; charset=utf-8');
      outgoing.end(`<!doctype html><title>Aba</title><script type="module" src="/page.js"></script>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get streams() {
      return streams;
    },
    get opened() {
      return opened;
    },
    get held() {
      return held.length;
    },
    breakNext(how) {
      breaks.push(how);
    },
    cutStreams() {
      for (const stream of openStreams) stream.destroy();
    },
    holdAnswers(is) {
      isHeld = is;
      const going = held;
      held = [];
      for (const go of going) go();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
