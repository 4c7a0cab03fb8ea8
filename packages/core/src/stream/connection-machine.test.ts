import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readSource } from '../testing/read-source.ts';
import { connectionInputs, connectionTable, isTrying, nextState } from './connection-machine.ts';
import type { ConnectionState } from '../client/connection-state.ts';

const states = Object.keys(connectionTable) as ConnectionState[];
const source = readSource(new URL('./connection-machine.ts', import.meta.url));

describe('the table', () => {
  it('has a state for every state and input', () => {
    expect(states).toHaveLength(8);
    for (const state of states) {
      expect(connectionTable[state]).toHaveLength(connectionInputs.length);
      for (const input of connectionInputs) expect(states).toContain(nextState(state, input));
    }
  });

  it('is what the drawing in its header says', () => {
    const [header, ...rows] = source
      .split('\n')
      .filter((line) => /^ \* {2}/.test(line))
      .map((line) => line.slice(2).trim().split(/\s+/));
    expect(header).toEqual([...connectionInputs]);
    expect(rows.map(([state]) => state)).toEqual(states);
    for (const [state, ...cells] of rows) {
      const drawn = cells.map((cell) => (cell === '·' ? state : cell));
      expect(drawn).toEqual(connectionTable[state as ConnectionState]);
    }
  });

  it('leaves `closed` never, and reaches it from everywhere', () => {
    for (const input of connectionInputs) expect(nextState('closed', input)).toBe('closed');
    for (const state of states) expect(nextState(state, 'destroy')).toBe('closed');
  });

  it('says `connected` only after a hello', () => {
    for (const state of states) {
      for (const input of connectionInputs) {
        if (state !== 'connected' && nextState(state, input) === 'connected') expect(input).toBe('hello');
      }
    }
  });

  it('can be released and opened again from wherever it came to', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...connectionInputs.filter((input) => input !== 'destroy'))), (inputs) => {
        const state = inputs.reduce(nextState, 'idle' as ConnectionState);
        const fresh = (['release', 'open', 'hello'] as const).reduce(nextState, state);
        expect(fresh).toBe('connected');
        expect(isTrying(nextState(state, 'release'))).toBe(false);
      }),
    );
  });
});
