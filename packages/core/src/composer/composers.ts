import { systemClock } from '../client/clock.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import { keepEqual } from '../observed/keep-equal.ts';
import { Observed, type Observable } from '../observed/observed.ts';
import { Composer } from './composer.ts';
import type { ComposerClient, ComposersOptions } from './composer-options.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { memoryDraftStorage } from './draft-storage.ts';
import { isEmptyDraft } from './draft.ts';
import { FetchedList, type MentionCandidate } from './suggestions.ts';

/** Where something is written. */
export interface DraftsSnapshot {
  /** Conversations in which something is written and not sent, by id, sorted. */
  readonly conversationIds: readonly string[];
}

/** What is being written in each conversation. Its value tells where. */
export interface Composers extends Observable<DraftsSnapshot> {
  /** The composer of a conversation: the same for as long as these live. */
  of(conversationId: string): Composer;
  /** Replies and agents are asked for again when they are needed next. */
  reload(): void;
  /** Writes down at once what would be written in a moment: before the page goes. */
  flush(): Promise<void>;
  /** At the end of a session: forgets every draft, and erases this agent's from the storage. */
  clear(): Promise<void>;
  /** Ends uploads and timers. What is kept stays. */
  destroy(): void;
}

/** Several keys are one writing. */
const saveAfterMs = 300;
const monthMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Composers, one for each conversation, whose drafts survive a reload where there is a storage. Nothing is asked of the
 * client or the storage before the first of them is wanted.
 *
 * @example
 * const composers = createComposers(prosa, { storage: webDraftStorage(localStorage), canned: fetchReplies });
 * const composer = composers.of(conversationId);
 * composer.subscribe(() => console.log(composer.value.canSend, composer.value.blockedBy));
 * composer.setContext({ conversation, agent });
 * composer.setText('Olá, {cliente.primeiro_nome}.');
 * await composer.submit();
 */
export function createComposers(client: ComposerClient, options: ComposersOptions = {}): Composers {
  const { clock = client.clock ?? systemClock, storage = memoryDraftStorage(), owner, keepMs = monthMs } = options;
  const composers = new Map<string, Composer>();
  const timer = new Timer(clock);
  const observed = new Observed<DraftsSnapshot>({ conversationIds: Object.freeze([]) });
  const keeper = new DraftKeeper({
    storage,
    clock,
    keepMs,
    owner: async () => owner ?? (await client.agents.me()).id,
    onLoaded() {
      for (const [id, composer] of composers) restore(id, composer);
      look();
    },
  });
  const refresh = () => {
    for (const composer of composers.values()) composer.refresh();
  };
  const lists = {
    canned: new FetchedList(options.canned ?? (() => Promise.resolve([])), refresh),
    mentions: new FetchedList(options.mentionable ?? (() => agentsOf(client)), refresh),
  };

  function restore(conversationId: string, composer: Composer): void {
    const draft = keeper.get(conversationId);
    if (draft) composer.restore(draft);
  }

  /** Where something is written, loaded or only kept. */
  function look(): void {
    const ids = new Set(keeper.conversationIds);
    for (const [id, { draft, uploads }] of composers) {
      if (isEmptyDraft(draft) && uploads.value.uploads.length === 0) ids.delete(id);
      else ids.add(id);
    }
    const conversationIds = Object.freeze([...ids].sort());
    observed.update({ conversationIds: keepEqual(observed.value.conversationIds, conversationIds) });
  }

  function save(): Promise<void> {
    timer.clear();
    return keeper.save();
  }

  function composerOf(conversationId: string): Composer {
    const composer = new Composer(conversationId, client, options, lists, () => {
      keeper.set(conversationId, composer.draft);
      if (!timer.isSet) timer.set(saveAfterMs, () => void save());
      look();
    });
    composers.set(conversationId, composer);
    restore(conversationId, composer);
    return composer;
  }

  return {
    get value() {
      return observed.value;
    },
    subscribe(listener): Unsubscribe {
      keeper.load();
      return observed.subscribe(listener);
    },
    of(conversationId) {
      keeper.load();
      return composers.get(conversationId) ?? composerOf(conversationId);
    },
    reload() {
      lists.canned.forget();
      lists.mentions.forget();
    },
    flush: save,
    async clear() {
      for (const composer of composers.values()) composer.clear();
      timer.clear();
      const erased = keeper.erase();
      look();
      await erased;
    },
    destroy() {
      void save();
      for (const composer of composers.values()) composer.destroy();
      composers.clear();
      observed.destroy();
    },
  };
}

async function agentsOf({ agents }: ComposerClient): Promise<readonly MentionCandidate[]> {
  const found: MentionCandidate[] = [];
  for await (const { id, name } of agents.list({ active: true, limit: 100 })) found.push({ id, name });
  return found;
}
