import type { CrmUserId } from '../crm/agents.ts';

export interface Session {
  readonly gatewayUrl: string;
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Asks the CRM's own backend who is logged in, and for a short-lived token for the gateway. */
export async function openSession(user: CrmUserId): Promise<Session> {
  const response = await fetch(`/crm/session?agent=${user}`, { method: 'POST' });
  if (!response.ok) throw new Error(`unable to open a session; the CRM answered ${response.status}`);
  return (await response.json()) as Session;
}
