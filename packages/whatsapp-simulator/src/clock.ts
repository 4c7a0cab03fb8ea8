/** Time as the simulator sees it: milliseconds since the epoch, and timers that follow it. */
export interface SimulatorClock {
  now(): number;
  /** Runs once after `ms` of this clock's time. Returns its cancellation. */
  after(ms: number, run: () => void): () => void;
  /** Moves time forward and runs what has become due, oldest first. */
  advance(ms: number): void;
}

interface Timer {
  readonly dueAt: number;
  readonly run: () => void;
  disarm: () => void;
}

/** Follows the system's time; `advance` jumps ahead of it, so a day passes without waiting one. */
export function createClock(): SimulatorClock {
  let ahead = 0;
  return clockOf({
    now: () => Date.now() + ahead,
    skip: (ms) => (ahead += ms),
    arms: () => true,
  });
}

/** Stands still until `advance` is called. Timers of 0 ms still run by themselves, on the next turn. */
export function createManualClock(startAt: number): SimulatorClock {
  let now = startAt;
  return clockOf({ now: () => now, skip: (ms) => (now += ms), arms: (ms) => ms <= 0 });
}

interface TimeSource {
  now(): number;
  skip(ms: number): void;
  /** Whether a timer of so many milliseconds runs by itself. */
  arms(ms: number): boolean;
}

function clockOf(source: TimeSource): SimulatorClock {
  const timers = new Set<Timer>();

  function fire(timer: Timer): void {
    if (!timers.delete(timer)) return;
    timer.disarm();
    timer.run();
  }

  function arm(timer: Timer): void {
    const ms = Math.max(0, timer.dueAt - source.now());
    if (!source.arms(ms)) return;
    const handle = setTimeout(() => fire(timer), ms);
    timer.disarm = () => clearTimeout(handle);
  }

  return {
    now: source.now,
    after(ms, run) {
      const timer: Timer = { dueAt: source.now() + ms, run, disarm: () => undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.disarm();
      };
    },
    advance(ms) {
      source.skip(ms);
      const due = [...timers].filter((timer) => timer.dueAt <= source.now());
      for (const timer of due.sort((a, b) => a.dueAt - b.dueAt)) fire(timer);
      for (const timer of timers) {
        timer.disarm();
        arm(timer);
      }
    },
  };
}
