import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientEmitter } from './client-emitter.ts';

const name = 'discontinuity';

describe('ClientEmitter', () => {
  const reported: unknown[] = [];
  beforeEach(() => {
    reported.length = 0;
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('tells the others when a listener throws, and the page of the error', () => {
    const emitter = new ClientEmitter();
    const told: string[] = [];
    const broken = new Error('broken');
    emitter.on(name, () => {
      throw broken;
    });
    emitter.on(name, ({ reason }) => told.push(reason));
    emitter.emit(name, { reason: 'expired' });
    expect(told).toEqual(['expired']);
    expect(reported).toEqual([broken]);
  });

  it('does not tell who was removed by an earlier listener of the same event', () => {
    const emitter = new ClientEmitter();
    const told: string[] = [];
    emitter.on(name, () => {
      told.push('first');
      removeSecond();
    });
    const removeSecond = emitter.on(name, () => told.push('second'));
    emitter.emit(name, { reason: 'expired' });
    expect(told).toEqual(['first']);
  });

  it('tells who begins to listen during an event only of the next one', () => {
    const emitter = new ClientEmitter();
    let told = 0;
    const listen = () => {
      told += 1;
      emitter.on(name, listen);
    };
    emitter.on(name, listen);
    emitter.emit(name, { reason: 'expired' });
    expect(told).toBe(1);
    emitter.emit(name, { reason: 'expired' });
    expect(told).toBe(3);
  });

  it('tells a listener that was given twice twice, and removes one of the two', () => {
    const emitter = new ClientEmitter();
    let told = 0;
    const listener = () => {
      told += 1;
    };
    const remove = emitter.on(name, listener);
    emitter.on(name, listener);
    emitter.emit(name, { reason: 'expired' });
    expect(told).toBe(2);
    remove();
    remove();
    emitter.emit(name, { reason: 'expired' });
    expect(told).toBe(3);
  });

  it('keeps the names apart, also those that objects have', () => {
    const emitter = new ClientEmitter();
    const told: string[] = [];
    emitter.onConnected(() => told.push('connected'));
    emitter.emit('toString', null);
    emitter.emit('__proto__', null);
    emitter.emit('connected', null);
    expect(told).toEqual(['connected']);
  });

  it('tells nobody once it was cleared, not even during an event', () => {
    const emitter = new ClientEmitter();
    const told: string[] = [];
    emitter.on(name, () => {
      told.push('first');
      emitter.clear();
    });
    emitter.on(name, () => told.push('second'));
    emitter.emit(name, { reason: 'expired' });
    emitter.emit(name, { reason: 'expired' });
    expect(told).toEqual(['first']);
  });
});
