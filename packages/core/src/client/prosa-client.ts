import type { EventType, ProsaEvent, SignalData } from '../contract/index.ts';
import type { ConnectionInput } from '../stream/connection-machine.ts';
import type { ConnectionState, EventTransport } from './connection-state.ts';
import type { PendingMessage } from '../store/pending-message.ts';
import type { Clock } from './clock.ts';
import type { CallOptions } from './call-options.ts';
import type { LiveQueries } from './live-queries.ts';
import type { AgentsResource } from './resources/agents.ts';
import type { AttachmentsResource } from './resources/attachments.ts';
import type { ChannelsResource } from './resources/channels.ts';
import type { ContactsResource } from './resources/contacts.ts';
import type { ConversationsResource } from './resources/conversations.ts';
import type { CustomersResource } from './resources/customers.ts';
import type { DeadLettersResource } from './resources/dead-letters.ts';
import type { DispatchesResource } from './resources/dispatches.ts';
import type { HsmResource } from './resources/hsm.ts';
import type { MessagesResource } from './resources/messages.ts';
import type { ProfilesResource } from './resources/profiles.ts';
import type { ProtocolsResource } from './resources/protocols.ts';
import type { QueuesResource } from './resources/queues.ts';
import type { SearchResource } from './resources/search.ts';
import type { SettingsResource } from './resources/settings.ts';
import type { SurveysResource } from './resources/surveys.ts';
import type { TagsResource } from './resources/tags.ts';

/** Ends a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** How the event stream stands, and how it came to that. A new object with each change. */
export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  /** The state before this one. */
  readonly from: ConnectionState;
  /** What led from there to here, as in the table of states. */
  readonly reason: ConnectionInput;
  /** How events come while it is `connected`, otherwise `null`; `poll` where a proxy lets no stream through. */
  readonly transport: EventTransport | null;
  /** Tries in a row that failed. */
  readonly attempt: number;
  /** When the next try starts, as epoch milliseconds; `null` when none is planned. */
  readonly nextTryAt: number | null;
  /** Why the last connection ended. */
  readonly error: Error | null;
}

/**
 * The event stream of a client. It opens by itself with the first listener or live value, and closes a few seconds
 * after the last one.
 */
export interface Connection {
  readonly current: ConnectionSnapshot;
  subscribe(listener: () => void): Unsubscribe;
  /** Opens the stream. Subscribing to a live query or an event does it too. */
  connect(): void;
  /** Closes the stream; live queries keep what they have. */
  disconnect(): void;
  /** Tries now instead of waiting. */
  retry(): void;
  /**
   * Opens the stream, and resolves once it is `connected`: what happens from then on reaches who listens. It stays open
   * while anybody does, or after `connect()`. Rejects with why where it does not come by itself (`needs_auth`, `failed`),
   * and with `aborted`; while nothing answers it waits, so give a signal.
   * @example
   * await prosa.connection.ready({ signal: AbortSignal.timeout(10_000) });
   */
  ready(options?: CallOptions): Promise<void>;
}

/** Who decides about messages that have not left yet. */
export interface LogoutOptions {
  /** Called with what was not sent and would be lost; `false` keeps everything as it is. Absent: nobody is asked. */
  readonly confirm?: ((unsent: readonly PendingMessage[]) => boolean | Promise<boolean>) | undefined;
}

/** Events and signals of the contract, and some of the client itself. */
export type ClientEvents = { readonly [Type in EventType]: ProsaEvent<Type> } & SignalData & {
    readonly 'connection.changed': ConnectionSnapshot;
    /** The server could not resume: whatever was derived from events must be loaded anew. */
    readonly discontinuity: { readonly reason: string };
    /** The browser's storage failed: messages that are not sent are lost with the page from now on. */
    readonly 'outbox.unsaved': { readonly error: Error };
    /** The agent logged out in another tab. The client is destroyed right after. */
    readonly logged_out: null;
  };

/** Which events a loop reads, and what ends it. */
export interface EventsOptions<Type extends EventType = EventType> extends CallOptions {
  /** Every type when absent. */
  readonly types?: readonly Type[] | undefined;
}

