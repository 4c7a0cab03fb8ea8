/** The test gateway behind the addresses that a page calls, by msw. */
import { http, type HttpHandler } from 'msw';
import type { TestGateway } from './test-gateway.ts';

/**
 * Handlers for msw's `setupServer` or `setupWorker`: whatever calls the gateway's address, with the page's own `fetch`
 * or without knowing of it, is answered by the gateway in memory.
 *
 * In Node the gateway's `baseUrl` has to be an http address: https through msw ends the process there.
 *
 * @example
 * const server = setupServer(...gatewayHandlers(gateway));
 */
export function gatewayHandlers(gateway: Pick<TestGateway, 'baseUrl' | 'fetch'>): HttpHandler[] {
  if (isNode() && gateway.baseUrl.startsWith('https:')) {
    // msw's stand-in for a TLS socket leaves an error in OpenSSL's queue when an answer ends, and the next AES of
    // WebCrypto, with which cursors are sealed, takes it for its own and aborts Node 24.
    throw new Error('unable to intercept https in Node; give createTestGateway an http baseUrl');
  }
  return [http.all(`${gateway.baseUrl}/*`, ({ request }) => gateway.fetch(request))];
}

function isNode(): boolean {
  const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } };
  return process?.versions?.node !== undefined;
}
