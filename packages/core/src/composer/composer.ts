import { gatewayNow, systemClock, type Clock } from '../client/clock.ts';
import type { CallOptions, Unsubscribe } from '../client/prosa-client.ts';
import type { Message, MessageSend, MessageTemplate } from '../contract/index.ts';
import { AbortedError, UsageError } from '../errors/local-errors.ts';
import { Observed, type Observable } from '../observed/observed.ts';
import {
  fillText,
  placeholderValues,
  type PlaceholderValues,
  type WritingContext,
} from '../placeholders/placeholders.ts';
import { serviceWindowCountdown, type ConversationSource } from '../service-window/service-window-countdown.ts';
import { keepEqual } from '../observed/keep-equal.ts';
import { webchatFileRules, whatsAppFileRules, type FileRules } from '../upload-queue/file-rules.ts';
import { UploadQueue } from '../upload-queue/upload-queue.ts';
import type { Upload } from '../upload-queue/upload.ts';
import { planned, type CannedReply, type MacroAction } from './canned-reply.ts';
import type { ComposerClient, ComposerOptions } from './composer-options.ts';
import type { ComposerSnapshot } from './composer-snapshot.ts';
import { snapshotOf } from './composer-state.ts';
import { emptyDraft, isEmptyDraft, type Draft, type WritingMode } from './draft.ts';
import { followEdit, mentionsWithin } from './mentions.ts';
import { messagesOf } from './outgoing.ts';
import { runActions } from './run-actions.ts';
import type { Choice, SuggestionLists } from './suggestions.ts';
import type { TemplateBindings } from './template-draft.ts';
import type { Trigger } from './trigger.ts';

const operation = 'send the message';

/** What is being written in one conversation, and its way out. `createComposers` makes them. */
export class Composer implements Observable<ComposerSnapshot> {
  readonly conversationId: string;
  readonly uploads: UploadQueue;
  readonly #client: ComposerClient;
  readonly #options: ComposerOptions;
  readonly #lists: SuggestionLists;
  readonly #clock: Clock;
  readonly #onDraft: () => void;
  readonly #context = new Observed<WritingContext>({ conversation: null });
  readonly #observed: Observed<ComposerSnapshot>;
  #values: PlaceholderValues;
  #draft: Draft = emptyDraft;
  #caret = 0;
  #dismissed: Trigger | null = null;

