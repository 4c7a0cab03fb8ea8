import { expect, it } from 'vitest';
import { createSecretBox, openBox, SecretBoxError } from './secret-box.ts';

const first = 'a key of the first year, long enough';
const second = 'a key of the second year, long enough';

it('opens nothing with another key, in another place, or after a change, and says what to do', async () => {
  const box = await createSecretBox([first]);
  const sealed = await box.seal('EAAB-token', 'chn_1 accessToken');
  const other = await createSecretBox([second]);
  await expect(other.open(sealed, 'chn_1 accessToken')).rejects.toThrow('PROSA_SECRET_KEY');
  await expect(openBox.open(sealed, 'chn_1 accessToken')).rejects.toThrow(SecretBoxError);
  await expect(box.open(sealed, 'chn_2 accessToken')).rejects.toThrow('belongs to another channel');
  const spoiled = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  await expect(box.open(spoiled, 'chn_1 accessToken')).rejects.toThrow('it was changed');
  await expect(box.open('sealed1:', 'chn_1 accessToken')).rejects.toThrow(SecretBoxError);
});

it('keeps the text out of what it seals, and seals the same text differently each time', async () => {
  const box = await createSecretBox([first]);
  const sealed = [await box.seal('EAAB-token ção', 'p'), await box.seal('EAAB-token ção', 'p')];
  expect(sealed[0]).not.toBe(sealed[1]);
  for (const text of sealed) {
    expect(text).toMatch(/^sealed1:[\w-]{8}:[\w-]+$/);
    expect(await box.open(text, 'p')).toBe('EAAB-token ção');
    expect(await box.open(text, 'p')).toBe('EAAB-token ção');
  }
});

it('opens what a former key sealed and what is in clear, and calls both stale', async () => {
  const sealed = await (await createSecretBox([first])).seal('EAAB-token', 'p');
  const box = await createSecretBox([second, first]);
  expect(await box.open(sealed, 'p')).toBe('EAAB-token');
  expect(await box.open('in clear', 'p')).toBe('in clear');
  expect([sealed, 'in clear', await box.seal('x', 'p')].map((text) => box.isStale(text))).toEqual([true, true, false]);
});
