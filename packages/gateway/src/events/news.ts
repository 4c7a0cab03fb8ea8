import { second } from '../clock.ts';
import type { WakeSignal } from '../store/database.ts';
import type { StreamDeps } from './stream.ts';
import type { StreamView } from './view.ts';

/** What a waiting stream hears. */
export type News = 'events' | 'signals' | 'silence' | 'token_expired' | 'shutdown';

/** The log is read at least this often, whatever wake-ups get lost. */
const pollMs = 2 * second;
/** Of signals that a slow reader has not taken, the newest. */
const signalsKept = 32;

/** Waits for whatever comes first: a commit, a signal, the end of the token or of the gateway, or too long a silence. */
export function newsFor(
  { db, clock, shutdown }: StreamDeps,
  view: StreamView,
  silenceMs: number,
): {
  next(): Promise<News>;
  /** Why there is nothing more to tell, however much has happened; `null`: there may be. */
  over(): 'shutdown' | 'token_expired' | null;
  takeSignals(): readonly WakeSignal[];
  stop(): void;
} {
  let woken = false;
  let signals: WakeSignal[] = [];
  let notify: (() => void) | null = null;
  const stopListening = db.onWake((wake) => {
    if (wake.topic === 'signals') {
      const signal = view.hear(wake);
      if (signal === null) return;
      signals = [...signals, signal].slice(-signalsKept);
    } else {
      if (wake.topic !== 'events' || !view.concerns(wake)) return;
      woken = true;
    }
    notify?.();
  });
  const onShutdown = () => notify?.();
  shutdown.addEventListener('abort', onShutdown);
  let quietSince = Date.now();

  return {
    async next() {
      if (!woken && signals.length === 0 && !shutdown.aborted) await wait(waitMs());
      const why = over();
      if (why !== null) return why;
      if (signals.length > 0) return 'signals';
      // Also while much happens that this reader does not see.
      if (Date.now() - quietSince >= silenceMs) {
        quietSince = Date.now();
        return 'silence';
      }
      woken = false;
      return 'events';
    },
    over,
    takeSignals() {
      const taken = signals;
      signals = [];
      return taken;
    },
    stop() {
      stopListening();
      shutdown.removeEventListener('abort', onShutdown);
      notify?.();
    },
  };

  function over(): 'shutdown' | 'token_expired' | null {
    if (shutdown.aborted) return 'shutdown';
    return view.expiresAt !== null && clock.now() >= view.expiresAt ? 'token_expired' : null;
  }

  function waitMs(): number {
    const untilSilence = quietSince + silenceMs - Date.now();
    const untilExpiry = view.expiresAt === null ? Infinity : view.expiresAt - clock.now();
    return Math.max(0, Math.min(pollMs, untilSilence, untilExpiry));
  }

  async function wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      notify = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    notify = null;
  }
}
