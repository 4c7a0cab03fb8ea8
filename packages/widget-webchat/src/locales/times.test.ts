import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';
import { dayName, fileSize, isSameDay, timeOfDay } from './times.ts';

/** By the clock of this device: so do visitors read it. */
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();

describe('days', () => {
  const now = at(2026, 0, 1, 0, 5);

  it('are today from midnight to midnight, not for 24 hours', () => {
    expect(dayName(ptBr, at(2026, 0, 1, 0, 0), now)).toBe('Hoje');
    expect(dayName(ptBr, at(2025, 11, 31, 23, 59), now)).toBe('Ontem');
    expect(isSameDay(at(2025, 11, 31, 23, 59), now)).toBe(false);
  });

  it('are called by their date before that, with the year when it is another', () => {
    const later = at(2026, 10, 21, 12);
    expect(dayName(ptBr, at(2026, 10, 12), later)).toBe('12 de novembro');
    expect(dayName(ptBr, at(2025, 11, 30), now)).toBe('30 de dezembro de 2025');
    expect(dayName(en, at(2026, 10, 12), later)).toBe('November 12');
    expect(dayName(es, at(2026, 10, 12), later)).toBe('12 de noviembre');
  });
});

it('tells the time as the language does', () => {
  const time = at(2026, 10, 21, 14, 5);
  expect(timeOfDay(ptBr, time)).toBe('14:05');
  expect(timeOfDay(en, time)).toMatch(/^02:05\sPM$/);
});

it.each([
  [1, '1 kB'],
  [84 * 1024, '84 kB'],
  [999 * 1024, '999 kB'],
  [1000 * 1024, '1 MB'],
  [1.24 * 1024 * 1024, '1,2 MB'],
  [16 * 1024 * 1024, '16 MB'],
])('calls %d bytes %s', (bytes, name) => {
  expect(fileSize(ptBr, bytes)).toBe(name);
});

it('puts a point where English does', () => {
  expect(fileSize(en, 1.24 * 1024 * 1024)).toBe('1.2 MB');
});
