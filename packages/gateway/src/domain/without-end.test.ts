import { expect, it } from 'vitest';
import { safeFileName } from '../media/disposition.ts';
import { typedDocument } from './identification.ts';
import { marketingWord } from './opt-out.ts';
import { withoutEnd } from './without-end.ts';
import { usualSettings } from './workspace-settings.ts';

it('takes the marks from the end and no others', () => {
  expect(withoutEnd('sair. . !', /[\s.!]/)).toBe('sair');
  expect(withoutEnd('a.b', /[.]/)).toBe('a.b');
  expect(withoutEnd('...', /[.]/)).toBe('');
  expect(withoutEnd('', /[.]/)).toBe('');
});

/** What makes a search for marks at the end begin again at each of them: of the square of it the test would not return. */
const hostile = `${'.'.repeat(1_000_000)}x`;

it('reads what somebody outside wrote once, however long it is', () => {
  expect(marketingWord(hostile, usualSettings)).toBeNull();
  expect(marketingWord(`a${' '.repeat(1_000_000)}x`, usualSettings)).toBeNull();
  expect(typedDocument(hostile)).toBeNull();
  expect(safeFileName(`x${hostile}`)).toHaveLength(150);
});
