/** One event of a Server-Sent Events stream. */
export interface SseMessage {
  /** Its name; `message` when the server gave none. */
  readonly event: string;
  /** Absent when this event carries none. */
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads `text/event-stream` as the standard has it, but for `retry`, which the hello frame replaces.
 * Returns what takes in the pieces of the stream, cut anywhere.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * @param maxCharacters of one event; taking in more throws a `RangeError`, after which nothing can be read any more
 */
export function createSseParser(
  maxCharacters: number,
  onMessage: (message: SseMessage) => void,
): (piece: string) => void {
  let rest = '';
  let data: string[] = [];
  let event = '';
  let id: string | undefined;
  let size = 0;

  function takeLine(line: string): void {
    size += line.length;
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    if (line !== '') return;
    if (data.length > 0) onMessage({ event: event || 'message', id, data: data.join('\n') });
    data = [];
    event = '';
    id = undefined;
    size = 0;
  }

  return (piece) => {
    const isCut = rest.endsWith('\r');
    rest += piece;
    // A long line comes in many pieces: what has no end in it is only kept.
    if (isCut || /[\r\n]/.test(piece)) {
      // A carriage return at the end may be half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(line);
    }
    if (size + rest.length > maxCharacters) throw new RangeError('unable to read the event; it is too large');
  };
}
