import { second } from '../clock.ts';
import type { StreamDeps, StreamReader } from './stream.ts';

/** What a waiting stream hears. */
export type News = 'events' | 'silence' | 'token_expired' | 'shutdown';

/** The log is read at least this often, whatever wake-ups get lost. */
const pollMs = 2 * second;

/** Waits for whatever comes first: a commit, the end of the token, the end of the gateway, or too long a silence. */
export function newsFor(
  { db, clock, shutdown }: StreamDeps,
  reader: StreamReader,
  silenceMs: number,
): { next(): Promise<News>; stop(): void } {
  let woken = false;
  let notify: (() => void) | null = null;
  const stopListening = db.onWake((wake) => {
    if (wake.topic !== 'events' || (wake.workspaceId !== undefined && wake.workspaceId !== reader.workspaceId)) return;
    woken = true;
    notify?.();
  });
  const onShutdown = () => notify?.();
  shutdown.addEventListener('abort', onShutdown);
  let quietSince = Date.now();

  return {
    async next() {
      if (!woken && !shutdown.aborted) await wait(waitMs());
      if (shutdown.aborted) return 'shutdown';
      if (reader.expiresAt !== null && clock.now() >= reader.expiresAt) return 'token_expired';
      if (!woken && Date.now() - quietSince >= silenceMs) {
        quietSince = Date.now();
        return 'silence';
      }
      woken = false;
      return 'events';
    },
    stop() {
      stopListening();
      shutdown.removeEventListener('abort', onShutdown);
      notify?.();
    },
  };

  function waitMs(): number {
    const untilSilence = quietSince + silenceMs - Date.now();
    const untilExpiry = reader.expiresAt === null ? Infinity : reader.expiresAt - clock.now();
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
