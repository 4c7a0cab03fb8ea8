/** What a client can be made of. */
import type { EventType } from '../contract/index.ts';
import { createLiveQueries } from '../store/live-queries.ts';
import type { CallOptions } from './call-options.ts';
import { connectionReady } from './connection-ready.ts';
import { readEvents } from './event-reader.ts';
import { eventStreamOf, identityOf, outboxOf } from './inner-parts.ts';
import type { Kernel } from './kernel.ts';
import type { LiveQueries } from './live-queries.ts';
import type { ClientEvents, Connection, EventsOptions, LogoutOptions, Unsubscribe } from './prosa-client.ts';
import { createAgents } from './resources/agents.ts';
import { createAttachments } from './resources/attachments.ts';
import type { Calls } from './resources/calls.ts';
import { createChannels } from './resources/channels.ts';
import { createContacts } from './resources/contacts.ts';
import { createConversations } from './resources/conversations.ts';
import { createCustomers } from './resources/customers.ts';
import { createDeadLetters } from './resources/dead-letters.ts';
import { createDispatches } from './resources/dispatches.ts';
import { createHsm } from './resources/hsm.ts';
import { createMessages } from './resources/messages.ts';
import { createProfiles } from './resources/profiles.ts';
import { createProtocols } from './resources/protocols.ts';
import { createQueues } from './resources/queues.ts';
import { createSearch } from './resources/search.ts';
import { createSettings } from './resources/settings.ts';
import { createSurveys } from './resources/surveys.ts';
import { createTags } from './resources/tags.ts';

/** A resource that needs nothing but calls. */
const part =
  <Name extends string, Resource>(name: Name, create: (calls: Calls) => Resource) =>
  ({ calls }: Kernel) =>
    ({ [name]: create(calls) }) as Readonly<Record<Name, Resource>>;

export const conversations = part('conversations', createConversations);
/** Sends through the outbox. */
export const messages = ({ calls, use }: Kernel) => ({ messages: createMessages(calls, use(outboxOf)) });
export const customers = part('customers', createCustomers);
export const contacts = part('contacts', createContacts);
export const queues = part('queues', createQueues);
export const agents = part('agents', createAgents);
export const attachments = ({ calls, clock }: Kernel) => ({ attachments: createAttachments(calls, clock) });
export const protocols = part('protocols', createProtocols);
export const profiles = part('profiles', createProfiles);
export const tags = part('tags', createTags);
export const settings = part('settings', createSettings);
export const search = part('search', createSearch);
export const hsm = part('hsm', createHsm);
export const dispatches = part('dispatches', createDispatches);
export const surveys = part('surveys', createSurveys);
export const channels = part('channels', createChannels);
export const deadLetters = part('deadLetters', createDeadLetters);

const ownEvents: readonly (keyof ClientEvents)[] = ['connection.changed', 'outbox.unsaved', 'logged_out'];

/** The event stream: `on`, `events` and `connection`. */
export function events(kernel: Kernel) {
  const { emitter, use } = kernel;
  const stream = use(eventStreamOf);
  const connection: Connection = Object.assign(stream, {
    ready: (options?: CallOptions) => connectionReady(kernel, options),
  });
  return {
    connection,
    events: <Type extends EventType = EventType>(options?: EventsOptions<Type>) => readEvents(kernel, options),
    on<Name extends keyof ClientEvents>(
      name: Name,
      listener: (event: ClientEvents[Name]) => void,
      { signal }: CallOptions = {},
    ): Unsubscribe {
      if (signal?.aborted) return () => {};
      const remove = emitter.on(name, listener);
      // Watching the client itself is no reason to have a stream.
      const release = ownEvents.includes(name) ? undefined : stream.retain();
      const off = () => {
        signal?.removeEventListener('abort', off);
        remove();
        release?.();
      };
      signal?.addEventListener('abort', off);
      return off;
    },
  };
}

/** The end of an agent's work at this device. */
export const session = (kernel: Kernel) => ({
  async logout(options?: LogoutOptions): Promise<boolean> {
    const { logout } = await import('./logout.ts');
    return logout(kernel, options);
  },
});

/** Values that stay up to date. */
export const live = (kernel: Kernel) => ({ live: liveOf(kernel) });

function liveOf(kernel: Kernel): LiveQueries {
  const { use, entities, clock, emitter } = kernel;
  return createLiveQueries({
    ...use(conversations),
    ...use(messages),
    ...use(contacts),
    ...use(customers),
    ...use(agents),
    identity: use(identityOf),
    entities,
    stream: use(eventStreamOf),
    outbox: use(outboxOf),
    clock,
    clockAheadMs: () => kernel.clockAheadMs,
    onConnected: (listener) => emitter.onConnected(listener),
  });
}
