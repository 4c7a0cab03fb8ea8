import { SignJWT } from 'jose';
import { AdminError } from './admin-error.ts';

export const agentRoles = ['agent', 'supervisor', 'administrator'] as const;
/** What an agent may do who was given no profile of their own. */
export type AgentRole = (typeof agentRoles)[number];

/**
 * Who is logged in to your product, and with which key it is signed. It lives for minutes: the page asks for the next
 * one.
 */
export interface AgentTokenOptions {
  readonly kid: string;
  readonly secret: string;
  /** The host's id of the user; the agent's `externalId`. */
  readonly sub: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly role?: AgentRole | undefined;
  readonly expiresInSeconds: number;
  /** Epoch milliseconds; the system's clock when absent. */
  readonly now?: number | undefined;
}

/** Signs a token as a host's backend would for the user who is logged in. To try things with; hosts use their own code. */
export async function signAgentToken(options: AgentTokenOptions): Promise<string> {
  const { kid, secret, sub, name, email, role = 'agent', expiresInSeconds, now = Date.now() } = options;
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds <= 0) {
    throw new AdminError('unable to sign the token; its life is a whole number of seconds above 0');
  }
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ name, role, ...(email === undefined ? {} : { email }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid })
    .setSubject(sub)
    .setAudience('agent')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + expiresInSeconds)
    .sign(new TextEncoder().encode(secret));
}