/**
 * The client: a resource for each part of the contract, live values, and the event stream. Nothing is asked before
 * the first call or subscription.
 */
export interface ProsaClient {
  readonly conversations: ConversationsResource;
  readonly messages: MessagesResource;
  readonly customers: CustomersResource;
  readonly contacts: ContactsResource;
  readonly queues: QueuesResource;
  readonly agents: AgentsResource;
  readonly attachments: AttachmentsResource;
  readonly protocols: ProtocolsResource;
  readonly profiles: ProfilesResource;
  readonly tags: TagsResource;
  readonly settings: SettingsResource;
  readonly search: SearchResource;
  readonly hsm: HsmResource;
  readonly dispatches: DispatchesResource;
  readonly surveys: SurveysResource;
  readonly channels: ChannelsResource;
  readonly deadLetters: DeadLettersResource;
  readonly live: LiveQueries;
  readonly connection: Connection;
  /** The one it was made with: what is derived from the client goes by it. */
  readonly clock: Clock;
  /**
   * How far the clock of this device is ahead of the gateway's, in milliseconds; negative: behind. 0 when they agree to two
   * seconds, and before the event stream is there. Countdowns go by it: compare times of the gateway with
   * `Date.now() - prosa.clockAheadMs`.
   */
  readonly clockAheadMs: number;
  /**
   * Calls back with every event of that name, until the returned function is called or the signal is aborted. The first
   * listener opens the stream, which takes a moment: what happens before it is there is not told, so await
   * `connection.ready()` and load then what there was before. Listening to the client's own (`connection.changed`,
   * `outbox.unsaved`, `logged_out`) opens nothing.
   * @example
   * prosa.on('message.created', ({ data }) => console.log(data.message.content), { signal });
   * await prosa.connection.ready();
   */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (event: ClientEvents[Name]) => void,
    options?: CallOptions,
  ): Unsubscribe;
  /**
   * The gateway's events, to be read one after the other. It opens the stream and collects from the call on, so that
   * nothing is lost between `connection.ready()` and the loop, nor while the loop is at work; until the loop is left, the
   * signal is aborted (the loop then throws `aborted`) or the client is destroyed (the loop then ends). It can be read
   * once. Where the server could not resume, events are missing: `on('discontinuity')` says so. A program that has to miss
   * nothing while it is not running keeps the `cursor` of each event that it has dealt with, and gives the last to the next
   * `createClient`.
   * @example
   * const events = prosa.events({ types: ['message.created'], signal });
   * await prosa.connection.ready({ signal });
   * for await (const { data } of events) console.log(data.message.content);
   */
  events<Type extends EventType = EventType>(options?: EventsOptions<Type>): AsyncIterableIterator<ProsaEvent<Type>>;
  /**
   * Ends the agent's work at this device: erases what the browser keeps of it, ends the clients of their other tabs, which
   * get `logged_out`, and this one. Resolves to `false` when `confirm` said no. Rejects when the agent's id or the storage
   * cannot be had; the token is the host's to throw away.
   * @example
   * const isOut = await prosa.logout({ confirm: (unsent) => confirm(`${unsent.length} mensagens não saíram. Sair?`) });
   */
  logout(options?: LogoutOptions): Promise<boolean>;
  /** Ends everything. Calling it again does nothing. */
  destroy(): void;
}

// One place to import from for the parts of this package.
export type { CallOptions, CommandOptions, List, PageParams } from './call-options.ts';
export type { Live, LiveList, LiveQueries, LiveStatus, LiveThread, ThreadSnapshot } from './live-queries.ts';
export type { ConversationListParams } from './resources/conversations.ts';
export type { UploadParams, UploadProgress } from './resources/attachments.ts';
export type {
  AgentsResource,
  AttachmentsResource,
  ChannelsResource,
  ContactsResource,
  ConversationsResource,
  CustomersResource,
  DeadLettersResource,
  DispatchesResource,
  HsmResource,
  MessagesResource,
  ProfilesResource,
  ProtocolsResource,
  QueuesResource,
  SearchResource,
  SettingsResource,
  SurveysResource,
  TagsResource,
};
