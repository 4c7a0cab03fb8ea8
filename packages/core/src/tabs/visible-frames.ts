import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import type { FrameSource } from '../stream/frame-source.ts';
import { isPageHidden, ownPage } from './page-visibility.ts';

const pauseAfterMs = 5 * 60_000;

/**
 * For a browser, or a page without HTTPS, that cannot tell which tab leads: each has its own stream, and closes it when
 * nobody has seen the page for a while. It goes on from its cursor when somebody does.
 */
export function visibleFrames(server: FrameSource, clock: Clock): FrameSource {
  return async (cursor, reader) => {
    const pause = new AbortController();
    const timer = new Timer(clock);
    const page = ownPage();
    const follow = () => {
      if (!isPageHidden()) timer.clear();
      else if (!timer.isSet) {
        timer.set(pauseAfterMs, () => {
          pause.abort();
        });
      }
    };
    await seen(reader.signal);
    page.addEventListener('visibilitychange', follow);
    try {
      await server(cursor, { ...reader, signal: AbortSignal.any([reader.signal, pause.signal]) });
    } catch (error) {
      if (!pause.signal.aborted) throw error;
    } finally {
      page.removeEventListener('visibilitychange', follow);
      timer.clear();
    }
    if (pause.signal.aborted) await seen(reader.signal);
  };
}

function seen(signal: AbortSignal): Promise<void> {
  const page = ownPage();
  return new Promise((resolve) => {
    const check = () => {
      if (isPageHidden() && !signal.aborted) return;
      page.removeEventListener('visibilitychange', check);
      resolve();
    };
    page.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
    check();
  });
}
