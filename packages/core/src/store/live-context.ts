import type { Clock } from '../client/clock.ts';
import type {
  AgentsResource,
  ContactsResource,
  ConversationsResource,
  CustomersResource,
  MessagesResource,
  Unsubscribe,
} from '../client/prosa-client.ts';
import type { EventStream } from '../stream/event-stream.ts';
import type { EntityStore } from './entity-store.ts';
import type { Identity } from './identity.ts';
import type { LazyOutbox } from './lazy-outbox.ts';

/** What live queries are made of. */
export interface LiveContext {
  readonly conversations: ConversationsResource;
  readonly messages: MessagesResource;
  readonly contacts: ContactsResource;
  readonly customers: CustomersResource;
  readonly agents: AgentsResource;
  readonly identity: Identity;
  readonly entities: EntityStore;
  readonly stream: Pick<EventStream, 'retain' | 'current' | 'epoch'>;
  readonly outbox: LazyOutbox;
  readonly clock: Clock;
  /** As `HasClock` has it. */
  readonly clockAheadMs: () => number;
  /** Those that are watched, to be ended with the client. */
  readonly running: Set<{ destroy(): void }>;
  /** Called each time that the stream is there (again). */
  readonly onConnected: (listener: () => void) => Unsubscribe;
}
