import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import type { FrameSource } from '../stream/frame-source.ts';

const pauseAfterMs = 5 * 60_000;

/**
 * For a browser, or a page without HTTPS, that cannot tell which tab leads: each has its own stream, and closes it when
 * nobody has seen the page for a while. It goes on from its cursor when somebody does.
 */
export function visibleFrames(server: FrameSource, clock: Clock): FrameSource {
  return async (cursor, reader) => {
    const pause = new AbortController();
    const timer = new Timer(clock);
    const isHidden = () => document.visibilityState === 'hidden';
    const follow = () => {
      if (!isHidden()) timer.clear();
      else if (!timer.isSet) {
        timer.set(pauseAfterMs, () => {
          pause.abort();
        });
      }
    };
    await seen(reader.signal, isHidden);
    document.addEventListener('visibilitychange', follow);
    try {
      await server(cursor, { ...reader, signal: AbortSignal.any([reader.signal, pause.signal]) });
    } catch (error) {
      if (!pause.signal.aborted) throw error;
    } finally {
      document.removeEventListener('visibilitychange', follow);
      timer.clear();
    }
    if (pause.signal.aborted) await seen(reader.signal, isHidden);
  };
}

function seen(signal: AbortSignal, isHidden: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (isHidden() && !signal.aborted) return;
      document.removeEventListener('visibilitychange', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
    check();
  });
}
