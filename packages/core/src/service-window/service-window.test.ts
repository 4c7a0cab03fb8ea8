import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { closingBeforeMs, serviceWindowOf } from './service-window.ts';

const expiresAt = '2026-11-20T12:00:00.000Z';
const end = Date.parse(expiresAt);
const hour = 60 * 60 * 1000;

describe('serviceWindowOf', () => {
  it.each([
    ['open', 24 * hour],
    ['open', 2 * hour],
    ['closing', 2 * hour - 1],
    ['closing', 1],
  ])('is %s when %i ms are left', (state, remainingMs) => {
    expect(serviceWindowOf(expiresAt, end - remainingMs)).toEqual({ state, remainingMs });
  });

  it('is closed from the moment on', () => {
    expect(serviceWindowOf(expiresAt, end)).toEqual({ state: 'closed', remainingMs: 0 });
    expect(serviceWindowOf(expiresAt, end + hour)).toEqual({ state: 'closed', remainingMs: 0 });
  });

  it('is none where there is no limit, or none that can be read', () => {
    expect(serviceWindowOf(null, end).state).toBe('none');
    expect(serviceWindowOf('soon', end)).toEqual({ state: 'none', remainingMs: null });
  });

  it('only ever moves from open to closing to closed', () => {
    const order = ['open', 'closing', 'closed'];
    fc.assert(
      fc.property(fc.integer({ min: -48 * hour, max: 48 * hour }), fc.nat(48 * hour), (offset, later) => {
        const [before, after] = [
          serviceWindowOf(expiresAt, end + offset),
          serviceWindowOf(expiresAt, end + offset + later),
        ];
        expect(order.indexOf(after.state)).toBeGreaterThanOrEqual(order.indexOf(before.state));
        expect(before.state === 'closing').toBe(offset < 0 && -offset < closingBeforeMs);
      }),
    );
  });
});
