/** What a client can be made of. */
import { createLiveQueries } from '../store/live-queries.ts';
import { eventStreamOf, identityOf, outboxOf } from './inner-parts.ts';
import type { Kernel } from './kernel.ts';
import type { ClientEvents, LogoutOptions, Unsubscribe } from './prosa-client.ts';
import { createAgents } from './resources/agents.ts';
import { createAttachments } from './resources/attachments.ts';
import { createChannels } from './resources/channels.ts';
import { createContacts } from './resources/contacts.ts';
import { createConversations } from './resources/conversations.ts';
import { createCustomers } from './resources/customers.ts';
import { createDeadLetters } from './resources/dead-letters.ts';
import { createHsm } from './resources/hsm.ts';
import { createMessages } from './resources/messages.ts';
import { createProfiles } from './resources/profiles.ts';
import { createProtocols } from './resources/protocols.ts';
import { createQueues } from './resources/queues.ts';
import { createSearch } from './resources/search.ts';
import { createSettings } from './resources/settings.ts';
import { createSurveys } from './resources/surveys.ts';
import { createTags } from './resources/tags.ts';

export const conversations = ({ calls }: Kernel) => ({ conversations: createConversations(calls) });
/** Sends through the outbox. */
export const messages = ({ calls, use }: Kernel) => ({ messages: createMessages(calls, use(outboxOf)) });
export const customers = ({ calls }: Kernel) => ({ customers: createCustomers(calls) });
export const contacts = ({ calls }: Kernel) => ({ contacts: createContacts(calls) });
export const queues = ({ calls }: Kernel) => ({ queues: createQueues(calls) });
export const agents = ({ calls }: Kernel) => ({ agents: createAgents(calls) });
export const attachments = ({ calls, clock }: Kernel) => ({ attachments: createAttachments(calls, clock) });
export const protocols = ({ calls }: Kernel) => ({ protocols: createProtocols(calls) });
export const profiles = ({ calls }: Kernel) => ({ profiles: createProfiles(calls) });
export const tags = ({ calls }: Kernel) => ({ tags: createTags(calls) });
export const settings = ({ calls }: Kernel) => ({ settings: createSettings(calls) });
export const search = ({ calls }: Kernel) => ({ search: createSearch(calls) });
export const hsm = ({ calls }: Kernel) => ({ hsm: createHsm(calls) });
export const surveys = ({ calls }: Kernel) => ({ surveys: createSurveys(calls) });
export const channels = ({ calls }: Kernel) => ({ channels: createChannels(calls) });
export const deadLetters = ({ calls }: Kernel) => ({ deadLetters: createDeadLetters(calls) });

const ownEvents: readonly (keyof ClientEvents)[] = ['connection.changed', 'outbox.unsaved', 'logged_out'];

/** The event stream: `on` and `connection`. */
export function events({ emitter, use }: Kernel) {
  const stream = use(eventStreamOf);
  return {
    connection: stream,
    on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe {
      const remove = emitter.on(name, listener);
      // Watching the client itself is no reason to have a stream.
      const release = ownEvents.includes(name) ? undefined : stream.retain();
      return () => {
        remove();
        release?.();
      };
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
export const live = ({ use, entities, clock, emitter }: Kernel) => ({
  live: createLiveQueries({
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
    onConnected: (listener) => emitter.onConnected(listener),
  }),
});
