export interface CrmSession {
  /** Who is logged in to the CRM; `null` for nobody. */
  readonly usuario: { readonly id: string; readonly name: string } | null;
  readonly usuarios: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  readonly gatewayUrl: string;
}

export async function readSession(): Promise<CrmSession> {
  const response = await fetch('/api/sessao');
  if (!response.ok) throw new Error(`unable to read the session; the CRM answered ${response.status}`);
  return (await response.json()) as CrmSession;
}

export async function enter(userId: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  await fetch('/api/sessao', { method: 'POST', headers, body: JSON.stringify({ usuario: userId }) });
}

export async function leave(): Promise<void> {
  await fetch('/api/sessao', { method: 'DELETE' });
}

/** The client asks for a token now and again; the CRM's backend signs it for whoever is logged in. */
export async function token(): Promise<string> {
  const response = await fetch('/api/token', { method: 'POST' });
  if (!response.ok) throw new Error(`unable to get a token; the CRM answered ${response.status}`);
  return ((await response.json()) as { readonly token: string }).token;
}
