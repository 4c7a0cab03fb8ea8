import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export interface FaultProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** A link of plain bytes, which breaks when a test says so. */
export interface LinkProxy extends FaultProxy {
  /** Where new connections lead. */
  target: string;
  /** Every connection ends at once, in the middle of whatever it carries. */
  cut(): void;
  /** Connections that carry this many more bytes towards the client break. */
  cutAfter(bytes: number): void;
  /** Nothing goes through any more, and nobody is told: what a router does that lost its table. */
  goDark(): void;
  /** New connections go through again; those that went dark stay so. */
  lighten(): void;
  /** Connections that were opened through it. */
  connections(): number;
}

export async function openLinkProxy(target: string): Promise<LinkProxy> {
  const way = { target };
  const pairs = new Set<readonly [Socket, Socket]>();
  let left = Infinity;
  let isDark = false;
  let connections = 0;
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createTcpServer((client) => {
    connections++;
    const { hostname, port } = new URL(way.target);
    const upstream = connect(Number(port), hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    let wasDark = isDark;
    const isSwallowed = () => (wasDark ||= isDark);
    client.on('data', (bytes) => {
      if (!isSwallowed()) upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (isSwallowed()) return;
      if (bytes.length <= left) {
        left -= bytes.length;
        client.write(bytes);
        return;
      }
      client.write(bytes.subarray(0, left), () => cut());
      left = Infinity;
    });
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  const url = await listening(server);
  return Object.assign(way, {
    url,
    cut,
    cutAfter: (bytes: number) => void (left = bytes),
    goDark: () => void (isDark = true),
    lighten: () => void (isDark = false),
    connections: () => connections,
    async close() {
      cut();
      await closed(server);
    },
  });
}

/** A proxy that passes an answer on once it has all of it, as some of companies, and of virus scanners, do. */
export interface BufferingProxy extends FaultProxy {
  /** Passes on what comes as it comes, from now on. */
  isBuffering: boolean;
  /** Text that is put between what a server sends as a stream. */
  inject(text: string): void;
  /** Answers that it began to fetch, by path. */
  readonly asked: readonly string[];
}

export async function openBufferingProxy(target: string): Promise<BufferingProxy> {
  const asked: string[] = [];
  const streams = new Set<ServerResponse>();
  const proxy = { isBuffering: true };
  const server = createServer((incoming, outgoing) => {
    asked.push(new URL(incoming.url ?? '/', target).pathname);
    const outbound = httpRequest(new URL(incoming.url ?? '/', target), {
      method: incoming.method,
      headers: { ...incoming.headers, host: new URL(target).host },
    });
    outbound.on('response', (answer) => void passOn(answer, outgoing).catch(() => outgoing.destroy()));
    outbound.on('error', () => outgoing.destroy());
    outgoing.on('close', () => {
      streams.delete(outgoing);
      outbound.destroy();
    });
    incoming.pipe(outbound);
  });

  async function passOn(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    answer.on('error', () => outgoing.destroy());
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    const status = answer.statusCode ?? 502;
    if (!proxy.isBuffering) {
      outgoing.writeHead(status, headers);
      outgoing.flushHeaders();
      streams.add(outgoing);
      answer.pipe(outgoing);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    outgoing.writeHead(status, headers).end(Buffer.concat(chunks));
  }

  const url = await listening(server);
  return Object.assign(proxy, {
    url,
    asked,
    inject(text: string) {
      for (const stream of streams) stream.write(text);
    },
    async close() {
      server.closeAllConnections();
      await closed(server);
    },
  });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
