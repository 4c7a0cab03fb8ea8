import { DatabaseUnavailableError } from '../store/database-unavailable.ts';

const firstPauseMs = 100;
const longestPauseMs = 2000;

/**
 * Writes down what must not be forgotten: tries again while the database is away. Rejects when `signal` is aborted, and
 * with whatever else goes wrong.
 */
export async function whenAvailable<Result>(write: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailableError) || signal.aborted) throw error;
      await pause(Math.min(firstPauseMs * 2 ** attempt, longestPauseMs), signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}