  /** @param onDraft called at once with every change of what would be kept */
  constructor(
    conversationId: string,
    client: ComposerClient,
    options: ComposerOptions,
    lists: SuggestionLists,
    onDraft: () => void,
  ) {
    this.conversationId = conversationId;
    this.#client = client;
    this.#options = options;
    this.#lists = lists;
    this.#clock = options.clock ?? client.clock ?? systemClock;
    this.#onDraft = onDraft;
    this.#values = this.#valuesNow();
    this.uploads = new UploadQueue(client, { ...options, rules: () => options.rules ?? this.#rules() });
    this.#observed = new Observed(this.#snapshot(null), { start: () => this.#follow() });
    // For as long as the composer lives: a file may arrive while another conversation is shown.
    this.uploads.subscribe(() => {
      this.refresh();
    });
  }

  get value(): ComposerSnapshot {
    this.refresh();
    return this.#observed.value;
  }

  /** What would be kept. */
  get draft(): Draft {
    return this.#draft;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.#observed.subscribe(listener);
  }

  /** Tells what the text is written in: placeholders, variables and `canSend` follow it. */
  setContext(context: WritingContext): void {
    this.#context.update(context);
    this.#values = this.#valuesNow();
    this.refresh();
  }

  /** What stands in the field now. @param caret UTF-16 units; the end when absent */
  setText(text: string, caret = text.length): void {
    const { text: before, mentions } = this.#draft;
    this.#caret = Math.min(Math.max(0, caret), text.length);
    if (text === before) this.refresh();
    else this.#change({ text, mentions: followEdit(mentions, before, text) });
  }

  setCaret(caret: number): void {
    this.setText(this.#draft.text, caret);
  }

  /** Puts a text in at the caret, or in place of what is selected. */
  insert(text: string, { start, end }: { readonly start: number; readonly end: number } = this.#selection()): void {
    const { text: before } = this.#draft;
    this.setText(before.slice(0, start) + text + before.slice(end), start + text.length);
  }

  /** Puts a reply in at the caret, filled in as far as can be; several make one message. A macro's actions are planned. */
  insertReply(reply: CannedReply, range = this.#selection()): void {
    const needsBlank = range.start > 0 && /\S/.test(this.#draft.text.charAt(range.start - 1)) && reply.text !== '';
    this.insert((needsBlank ? ' ' : '') + fillText(reply.text, this.#values).text, range);
    if (reply.actions) this.#change({ actions: planned(this.#draft.actions, reply.actions) });
  }

  /** Takes one of `suggestion.choices`. Nothing happens when there are no suggestions any more. */
  choose(choice: Choice): void {
    const { suggestion } = this.value;
    if (!suggestion) return;
    if (choice.kind === 'canned') this.insertReply(choice.reply, suggestion);
    else if (choice.kind === 'placeholder') this.insert(choice.value ?? `{${choice.name}}`, suggestion);
    else {
      const { id: agentId, name } = choice.agent;
      this.insert(`@${name} `, suggestion);
      const mention = { agentId, name, start: suggestion.start, end: suggestion.start + name.length + 1 };
      this.#change({ mentions: Object.freeze([...this.#draft.mentions, mention]) });
    }
  }

  /** No suggestions here any more, until another sign is typed. */
  dismiss(): void {
    this.#dismissed = this.value.suggestion;
    this.refresh();
  }

  setMode(mode: WritingMode): void {
    this.#change({ mode });
  }

  setReplyTo(messageId: string | null): void {
    this.#change({ replyTo: messageId });
  }

  /** Sends this template instead of the text, which stays. @param bindings beside those of the option `bindings` */
  useTemplate(template: MessageTemplate, bindings: TemplateBindings = {}): void {
    const bound = { ...this.#options.bindings?.(template), ...bindings };
    this.#change({ template: Object.freeze({ template, bindings: Object.freeze(bound), written: Object.freeze({}) }) });
  }

  /** Fills a variable in by hand; `null`: by its field again. */
  setVariable(key: string, value: string | null): void {
    const { template } = this.#draft;
    if (!template) return;
    const { [key]: _, ...others } = template.written;
    const written = Object.freeze(value === null ? others : { ...others, [key]: value });
    this.#change({ template: Object.freeze({ ...template, written }) });
  }

  dropTemplate(): void {
    this.#change({ template: null });
  }

  /** Takes back what a macro planned. */
  dropAction(type: MacroAction['type']): void {
    this.#change({ actions: Object.freeze(this.#draft.actions.filter((action) => action.type !== type)) });
  }

  /**
   * Sends what was written and empties the composer at once; what a macro planned is done once the gateway has it all.
   * What cannot go stays in the thread, with its reason. A note and what `signal` aborted come back into a composer that is
   * still empty.
   *
   * @returns the messages; none when `beforeSend` says no, and for a note
   * @throws UsageError when `canSend` is false · ProsaError of the first message or action that failed
   */
  async submit({ signal }: CallOptions = {}): Promise<readonly Message[]> {
    const { blockedBy } = this.value;
    if (blockedBy !== null) throw new UsageError(`unable to ${operation}; it is blocked by "${blockedBy}"`);
    if (signal?.aborted) throw new AbortedError(operation, undefined, signal.reason);
    const taken = this.#draft;
    const messages = this.#messages();
    const { conversationId, client, options } = this.#parts();
    const isVetoed =
      taken.mode === 'message' && messages.some((message) => options.beforeSend?.(conversationId, message) === false);
    if (isVetoed) return [];
    this.#empty();
    const outcomes = await Promise.allSettled(this.#deliver(taken, messages, signal));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      const isInThread = taken.mode === 'message' && !signal?.aborted;
      const isPartial = outcomes.some(({ status }) => status === 'fulfilled');
      if (!isInThread && !isPartial) this.restore(taken);
      throw failed.reason;
    }
    await runActions(client, conversationId, taken.actions, { signal });
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  }

  /**
   * Sends one file by itself as soon as it is up: what is being written beside it stays, but the message that is answered
   * goes with it. A file that cannot be sent stays among the uploads.
   *
   * @returns the message; `null` when `beforeSend` says no, or the file was removed before it was up
   * @throws ProsaError of the message, which stays in the thread
   */
  async submitUpload(id: string, { signal }: CallOptions = {}): Promise<Message | null> {
    const upload = await this.uploads.settled(id, { signal });
    if (!upload?.attachment) return null;
    const { replyTo } = this.#draft;
    const [file] = messagesOf('', [upload.attachment], upload.voice ? [upload.attachment.id] : []);
    if (!file) return null;
    const message = replyTo === null ? file : { ...file, replyTo };
    if (this.#options.beforeSend?.(this.conversationId, message) === false) return null;
    this.uploads.remove(id);
    this.#change({ replyTo: null });
    return await this.#client.messages.send(this.conversationId, message, { signal });
  }

  /** Takes in a draft, unless something is written here already. */
  restore(draft: Draft): void {
    if (!isEmptyDraft(this.#draft) || this.uploads.value.uploads.length > 0) return;
    this.uploads.restore(draft.attachments, draft.voices);
    this.#caret = draft.text.length;
    this.#change(draft);
  }

  /** Forgets what is written, and ends what is on its way up. */
  clear(): void {
    this.uploads.clear();
    this.#caret = 0;
    this.#change(emptyDraft);
  }

  /** Looks again: a list has come, or time has passed. */
  refresh(): void {
    const isNewDraft = this.#takeUploads();
    this.#observed.update(this.#snapshot(this.#observed.value));
    if (isNewDraft) this.#onDraft();
  }

  destroy(): void {
    this.uploads.destroy();
    this.#observed.destroy();
  }

  /** The message as it will be sent. */
  #messages(): readonly MessageSend[] {
    const { template, mode, text, attachments, voices, replyTo } = this.#draft;
    if (template && mode === 'message') {
      const { values: variables = {} } = this.value.template ?? {};
      return [{ type: 'template', templateId: template.template.id, variables }];
    }
    const messages = messagesOf(fillText(text, this.#values).text.trim(), attachments, voices);
    // One answer, however many files come with it.
    return messages.map((message, index) => (replyTo === null || index > 0 ? message : { ...message, replyTo }));
  }

  #deliver(
    taken: Draft,
    messages: readonly MessageSend[],
    signal?: AbortSignal,
  ): readonly Promise<readonly Message[]>[] {
    const { conversationId, client, options } = this.#parts();
    if (taken.mode === 'note' && options.sendNote) {
      const text = taken.text.trim();
      const start = taken.text.length - taken.text.trimStart().length;
      const mentions = mentionsWithin(taken.mentions, start, start + text.length);
      const note = { conversationId, text, mentions, attachments: taken.attachments };
      return [options.sendNote(note, { signal }).then(() => [])];
    }
    // In order: the client keeps it.
    return messages.map((message) => client.messages.send(conversationId, message, { signal }).then((sent) => [sent]));
  }

  /** A template goes alone: what was written beside it is still there. */
  #empty(): void {
    if (this.#draft.template && this.#draft.mode === 'message') {
      this.#change({ template: null, actions: emptyDraft.actions });
      return;
    }
    this.uploads.take();
    this.#caret = 0;
    this.#change({ ...emptyDraft, mode: this.#draft.mode, template: this.#draft.template });
  }

  #parts() {
    return { conversationId: this.conversationId, client: this.#client, options: this.#options };
  }

  #selection() {
    return { start: this.#caret, end: this.#caret };
  }

  #rules(): FileRules {
    return this.#context.value.conversation?.origin === 'webchat' ? webchatFileRules : whatsAppFileRules;
  }

  #valuesNow(): PlaceholderValues {
    const context = this.#context.value;
    return Object.freeze({ ...placeholderValues(context), ...this.#options.placeholders?.(context) });
  }

  /** What is ready belongs to the draft. @returns whether that changed it */
  #takeUploads(): boolean {
    const { uploads } = this.uploads.value;
    const readyOf = (list: readonly Upload[]) => list.flatMap(({ attachment }) => attachment ?? []);
    const attachments = keepEqual(this.#draft.attachments, Object.freeze(readyOf(uploads)));
    if (attachments === this.#draft.attachments) return false;
    const voices = Object.freeze(readyOf(uploads.filter(({ voice }) => voice)).map(({ id }) => id));
    this.#draft = Object.freeze({ ...this.#draft, attachments, voices });
    return true;
  }

  #change(change: Partial<Draft>): void {
    this.#draft = Object.freeze({ ...this.#draft, ...change });
    this.refresh();
    this.#onDraft();
  }

  #snapshot(before: ComposerSnapshot | null): ComposerSnapshot {
    const state = {
      draft: this.#draft,
      caret: this.#caret,
      dismissed: this.#dismissed,
      context: this.#context.value,
      values: this.#values,
      uploads: this.uploads.value,
    };
    const now = gatewayNow({ clock: this.#clock, clockAheadMs: this.#client.clockAheadMs });
    return snapshotOf(state, before, this.#options, this.#lists, now);
  }

  /** While somebody looks, the window closes before their eyes. */
  #follow(): Unsubscribe {
    const [context, client] = [this.#context, this.#client];
    const thread: ConversationSource = {
      get value() {
        return context.value;
      },
      get clockAheadMs() {
        return client.clockAheadMs;
      },
      clock: this.#clock,
      subscribe: (listener) => context.subscribe(listener),
    };
    return serviceWindowCountdown(thread).subscribe(() => {
      this.refresh();
    });
  }
}
