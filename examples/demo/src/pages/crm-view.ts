import '@prosa/widget-inbox/define';
import { createClient, type ProsaClient } from '@prosa/core';
import { signIn, type DemoConfig } from './session.ts';

/** The CRM's part of a page: who is logged in, and the embedded inbox. */
export function showCrm(root: HTMLElement, config: DemoConfig): void {
  const select = root.querySelector<HTMLSelectElement>('[data-agent]');
  const place = root.querySelector<HTMLElement>('[data-inbox]');
  if (!select || !place) return;
  let client: ProsaClient | null = null;

  select.replaceChildren(...config.agents.map(({ id, name }) => new Option(name, id)));
  select.value = agentFromAddress(config) ?? config.agents[0]?.id ?? '';
  select.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('agent', select.value);
    history.replaceState(null, '', address);
    embed(select.value);
  });
  embed(select.value);

  function embed(agentId: string): void {
    client?.destroy();
    client = createClient({ baseUrl: config.gatewayUrl, token: () => signIn(agentId) });
    const inbox = document.createElement('prosa-inbox');
    inbox.client = client;
    place?.replaceChildren(inbox);
  }
}

function agentFromAddress({ agents }: DemoConfig): string | undefined {
  const asked = new URLSearchParams(location.search).get('agent');
  return agents.find(({ id }) => id === asked)?.id;
}
