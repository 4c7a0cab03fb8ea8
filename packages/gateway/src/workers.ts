import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { MediaStore } from './media/media-store.ts';
import type { Database } from './store/database.ts';

export interface WorkerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly media: MediaStore;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

export interface Worker {
  start(): void;
  stop(): Promise<void>;
}

export function createWorkers(_deps: WorkerDeps): Worker {
  return { start: () => undefined, stop: () => Promise.resolve() };
}
