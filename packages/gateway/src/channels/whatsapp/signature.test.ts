import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameText, parseSignature, signers } from './signature.ts';

const digest = 'ab'.repeat(32);
const hmac = (body: Uint8Array, secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

it.each([
  null,
  '',
  digest,
  `sha256=${digest.toUpperCase()}`,
  `SHA256=${digest}`,
  `sha256=${digest.slice(2)}`,
  `sha256=${digest}00`,
  `sha1=${digest}`,
  ` sha256=${digest}`,
  `sha256=${digest}\n`,
  `sha256=${digest}, sha256=${digest}`,
  `sha256=${'zz'.repeat(32)}`,
])('refuses the header %j', (header) => {
  expect(parseSignature(header)).toBeNull();
});

it('agrees with an independent implementation, for the right secret and the very bytes only', async () => {
  const secret = fc.string({ minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), secret, async (array, key) => {
      const body = new Uint8Array(array);
      const signature = parseSignature(hmac(body, key));
      if (!signature) throw new Error('the header is well formed');
      expect(await signers(body, signature, ['other', key])).toEqual(key === 'other' ? ['other', 'other'] : [key]);
      expect(await signers(new Uint8Array([...body, 0]), signature, [key])).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

it('takes no signature with an empty secret', async () => {
  const body = new TextEncoder().encode('{}');
  const signature = parseSignature(hmac(body, ''));
  expect(signature && (await signers(body, signature, ['']))).toEqual([]);
});

it('compares texts of any length', async () => {
  expect(await isSameText('token', 'token')).toBe(true);
  for (const other of ['', 'toke', 'token2', 'Token']) expect(await isSameText(other, 'token')).toBe(false);
});
