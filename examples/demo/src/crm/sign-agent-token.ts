import { createHmac } from 'node:crypto';
import { crmUsers, type CrmUserId } from './agents.ts';

export interface SigningKey {
  readonly kid: string;
  readonly secret: string;
}

/** Short, because a page asks for a new one by itself. */
export const tokenLifeSeconds = 600;

/**
 * What a CRM's backend does for the user who is logged in: a JWT with HS256 (RFC 7519, RFC 7515). Any JWT library does
 * the same; written out here to show that there is nothing else to it.
 */
export function signAgentToken({ kid, secret }: SigningKey, userId: CrmUserId, now = Date.now()): string {
  const { name, email, role } = crmUsers[userId];
  const issuedAt = Math.floor(now / 1000);
  const header = { alg: 'HS256', typ: 'JWT', kid };
  const claims = { sub: userId, aud: 'agent', name, email, role, iat: issuedAt, exp: issuedAt + tokenLifeSeconds };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
