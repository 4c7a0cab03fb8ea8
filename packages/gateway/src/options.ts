import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { MediaStore } from './media/media-store.ts';
import type { Database } from './store/database.ts';

export interface GatewayOptions {
  /** Migrated: see `migrate`. The gateway does not close it. */
  readonly database: Database;
  readonly media: MediaStore;
  /** The address that browsers and Meta reach, without a slash at the end. */
  readonly publicUrl: string;
  /** For calls to providers. The global one when absent. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
}

export interface Gateway {
  fetch(request: Request): Promise<Response>;
  /** Begins background work: processing webhooks, delivering messages. Calling it again does nothing. */
  start(): void;
  /** Says goodbye to the streams, finishes what is being sent (25 seconds at most), stops. */
  close(): Promise<void>;
}
