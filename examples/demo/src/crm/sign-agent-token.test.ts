import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signAgentToken, tokenLifeSeconds } from './sign-agent-token.ts';

const key = { kid: 'kid_demo', secret: 'a made-up secret of more than 32 characters' };

function parts(token: string): readonly [Record<string, unknown>, Record<string, unknown>] {
  const [header = '', claims = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  return [read(header), read(claims)];
}

describe('the token of an agent', () => {
  it('names the key, the agent, and an end ten minutes away', () => {
    const [header, claims] = parts(signAgentToken(key, 'bruno', 1_795_200_000_500));
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'kid_demo' });
    expect(claims).toMatchObject({ sub: 'bruno', aud: 'agent', name: 'Bruno Tavares', iat: 1_795_200_000 });
    expect(claims['exp']).toBe(1_795_200_000 + tokenLifeSeconds);
  });

  it('is signed over header and claims', () => {
    const [header, claims, signature] = signAgentToken(key, 'ana').split('.');
    expect(signature).toBe(createHmac('sha256', key.secret).update(`${header}.${claims}`).digest('base64url'));
  });
});
