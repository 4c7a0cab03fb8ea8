import type { Unsubscribe } from '../client/prosa-client.ts';
import { reportHostError } from '../client/report-error.ts';
import type { Agent, Contact, Conversation, Customer, Message } from '../contract/index.ts';
import { Snapshots } from './snapshots.ts';

export interface Entities {
  readonly conversation: Conversation;
  readonly message: Message;
  readonly contact: Contact;
  readonly customer: Customer;
  readonly agent: Agent;
}

export type EntityKind = keyof Entities;

/** `previous`: the copy that it replaces, where one was known. */
export type EntityChange = {
  [Kind in EntityKind]: {
    readonly kind: Kind;
    readonly entity: Entities[Kind];
    readonly previous: Entities[Kind] | undefined;
  };
}[EntityKind];

const kinds: readonly EntityKind[] = ['conversation', 'message', 'contact', 'customer', 'agent'];

/**
 * What the client knows, by id. It keeps things only while a live query wants them, so that a script that reads a
 * whole workspace does not hold it in memory; messages are kept by the threads that show them.
 */
export class EntityStore {
  readonly #snapshots = {
    conversation: new Snapshots<Conversation>(),
    contact: new Snapshots<Contact>(),
    customer: new Snapshots<Customer>(),
    agent: new Snapshots<Agent>(),
  };
  readonly #observers = new Set<(change: EntityChange) => void>();
  #users = 0;

  get<Kind extends Exclude<EntityKind, 'message'>>(kind: Kind, id: string): Entities[Kind] | undefined {
    return this.#snapshots[kind].get(id) as Entities[Kind] | undefined;
  }

  /** Takes in a copy that came from the server and tells it on, unless it is stale. */
  put<Kind extends EntityKind>(kind: Kind, entity: Entities[Kind]): void {
    let previous: Entities[EntityKind] | undefined;
    if (kind !== 'message' && this.#users > 0) {
      const snapshots = this.#snapshots[kind as 'agent'] as Snapshots<Agent>;
      previous = snapshots.get(entity.id);
      if (!snapshots.put(entity as Agent)) return;
    }
    const change = { kind, entity, previous } as unknown as EntityChange;
    for (const observer of [...this.#observers]) {
      try {
        observer(change);
      } catch (error) {
        // An entity of a newer gateway that does not have the expected shape.
        reportHostError(error);
      }
    }
  }

  /** Takes in whatever entities an event carries, also one of a type that this version does not know. */
  putEvent(data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    for (const kind of kinds) {
      const entity = (data as Record<string, unknown>)[kind] as Partial<Entities[typeof kind]> | null | undefined;
      if (typeof entity?.id === 'string' && typeof entity.version === 'number') this.put(kind, entity as never);
    }
  }

  /** Called at once with every change, before anything is shown. */
  observe(observer: (change: EntityChange) => void): Unsubscribe {
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
    };
  }

  /** Keeps what comes in until the returned function is called. */
  retain(): Unsubscribe {
    this.#users++;
    return () => {
      if (--this.#users === 0) for (const snapshots of Object.values(this.#snapshots)) snapshots.clear();
    };
  }
}
