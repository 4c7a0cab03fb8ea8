import { createHmac } from 'node:crypto';

/** The key that the shop shares with the gateway: `prosa-gateway key create --audience visitor`. */
export interface VisitorKey {
  readonly kid: string;
  readonly secret: string;
}

export interface ShopCustomer {
  /** The shop's own id of the customer. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const lifeSeconds = 5 * 60;

/** Says to the webchat who is logged in to the shop: a JWT (HS256) for the audience `visitor`. */
export function signVisitorToken(key: VisitorKey, customer: ShopCustomer, now = Date.now()): string {
  const issuedAt = Math.floor(now / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${part({
    aud: 'visitor',
    sub: customer.id,
    name: customer.name,
    email: customer.email,
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
  })}`;
  return `${signed}.${createHmac('sha256', key.secret).update(signed).digest('base64url')}`;
}
