/** What a client can be made of. */
import type { EventType } from '../contract/index.ts';
import { loadOutbox } from '../store/lazy-outbox.ts';
import type { LiveContext } from '../store/live-context.ts';
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

/** List, take, transfer, finish: what is waiting and whose it is. */
export const conversations = part('conversations', createConversations);
/** Sends through the outbox. */
export const messages = ({ calls, use }: Kernel) => ({ messages: createMessages(calls, use(outboxOf)) });
/** The records of those who are served. */
export const customers = part('customers', createCustomers);
/** Who is known on a channel, and their link to a customer. */
export const contacts = part('contacts', createContacts);
/** Where conversations wait, and how. */
export const queues = part('queues', createQueues);
/** Who attends, and whether they are there. */
export const agents = part('agents', createAgents);
/** Files up, and links to them. */
export const attachments = ({ calls, clock }: Kernel) => ({ attachments: createAttachments(calls, clock) });
/** A service by its number. */
export const protocols = part('protocols', createProtocols);
/** What agents may do. */
export const profiles = part('profiles', createProfiles);
/** What conversations are about. */
export const tags = part('tags', createTags);
/** How the workspace works. */
export const settings = part('settings', createSettings);
/** Finds conversations by what was said. */
export const search = part('search', createSearch);
/** Message templates. */
export const hsm = part('hsm', createHsm);
/** A template to a list of people, and its report. */
export const dispatches = part('dispatches', createDispatches);
/** CSAT, NPS and CES. */
export const surveys = part('surveys', createSurveys);
/** WhatsApp numbers. */
export const channels = part('channels', createChannels);
/** Webhooks that could not be done. */
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
    const { logout } = await loadOutbox();
    return logout(kernel, options);
  },
});

/** Values that stay up to date. */
export const live = (kernel: Kernel) => ({ live: liveOf(kernel) });

function liveOf(kernel: Kernel): LiveQueries {
  const { use, entities, clock, emitter, onDestroy } = kernel;
  const running: LiveContext['running'] = new Set();
  onDestroy(() => {
    for (const query of running) query.destroy();
  });
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
    running,
    onConnected: (listener) => emitter.onConnected(listener),
  });
}
