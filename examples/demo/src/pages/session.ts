/** What the pages ask of their own server. */

export interface DemoConfig {
  readonly gatewayUrl: string;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly phones: readonly { readonly name: string; readonly waId: string }[];
}

export async function loadConfig(): Promise<DemoConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error('unable to load the page; its server does not answer');
  return (await response.json()) as DemoConfig;
}

/** A fresh token for whoever is logged in at the CRM; Prosa asks again when it runs out. */
export async function signIn(agentId: string): Promise<string> {
  const response = await fetch(`/crm/session?agent=${encodeURIComponent(agentId)}`, { method: 'POST' });
  if (!response.ok) throw new Error('unable to sign in; the CRM refused');
  return ((await response.json()) as { token: string }).token;
}
