import type { SecretBox } from './channels/secret-box.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { MediaStore } from './media/media-store.ts';
import type { Database } from './store/database.ts';

/** What a gateway is made of. */
export interface GatewayOptions {
  /** Migrated: see `migrate`. The gateway does not close it. */
  readonly database: Database;
  readonly media: MediaStore;
  /** The address that browsers and Meta reach, without a slash at the end. */
  readonly publicUrl: string;
  /**
   * Encrypts tokens and app secrets of channels in the database: see `createSecretBox`. Absent: they are kept in clear,
   * for whoever guards the database in another way.
   */
  readonly secretBox?: SecretBox | undefined;
  /** Where the numbers that are added through the API send to: Meta's Graph API when absent, or a simulator. */
  readonly graphUrl?: string | undefined;
  /** For calls to providers. The global one when absent. */
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
  /** How many visitors' sessions one address begins within a minute; 20 when absent. IPv6 is counted by /64. */
  readonly sessionsPerAddress?: number | undefined;
}

/** What a server knows of a request beside the request. */
export interface RequestSource {
  /**
   * Address of the caller, of the connection or as a proxy that is trusted says it: limits count by it. Without one
   * they count by website and visitor only.
   */
  readonly remoteAddress?: string | null | undefined;
}

/** A gateway that answers requests; once started, it also does the work that nobody waits for. */
export interface Gateway {
  fetch(request: Request, source?: RequestSource): Promise<Response>;
  /** Begins background work: processing webhooks, delivering messages. Calling it again does nothing. */
  start(): void;
  /** Says goodbye to the streams, finishes what is being sent (25 seconds at most), stops. */
  close(): Promise<void>;
}
