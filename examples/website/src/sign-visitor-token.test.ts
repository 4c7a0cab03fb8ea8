import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signVisitorToken } from './sign-visitor-token.ts';

const key = { kid: 'kid_shop', secret: 'a made-up secret of more than 32 characters' };
const customer = { id: 'cliente-7', name: 'Júlia', email: 'julia@exemplo.com.br' };

it('names the key, the visitor and an end five minutes away, and is signed over both parts', () => {
  const [header = '', claims = '', signature] = signVisitorToken(key, customer, 1_795_200_000_500).split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
  expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'kid_shop' });
  expect(read(claims)).toEqual({
    aud: 'visitor',
    sub: 'cliente-7',
    name: 'Júlia',
    email: 'julia@exemplo.com.br',
    iat: 1_795_200_000,
    exp: 1_795_200_300,
  });
  expect(signature).toBe(createHmac('sha256', key.secret).update(`${header}.${claims}`).digest('base64url'));
});
