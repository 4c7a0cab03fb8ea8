import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentFrames, type CursorFrame } from './recent-frames.ts';

const frameOf = (number: number): CursorFrame => ({ kind: 'skip', cursor: `c${number}` });

function after(count: number): RecentFrames {
  const recent = new RecentFrames();
  recent.restart('c0');
  for (let number = 1; number <= count; number++) recent.push(frameOf(number));
  return recent;
}

describe('RecentFrames', () => {
  it('knows nothing before the first stream', () => {
    expect(new RecentFrames().cursor).toBeNull();
    expect(new RecentFrames().after(undefined)).toBeNull();
  });

  it('gives exactly what came after a cursor, or says that it does not know', () => {
    fc.assert(
      fc.property(fc.nat(1200), fc.nat(1400), (count, asked) => {
        const frames = after(count).after(`c${asked}`);
        if (asked > count || count - asked > 500) expect(frames).toBeNull();
        else expect(frames?.map(({ cursor }) => cursor)).toEqual(range(asked + 1, count));
      }),
    );
  });

  it('keeps no more than two megabytes', () => {
    const recent = after(1);
    const large = { kind: 'event', cursor: 'big', event: { text: 'x'.repeat(3 * 1024 * 1024) } };
    recent.push(large as unknown as CursorFrame);
    expect(recent.cursor).toBe('big');
    expect(recent.after('c1')).toBeNull();
    expect(recent.after('big')).toEqual([]);
  });

  it('takes the same frame once, and forgets all of an earlier stream', () => {
    const recent = after(2);
    recent.push(frameOf(2));
    expect(recent.after('c1')).toHaveLength(1);
    recent.restart('d0');
    expect(recent.after('c2')).toBeNull();
    expect(recent.after('d0')).toEqual([]);
  });
});

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `c${from + index}`);
}
