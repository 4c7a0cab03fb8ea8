import type { Wake } from './store/database.ts';

/** Work that goes on beside the requests. Nothing happens before `start`. */
export interface Background {
  start(): void;
  /** Finishes what is under way. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One round; returns whether there may be more to do at once. */
  readonly round: () => Promise<boolean>;
  /** The tables are looked at this often, whatever wake-ups get lost. */
  readonly pollMs: number;
  readonly topic?: Wake['topic'] | undefined;
  readonly onWake?: ((listener: (wake: Wake) => void) => () => void) | undefined;
  readonly onError: (error: unknown) => void;
}

/** Runs rounds one after another: again at once while there is more, otherwise after a wake-up or the poll. */
export function loop({ round, pollMs, topic, onWake, onError }: LoopOptions): Background {
  let running: Promise<void> | null = null;
  let stopping = false;
  let woken = false;
  let resume: (() => void) | null = null;

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping = true;
      resume?.();
      await running;
    },
  };

  async function run(): Promise<void> {
    const stopListening = onWake?.((wake) => {
      if (wake.topic !== topic) return;
      woken = true;
      resume?.();
    });
    while (!stopping) {
      woken = false;
      const more = await round().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!more && !woken && !stopping) await pause();
    }
    stopListening?.();
  }

  async function pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    resume = null;
  }
}
