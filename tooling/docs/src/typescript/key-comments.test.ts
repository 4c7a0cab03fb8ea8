import { describe, expect, it } from 'vitest';
import { commentsOfKeys } from './key-comments.ts';

describe('the comments of keys', () => {
  const source = `export const events = {
  /** Somebody wrote: \`message\` has it. */
  'message.created': 1,
  plain: 2,
  /**
   * Two
   * lines.
   */
  long: 3,
} as const;
const other = 5;`;

  it('are found by key, and empty where there is none', () => {
    expect([...commentsOfKeys(source, 'events')]).toEqual([
      ['message.created', 'Somebody wrote: `message` has it.'],
      ['plain', ''],
      ['long', 'Two\nlines.'],
    ]);
  });

  it('are those of an object', () => {
    expect(() => commentsOfKeys(source, 'other')).toThrow('unable to find the object other');
    expect(() => commentsOfKeys(source, 'nothing')).toThrow('unable to find the object nothing');
  });
});
