import { SignJWT } from 'jose';
import { AdminError } from './admin-error.ts';

/** Who is logged in to a website, for `setUser` of its webchat. */
export interface VisitorTokenOptions {
  /** Of a signing key whose audience is `visitor`. */
  readonly kid: string;
  readonly secret: string;
  /** The host's id of the user who is logged in on the website. */
  readonly sub: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly expiresInSeconds: number;
  /** Epoch milliseconds; the system's clock when absent. */
  readonly now?: number | undefined;
}

/** Signs the identity of a visitor as a website's backend would. To try things with; hosts use their own code. */
export async function signVisitorToken(options: VisitorTokenOptions): Promise<string> {
  const { kid, secret, sub, name, email, expiresInSeconds, now = Date.now() } = options;
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds <= 0) {
    throw new AdminError('unable to sign the token; its life is a whole number of seconds above 0');
  }
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ ...(name !== undefined && { name }), ...(email !== undefined && { email }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid })
    .setSubject(sub)
    .setAudience('visitor')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + expiresInSeconds)
    .sign(new TextEncoder().encode(secret));
}
