import { createClient, type ProsaClient } from '@prosa/core';
// The gateway inside a page that the elements' own tests use; it is not part of any package.
import { messageOf } from '../../../widget-inbox/src/testing/records.ts';
import { sampleDesk } from '../../../widget-inbox/src/testing/sample-desk.ts';
import { ScriptedGateway } from '../../../widget-inbox/src/testing/scripted-gateway.ts';

export { messageOf };

const ends: (() => void)[] = [];

/** An afternoon at a made-up desk. */
export async function openDesk(): Promise<{
  readonly gateway: ScriptedGateway;
  readonly client: ProsaClient;
  /** Id of a conversation of the agent: `main`, `failed`, `unlinked`, `expired`. */
  readonly idOf: (key: string) => string;
  /** How many requests of that name there were. */
  readonly count: (name: string) => number;
}> {
  const { desk, ids } = await sampleDesk();
  const gateway = new ScriptedGateway(desk);
  const client = createClient({
    baseUrl: 'http://gateway.invalid',
    token: 'made-up',
    fetch: gateway.fetch,
    storage: null,
  });
  ends.push(() => {
    client.destroy();
  });
  return {
    gateway,
    client,
    idOf: (key) => ids[key] ?? '',
    count: (name) => gateway.calls.filter((call) => call.name === name).length,
  };
}

/** Answers the page's own `fetch`, by host name, until the test ends. */
export function serve(gateways: Readonly<Record<string, ScriptedGateway>>): { readonly tokens: string[] } {
  const { fetch } = globalThis;
  const tokens: string[] = [];
  globalThis.fetch = async (input, init) => {
    const { hostname } = new URL(String(input));
    tokens.push(new Headers(init?.headers).get('authorization') ?? '');
    const gateway = gateways[hostname];
    if (!gateway) throw new TypeError(`there is no ${hostname}`);
    return gateway.fetch(input, init);
  };
  ends.push(() => {
    globalThis.fetch = fetch;
  });
  return { tokens };
}

export function closeDesks(): void {
  for (const end of ends.splice(0)) end();
}
