import { createAdaptorServer } from '@hono/node-server';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import type { Simulator } from '../simulator.ts';
import { SimulatorError } from '../simulator-error.ts';

export interface ListenOptions {
  /** 0 (default) takes a free port. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1: the simulator has no authentication of its own. */
  readonly hostname?: string | undefined;
}

export interface Listening {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Puts a simulator on an HTTP server. A dropped answer closes the socket, so clients see a broken connection. */
export async function listen(simulator: Pick<Simulator, 'fetch'>, options: ListenOptions = {}): Promise<Listening> {
  const hostname = options.hostname ?? '127.0.0.1';
  const server = createAdaptorServer({
    hostname,
    async fetch(request: Request, env: Http2Bindings | HttpBindings) {
      try {
        return await simulator.fetch(request);
      } catch (error) {
        if (!(error instanceof SimulatorError)) throw error;
        env.incoming.socket.destroy();
        return new Response(null, { status: 503 });
      }
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, hostname, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : (options.port ?? 0);
  return {
    url: `http://${hostname}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
