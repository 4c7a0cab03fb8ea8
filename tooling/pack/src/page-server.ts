import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export interface PageServer {
  readonly origin: string;
  /** Path → what stands there. May grow while it serves. */
  readonly pages: Map<string, string>;
  close(): void;
}

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' };

/** Serves pages, and the scripts in `folder`, on a free port of loopback. */
export async function servePages(folder: string): Promise<PageServer> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const page = pages.get(path);
    response.setHeader('Content-Type', types[extname(path)] ?? 'text/html');
    if (page !== undefined) return response.end(page);
    readFile(join(folder, path)).then(
      (text) => response.end(text),
      () => response.writeHead(404).end(),
    );
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages,
    close: () => server.close(),
  };
}
