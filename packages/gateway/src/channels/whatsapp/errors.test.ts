import { describe, expect, it } from 'vitest';
import { classOf, defaultDetail, isListed, limitOf, troubleOf, type ErrorClass } from './errors.ts';
import { failureReason } from './failure-reasons.ts';

/** Meta, "Error codes", and what it says of each about trying again. */
const listed: Readonly<Record<ErrorClass, readonly number[]>> = {
  token: [0, 3, 10, 190, 200, 250, 299, 131005],
  throttled: [4, 80007, 130429, 131056],
  slow: [131048, 131057, 134101],
  transient: [2, 131016, 133004],
  unclear: [1, 131000, 135000],
  permanent: [
    33, 100, 368, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131030, 131031, 131035, 131036, 131037,
    131042, 131045, 131047, 131049, 131050, 131051, 131052, 131053, 131055, 131060, 131062, 131063, 131064, 132000,
    132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069, 133000, 133005, 133006, 133008, 133009,
    133010, 133015, 133016, 134011, 134100, 134102, 137000, 147001, 147005, 2593107, 2593108, 2593109,
  ],
};
const all = Object.entries(listed).flatMap(([errorClass, codes]) => codes.map((code) => [code, errorClass] as const));

describe('codes of errors', () => {
  it.each(all)('%i is %s, whatever the status of the answer', (code, errorClass) => {
    expect(isListed(code)).toBe(true);
    for (const status of [200, 400, 401, 403, 404, 429, 500, 503]) {
      for (const transient of [true, false]) expect(classOf(code, status, transient)).toBe(errorClass);
    }
  });

  it('only those of a token hold a number up', () => {
    for (const [code, errorClass] of all) {
      expect(troubleOf(code, classOf(code, 400, false))?.pauses ?? false).toBe(errorClass === 'token');
    }
  });

  it('only those of speed stop others, and those that restrict a whole number', () => {
    for (const [code, errorClass] of all) {
      const stops = errorClass === 'throttled' || code === 131048 || code === 131057;
      expect([code, limitOf(code, classOf(code, 400, false)) !== undefined]).toEqual([code, stops]);
    }
  });

  it('have words of our own', () => {
    for (const [code] of all)
      if (code < 200 || code > 299) expect(defaultDetail(code)).not.toBe('the API gave no reason');
  });
});

describe('what is told to who reads it', () => {
  /** They are about registering numbers, about webhooks and about other devices: no message meets them. */
  const neverOfMessages = new Set([
    131035, 131060, 133005, 133008, 133009, 133015, 133016, 147001, 147005, 2593107, 2593108, 2593109,
  ]);

  it.each(all.filter(([code]) => !neverOfMessages.has(code)))('%i is told in three languages', (code) => {
    const reason = failureReason(String(code));
    const texts = Object.values(reason ?? {});
    expect(Object.keys(reason ?? {})).toEqual(['pt-BR', 'en', 'es']);
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/^\p{Lu}[^!]{10,140}\.$/u);
  });

  it('is nothing where only the words of the provider are known', () => {
    for (const code of ['999999', 'unknown', '__proto__', '']) expect(failureReason(code)).toBeNull();
  });
});
