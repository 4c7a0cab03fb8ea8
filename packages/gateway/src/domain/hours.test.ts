import { describe, expect, it } from 'vitest';
import { isServed } from './hours.ts';

const at = (iso: string) => Date.parse(iso);
const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }));
const recife = 'America/Recife';

describe('the hours of a queue', () => {
  it('are always, when none are named', () => {
    expect(isServed({ hours: null, holidays: [] }, at('2026-11-22T03:00:00Z'), recife)).toBe(true);
  });

  it('are never, when there is none of them', () => {
    expect(isServed({ hours: [], holidays: [] }, at('2026-11-20T15:00:00Z'), recife)).toBe(false);
  });

  it.each([
    ['2026-11-20T10:59:59Z', false],
    ['2026-11-20T11:00:00Z', true],
    ['2026-11-20T20:59:59Z', true],
    ['2026-11-20T21:00:00Z', false],
    // A Saturday there, and a Friday evening that is Saturday in UTC.
    ['2026-11-21T15:00:00Z', false],
    ['2026-11-21T01:00:00Z', false],
  ])('are meant in the time zone: %s', (time, served) => {
    expect(isServed({ hours: week, holidays: [] }, at(time), recife)).toBe(served);
  });

  it('end with the day at 24:00, and begin with it at 00:00', () => {
    const sunday = { hours: [{ day: 0, from: '00:00', to: '24:00' }], holidays: [] };
    expect(isServed(sunday, at('2026-11-22T03:00:00Z'), recife)).toBe(true);
    expect(isServed(sunday, at('2026-11-23T02:59:59Z'), recife)).toBe(true);
    expect(isServed(sunday, at('2026-11-23T03:00:00Z'), recife)).toBe(false);
  });

  it('go on past midnight, also into Sunday', () => {
    const night = { hours: [{ day: 6, from: '22:00', to: '06:00' }], holidays: [] };
    expect(isServed(night, at('2026-11-22T01:00:00Z'), recife)).toBe(true);
    expect(isServed(night, at('2026-11-22T08:59:00Z'), recife)).toBe(true);
    expect(isServed(night, at('2026-11-22T09:00:00Z'), recife)).toBe(false);
    expect(isServed(night, at('2026-11-21T08:00:00Z'), recife), 'Saturday before its slot').toBe(false);
  });

  it('are none on a holiday, whatever the week says', () => {
    const holidays = ['2026-11-20'];
    expect(isServed({ hours: week, holidays }, at('2026-11-20T15:00:00Z'), recife)).toBe(false);
    expect(isServed({ hours: null, holidays }, at('2026-11-21T02:59:59Z'), recife)).toBe(false);
    expect(isServed({ hours: null, holidays }, at('2026-11-21T03:00:00Z'), recife)).toBe(true);
  });

  it('follow a clock that is put forward', () => {
    const hours = [{ day: 0, from: '08:00', to: '09:00' }];
    expect(isServed({ hours, holidays: [] }, at('2026-03-28T07:30:00Z'), 'Europe/Lisbon')).toBe(false);
    expect(isServed({ hours, holidays: [] }, at('2026-03-29T07:30:00Z'), 'Europe/Lisbon')).toBe(true);
  });
});
