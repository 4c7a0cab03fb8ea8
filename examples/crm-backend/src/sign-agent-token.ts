import { createHmac } from 'node:crypto';
import type { User } from './users.ts';

/** The key that the CRM shares with the gateway: `prosa-gateway key create`. */
export interface AgentKey {
  readonly kid: string;
  readonly secret: string;
}

export const tokenLifeSeconds = 10 * 60;

/** Says to the gateway who is logged in to the CRM: a JWT (HS256) for the audience `agent`. */
export function signAgentToken(key: AgentKey, { id, name, email, role }: User, now = Date.now()): string {
  const issuedAt = Math.floor(now / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: 'agent', sub: id, name, email, role, iat: issuedAt, exp: issuedAt + tokenLifeSeconds };
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key.secret).update(signed).digest('base64url')}`;
}
