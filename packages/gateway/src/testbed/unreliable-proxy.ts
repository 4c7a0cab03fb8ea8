import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultProxy } from './fault-proxy.ts';

/** What can happen to one request and its answer. */
export const troubles = [
  /** It never leaves. */
  'refused',
  /** Half of its body arrives, then the connection breaks. */
  'half_request',
  /** It is done; nobody is told. */
  'lost_answer',
  /** The connection breaks in the middle of the answer. */
  'half_answer',
  /** Something on the way delivers it twice at once. */
  'twice',
  /** Others overtake it on the way there. */
  'late_request',
  /** Others overtake its answer. */
  'late_answer',
  /** Something on the way says 503 in the gateway's name. */
  'unavailable',
] as const;
export type Trouble = (typeof troubles)[number];

/** What can happen within an event stream: to all those that are open, and to those to come until the next. */
export const streamTroubles = [
  'cut',
  /** In the middle of the next frame. */
  'cut_frame',
  /** The next frames come twice each. */
  'repeated',
  /** The next two frames change places. */
  'swapped',
  'late',
] as const;
export type StreamTrouble = (typeof streamTroubles)[number];

export type RequestKind = 'send' | 'file' | 'command' | 'read';

/** A way to the gateway on which what is asked for goes wrong, request by request and frame by frame. */
export interface UnreliableProxy extends FaultProxy {
  target: string;
  /** The next request of that kind meets it; several wait for their turn. */
  next(kind: RequestKind, trouble: Trouble): void;
  disturb(trouble: StreamTrouble): void;
  /** Everything goes through from now on. */
  calm(): void;
  /** How often something went wrong, by what. */
  readonly met: ReadonlyMap<string, number>;
}

/** Long enough for others to overtake. */
const lateMs = 30;

export async function openUnreliableProxy(target: string): Promise<UnreliableProxy> {
  const way = { target };
  let waiting: { readonly kind: RequestKind; readonly trouble: Trouble }[] = [];
  const streams = new Set<(trouble: StreamTrouble) => void>();
  const met = new Map<string, number>();
  const meet = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);

  function take(kind: RequestKind): Trouble | undefined {
    const found = waiting.find((other) => other.kind === kind);
    if (!found) return undefined;
    waiting = waiting.filter((other) => other !== found);
    meet(`${kind} ${found.trouble}`);
    return found.trouble;
  }

  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const isStream = /^\/v1\/events(\?|$)/.test(incoming.url ?? '');
    const body = await bytesOf(incoming);
    if (isStream) {
      await passStream(incoming, outgoing);
      return;
    }
    const trouble = take(kindOf(incoming));
    if (trouble === 'refused') return void outgoing.destroy();
    if (trouble === 'unavailable') return void outgoing.writeHead(503, { 'content-type': 'text/html' }).end('<h1>503');
    if (trouble === 'late_request') await later();
    if (trouble === 'half_request') {
      const upstream = ask(incoming);
      upstream.on('error', () => undefined).write(body.subarray(0, body.length >> 1));
      await later();
      upstream.destroy();
      outgoing.destroy();
      return;
    }
    if (trouble === 'twice') void exchange(incoming, body).catch(() => undefined);
    const [answer, content] = await exchange(incoming, body);
    if (trouble === 'lost_answer') return void outgoing.destroy();
    if (trouble === 'late_answer') await later();
    outgoing.writeHead(answer.statusCode ?? 502, headersOf(answer));
    if (trouble !== 'half_answer') return void outgoing.end(content);
    outgoing.write(content.subarray(0, content.length >> 1), () => outgoing.destroy());
  }

  async function passStream(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const upstream = ask(incoming);
    let planned: StreamTrouble | null = null;
    const disturb = (trouble: StreamTrouble) => {
      if (trouble === 'cut') {
        meet('stream cut');
        outgoing.destroy();
      } else planned = trouble;
    };
    outgoing.on('close', () => {
      streams.delete(disturb);
      upstream.destroy();
    });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      upstream.on('response', resolve).on('error', reject).end();
    });
    streams.add(disturb);
    outgoing.writeHead(answer.statusCode ?? 502, headersOf(answer));
    outgoing.flushHeaders();
    let rest = '';
    let held = '';
    const release = () => {
      if (held) outgoing.write(held);
      held = '';
    };
    for await (const chunk of answer.setEncoding('utf8')) {
      rest += chunk as string;
      const end = rest.lastIndexOf('\n\n') + 2;
      // Frame by frame, as something goes wrong within one or between two.
      for (const frame of rest.slice(0, end).match(/[\s\S]*?\n\n/g) ?? []) {
        const trouble: StreamTrouble | null = frame.includes('event: hello') || frame.startsWith(':') ? null : planned;
        if (trouble) {
          planned = null;
          meet(`stream ${trouble}`);
        }
        if (trouble === 'cut_frame') {
          await new Promise((resolve) => outgoing.write(frame.slice(0, frame.length >> 1), resolve));
          outgoing.destroy();
          return;
        }
        if (trouble === 'late') await later();
        if (trouble === 'swapped' && !held) {
          held = frame;
          setTimeout(release, lateMs);
        } else {
          outgoing.write((trouble === 'repeated' ? frame + frame : frame) + held);
          held = '';
        }
      }
      rest = rest.slice(end);
    }
    outgoing.end(held + rest);
  }

  function ask(incoming: IncomingMessage) {
    const url = new URL(incoming.url ?? '/', way.target);
    return httpRequest(url, {
      method: incoming.method,
      headers: { ...incoming.headers, host: url.host },
      agent: false,
    });
  }

  async function exchange(incoming: IncomingMessage, body: Buffer): Promise<readonly [IncomingMessage, Buffer]> {
    const upstream = ask(incoming);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      upstream.on('response', resolve).on('error', reject).end(body);
    });
    return [answer, await bytesOf(answer)];
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(way, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    next: (kind: RequestKind, trouble: Trouble) => void waiting.push({ kind, trouble }),
    disturb(trouble: StreamTrouble) {
      for (const stream of [...streams]) stream(trouble);
    },
    calm: () => void (waiting = []),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function kindOf({ method, url = '' }: IncomingMessage): RequestKind {
  if (method === 'GET') return 'read';
  const { pathname } = new URL(url, 'http://proxy');
  return pathname.endsWith('/messages') ? 'send' : pathname.endsWith('/attachments') ? 'file' : 'command';
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function headersOf({ headers }: IncomingMessage) {
  const { 'transfer-encoding': _, connection: __, ...rest } = headers;
  return rest;
}

const later = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * lateMs));
