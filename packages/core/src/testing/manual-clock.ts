import type { Clock } from '../client/clock.ts';

interface Alarm {
  at: number;
  readonly callback: () => void;
}

/** Comes as late as a timer of no time, a hundred times faster; browsers have none. */
const { setImmediate: soon = setTimeout } = globalThis as {
  readonly setImmediate?: (callback: (value: unknown) => void) => unknown;
};

/** Lets everything that is ready run: microtasks, and streams that are read. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise((resolve) => soon(resolve));
}

/** Time that moves only when it is told to. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-11-20T12:00:00.000Z');
  readonly #alarms = new Set<Alarm>();
  /** What chance gives; 0.5 when the list is empty. */
  readonly chances: number[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chances.shift() ?? 0.5;
  }

  setTimeout(callback: () => void, delayMs: number): unknown {
    const alarm = { at: this.#now + Math.max(0, delayMs), callback };
    this.#alarms.add(alarm);
    return alarm;
  }

  clearTimeout(handle: unknown): void {
    this.#alarms.delete(handle as Alarm);
  }

  get pending(): number {
    return this.#alarms.size;
  }

  /** Moves on, ringing each alarm at its time, and lets what follows run. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** Somebody sets the clock: timers ring after as long as before. */
  set(byMs: number): void {
    this.#now += byMs;
    for (const alarm of [...this.#alarms]) alarm.at += byMs;
  }

  /** What happens to a laptop that sleeps: time passes, and no alarm rings. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
