import { deepFreeze } from '../client/deep-freeze.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import { reportHostError } from '../client/report-error.ts';
import type { Agent, Contact, Conversation, Customer, EventData, Message } from '../contract/index.ts';

/** What a client keeps one newest copy of, by kind. */
export interface Entities {
  readonly conversation: Conversation;
  readonly message: Message;
  readonly contact: Contact;
  readonly customer: Customer;
  readonly agent: Agent;
}

export type EntityKind = keyof Entities;

/**
 * @param entity `null`: it went out of the reader's sight
 * @param previous the copy that it replaces, where one was known
 */
export type EntityObserver<Kind extends EntityKind> = (
  entity: Entities[Kind] | null,
  previous: Entities[Kind] | undefined,
  id: string,
) => void;

/** The newest known state; without an entity it is out of sight since that version. */
interface Known {
  readonly version: number;
  readonly entity: Entities[EntityKind] | null;
}

const kinds: readonly EntityKind[] = ['conversation', 'message', 'contact', 'customer', 'agent'];

/** How many things are kept that nobody shows, the latest: a late answer about one of them is told from news. */
const spareCount = 1000;

/**
 * What the client knows, by id. It keeps things only while a live query runs, so that a script that reads a whole
 * workspace does not hold it in memory, and of those that no query holds only the latest; messages are kept by the
 * threads that show them. What one change costs does not depend on how much is known.
 */
export class EntityStore {
  /** The latest change last. */
  readonly #known = new Map<string, Known>();
  readonly #observers = new Map<string, Set<EntityObserver<never>>>();
  readonly #holders = new Set<() => Iterable<string>>();
  #sweepAt = spareCount;

  get<Kind extends Exclude<EntityKind, 'message'>>(_kind: Kind, id: string): Entities[Kind] | undefined {
    return (this.#known.get(id)?.entity ?? undefined) as Entities[Kind] | undefined;
  }

  /**
   * Takes in a copy that came from the server and tells it on, unless it is stale.
   *
   * @param isListed it came in a list, so it is in sight as it is
   */
  put<Kind extends EntityKind>(kind: Kind, entity: Entities[Kind], isListed = false): void {
    const { id, version } = entity;
    this.#change(kind, id, version, deepFreeze(entity), isListed);
  }

  /** It is out of the reader's sight from that version on. */
  remove(kind: EntityKind, id: string, version: number): void {
    // Whoever handed it on may have the answer, with this version, before the event.
    this.#change(kind, id, version, null, true);
  }

  /** Takes in whatever entities an event carries, also one of a type that this version does not know. */
  putEvent({ type, data }: { readonly type: string; readonly data: unknown }): void {
    if (typeof data !== 'object' || data === null) return;
    if (type === 'conversation.removed') {
      const { conversationId, version } = data as EventData['conversation.removed'];
      this.remove('conversation', conversationId, version);
    }
    for (const kind of kinds) {
      const entity = (data as Record<string, unknown>)[kind] as Partial<Entities[typeof kind]> | null | undefined;
      if (typeof entity?.id === 'string' && typeof entity.version === 'number') this.put(kind, entity as never);
    }
  }

  /**
   * Called at once with every change, before anything is shown.
   *
   * @param id whose changes; of messages the conversation's. All of that kind when `null`
   */
  observe<Kind extends EntityKind>(kind: Kind, id: string | null, observer: EntityObserver<Kind>): Unsubscribe {
    const key = keyOf(kind, id ?? kind);
    let observers = this.#observers.get(key);
    if (!observers) this.#observers.set(key, (observers = new Set()));
    observers.add(observer);
    return () => {
      observers.delete(observer);
      if (observers.size === 0 && this.#observers.get(key) === observers) this.#observers.delete(key);
    };
  }

  /**
   * Keeps what comes in until the returned function is called.
   *
   * @param holds the ids of what is shown, which is not forgotten
   */
  retain(holds: () => Iterable<string>): Unsubscribe {
    const holder = () => holds();
    this.#holders.add(holder);
    return () => {
      this.#holders.delete(holder);
      if (this.#holders.size > 0) return;
      this.#known.clear();
      this.#sweepAt = spareCount;
    };
  }

  #change(kind: EntityKind, id: string, version: number, entity: Entities[EntityKind] | null, isSure: boolean): void {
    let previous: Known['entity'] = null;
    if (kind !== 'message' && this.#holders.size > 0) {
      const known = this.#known.get(id);
      if (known) {
        previous = known.entity;
        const isOther = isSure && (previous === null) !== (entity === null);
        if (known.version > version || (known.version === version && !isOther)) return;
        this.#known.delete(id);
      }
      this.#known.set(id, { version, entity });
    }
    const owner = kind === 'message' ? (entity as Message).conversationId : id;
    for (const topic of [kind, owner]) this.#tell(keyOf(kind, topic), entity, previous ?? undefined, id);
    if (this.#known.size > this.#sweepAt) this.#sweep();
  }

  #tell(key: string, ...change: Parameters<EntityObserver<EntityKind>>): void {
    for (const observer of this.#observers.get(key) ?? []) {
      try {
        (observer as EntityObserver<EntityKind>)(...change);
      } catch (error) {
        // An entity of a newer gateway that does not have the expected shape.
        reportHostError(error);
      }
    }
  }

  /** As rarely as there is twice as much as after the last one: what it costs is spread over what came in since. */
  #sweep(): void {
    const held = new Set<string>();
    for (const holds of this.#holders) for (const id of holds()) held.add(id);
    let surplus = this.#known.size - held.size - spareCount;
    for (const id of this.#known.keys()) {
      if (surplus <= 0) break;
      if (!held.has(id)) surplus -= Number(this.#known.delete(id));
    }
    this.#sweepAt = 2 * this.#known.size;
  }
}

/** Messages are observed by conversation. */
function keyOf(kind: EntityKind, of: string): string {
  return kind === 'message' ? kind + of : of;
}
