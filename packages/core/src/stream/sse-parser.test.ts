import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser, type SseMessage } from './sse-parser.ts';

const plenty = 1_000_000;

function read(pieces: readonly string[], maxCharacters = plenty): SseMessage[] {
  const messages: SseMessage[] = [];
  const feed = createSseParser(maxCharacters, (message) => messages.push(message));
  for (const piece of pieces) feed(piece);
  return messages;
}

/** What a well-kept library makes of the same bytes. */
function readByLibrary(pieces: readonly string[]): SseMessage[] {
  const messages: SseMessage[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => messages.push({ event, id, data }),
  });
  for (const piece of pieces) parser.feed(piece);
  return messages;
}

describe('a stream of server-sent events', () => {
  it('gives name, id and data of an event at its empty line', () => {
    expect(read(['event: hello\nid: c1\ndata: {"a":1}\n'])).toEqual([]);
    expect(read(['event: hello\nid: c1\ndata: {"a":1}\n\n'])).toEqual([{ event: 'hello', id: 'c1', data: '{"a":1}' }]);
  });

  it('joins lines of data, keeps all but one leading space, and leaves comments out', () => {
    expect(read([': heartbeat\n\ndata:  a\ndata\ndata:b\n\n'])).toEqual([
      { event: 'message', id: undefined, data: ' a\n\nb' },
    ]);
  });

  it('reads a line end that is cut in half', () => {
    expect(read(['data: a\r', '\n\r', '\ndata: b\r\n\r\n']).map(({ data }) => data)).toEqual(['a', 'b']);
  });

  it('reads the same as a library does, wherever the stream is cut', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '',
        ':',
        ': beat',
        'data',
        'data:',
        'id: 7',
        'id',
        'event: skip',
        'event',
        'retry: 5',
        'x: y',
      ),
      fc.string({ maxLength: 12 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
      fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => `event:${text.replaceAll(/[\r\n]/g, '')}`),
    );
    const stream = fc.tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 12 }), ([lines, end], cuts) => {
        const text = lines.map((one) => one + end).join('');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
        expect(read(pieces)).toEqual(readByLibrary([text]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an event that is too large', () => {
  const large = `data: ${'x'.repeat(100)}`;

  it.each([
    ['in one line', [`${large}\n`]],
    ['in many lines', ['data: 0123456789\n'.repeat(10)]],
    ['in many pieces', [...large]],
  ])('is refused as soon as that is known: %s', (_, pieces) => {
    expect(() => read(pieces, 50)).toThrow(RangeError);
  });

  it('is told from many small ones in one piece', () => {
    expect(read(['data: 0123456789\n\n'.repeat(10)], 50)).toHaveLength(10);
  });
});
