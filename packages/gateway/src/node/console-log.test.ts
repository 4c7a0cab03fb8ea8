import { expect, it } from 'vitest';
import { createLog } from './console-log.ts';

const now = () => new Date(Date.UTC(2026, 10, 20, 12));

function lines(format: 'text' | 'json') {
  const written: string[] = [];
  return { log: createLog(format, (line) => written.push(line), now), written };
}

it('writes a line for people', () => {
  const { log, written } = lines('text');
  log('info', 'listening', { port: 4000 });
  log('error', 'refused', { reason: 'a "b"\n2026-11-20 forged line', id: 'msg_1' });
  expect(written).toEqual([
    '2026-11-20T12:00:00.000Z listening port=4000\n',
    '2026-11-20T12:00:00.000Z error: refused reason="a \\"b\\"\\n2026-11-20 forged line" id=msg_1\n',
  ]);
});

it('writes JSON for machines', () => {
  const { log, written } = lines('json');
  log('warn', 'slow', { ms: 12 });
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
    { time: '2026-11-20T12:00:00.000Z', level: 'warn', message: 'slow', ms: 12 },
  ]);
});
