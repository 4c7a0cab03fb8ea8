import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { userOf, type User } from './users.ts';

const cookieName = 'crm_session';
/** Sessions end with the process: it is an example. */
const secret = randomBytes(32);

const sign = (userId: string) => createHmac('sha256', secret).update(userId).digest('base64url');

/** The CRM's own cookie. The gateway never sees it: it gets tokens. */
export function sessionCookie(user: User): string {
  return `${cookieName}=${user.id}.${sign(user.id)}; Path=/; HttpOnly; SameSite=Lax`;
}

export const endedSessionCookie = `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

export function userOfRequest(request: Request): User | undefined {
  const value = new RegExp(`(?:^|; )${cookieName}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
  const [userId = '', signature = ''] = value?.split('.') ?? [];
  const expected = Buffer.from(sign(userId));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? userOf(userId) : undefined;
}
