import { expect, it } from 'vitest';
import { keptRaw } from './kept-raw.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

it('is the same as long as it is of a size that Meta sends', () => {
  const message = {
    type: 'poll',
    poll: { question: 'Qual?', options: [{ name: 'Um' }, { name: 'Dois' }], open: true },
  };
  expect(keptRaw(message)).toEqual(message);
});

it('ends where it nests without end', () => {
  const kept = keptRaw({ type: 'poll', poll: nested(100_000) });
  expect(JSON.stringify(kept).length).toBeLessThan(200);
  expect(kept['type']).toBe('poll');
});

it('is a part of a text, a list or an object without end', () => {
  const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, index]));
  const kept = keptRaw({ text: 'a'.repeat(50_000), list: new Array<number>(5000).fill(1), fields });
  expect((kept['text'] as string).length).toBe(8001);
  expect(kept['list']).toHaveLength(300);
  expect(Object.keys(kept['fields'] as object)).toHaveLength(300);
});

it('is its outline when even its parts are too much', () => {
  const page = Array.from({ length: 100 }, () => 'a'.repeat(5000));
  expect(keptRaw({ type: 'book', id: 'wamid.1', pages: page, count: 100 })).toEqual({
    type: 'book',
    id: 'wamid.1',
    count: 100,
  });
});
