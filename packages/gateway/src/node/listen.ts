import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigError } from './config.ts';

export interface Listener {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no new connection, waits for the open ones; after `deadlineMs` it cuts them. */
  close(options: { readonly deadlineMs: number }): Promise<void>;
}

/** Longer than the idle time of common proxies, so that it is never the gateway who hangs up on a request. */
const keepAliveMs = 65_000;
const sweepMs = 50;

/** Serves `fetch` over HTTP; `peer` is the address at the other end of the connection. */
export async function listen(
  fetch: (request: Request, peer: string | undefined) => Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, (bindings as HttpBindings).incoming.socket.remoteAddress),
  }) as Server;
  server.keepAliveTimeout = keepAliveMs;
  const silent = trackSilent(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: ({ deadlineMs }) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), deadlineMs);
        // A connection that answers its last request would then be kept for the next one, which must not come.
        const sweep = setInterval(() => {
          server.closeIdleConnections();
          for (const socket of silent) socket.destroy();
        }, sweepMs);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}

/** Connections that browsers open for later and have asked nothing on: Node does not count them among the idle. */
function trackSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.prependListener('request', ({ socket }) => silent.delete(socket));
  return silent;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new ConfigError(`Set PORT to another one: ${port} on ${host} is taken.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigError(`Set HOST to an address of this machine: ${host} is none.`);
  }
  if (error.code === 'EACCES') return new ConfigError(`Set PORT to 1024 or more: this user may not use ${port}.`);
  return error;
}
