import type {
  Conversation,
  ConversationClose,
  ConversationConvert,
  ConversationCounts,
  ConversationSave,
  ConversationStart,
  ConversationStatus,
  ConversationTab,
  ConversationTransfer,
  QueuePosition,
} from '../../contract/index.ts';
import { conversationPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Several together: those that meet all of them. */
export interface ConversationListParams extends PageParams {
  /** As the caller sees it: `mine` and `unread` are theirs. Open conversations only. */
  readonly tab?: ConversationTab | undefined;
  readonly status?: ConversationStatus | undefined;
  readonly contactId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly tagId?: string | undefined;
  readonly origin?: 'whatsapp' | 'webchat' | undefined;
  /** The assignee. */
  readonly agentId?: string | undefined;
}

/**
 * One service each, from the customer's first message to its end. What a method answers with is the conversation as it
 * is afterwards; live queries have it at once. A method that takes an id rejects with `not_found` when there is no such
 * conversation, or the caller may not see it.
 */
export interface ConversationsResource {
  /**
   * With `tab: 'waiting'` whoever has waited longest comes first, otherwise the newest activity. Rejects with
   * `cursor_invalid`.
   * @example
   * for await (const { contact } of prosa.conversations.list({ tab: 'waiting' })) console.log(contact.name);
   */
  list(params?: ConversationListParams, options?: CallOptions): List<Conversation>;
  /** How many open conversations each tab has for the caller; of one queue or of all. */
  counts(params?: { readonly queueId?: string | undefined }, options?: CallOptions): Promise<ConversationCounts>;
  /** One, as it is now for the caller. */
  get(conversationId: string, options?: CallOptions): Promise<Conversation>;

  /**
   * Atender: takes one that waits, or a card that is offered to the caller. Agents only. Of several who try exactly one
   * wins; the others get `conversation_taken`, and `owner`. Rejects with `offer_not_yours`, `agent_at_limit`,
   * `conversation_closed`, too.
   * @example
   * try {
   *   await prosa.conversations.accept(id);
   * } catch (error) {
   *   if (!hasCode(error, 'conversation_taken')) throw error;
   *   console.log(`${(error as ApiError).owner?.name} was faster`);
   * }
   */
  accept(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Refuses a card that is offered to the caller: the next agent is asked. Agents only. Rejects with `offer_not_yours`,
   * `conversation_closed`, `transition_not_allowed`.
   */
  decline(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * To another agent, at once or as a card where the settings ask for acceptance, or back to a queue. `reason`: up to 500
   * characters, told to who gets it. Rejects with `transfer_target_invalid`, `conversation_not_yours`,
   * `conversation_closed`, `transition_not_allowed`.
   * @example
   * await prosa.conversations.transfer(id, { to: { queueId }, reason: 'Segunda via do boleto' });
   */
  transfer(conversationId: string, params: ConversationTransfer, options?: CommandOptions): Promise<Conversation>;

  /**
   * Asks another agent in; they `join`, or `leave` the invitation. Agents only. Rejects with `transfer_target_invalid`,
   * `conversation_not_yours`, `conversation_closed`, `transition_not_allowed`.
   */
  invite(conversationId: string, agentId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Takes an invitation up: the caller may write, too. Agents only. Rejects with `not_invited`, `conversation_closed`,
   * `transition_not_allowed`.
   */
  join(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Declines an invitation, or leaves. Agents only. Rejects with `not_invited`, `conversation_closed`,
   * `transition_not_allowed`.
   */
  leave(conversationId: string, options?: CommandOptions): Promise<Conversation>;

  /**
   * Pendente: sets it aside until the customer writes. Rejects with `conversation_not_yours`, `conversation_closed`,
   * `transition_not_allowed`.
   */
  park(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Takes one that was parked up again. Rejects with `conversation_not_yours`, `conversation_closed`,
   * `transition_not_allowed`.
   */
  resume(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Finalizar. Where the queue wants a form it goes to `wrap_up`, and `save` closes it; otherwise it is `closed`.
   * `outcome` is `resolved` when absent. Rejects with `record_incomplete` (and `errors`), `tag_not_allowed`,
   * `conversation_not_yours`, `conversation_closed`, `transition_not_allowed`.
   * @example
   * await prosa.conversations.close(id, { outcome: 'no_reply' });
   */
  close(conversationId: string, params?: ConversationClose, options?: CommandOptions): Promise<Conversation>;
  /**
   * Fills in the record of a service that is over (`wrap_up`), and closes it. Rejects with `record_incomplete` (and
   * `errors`), `tag_not_allowed`, `conversation_not_yours`, `conversation_closed`, `transition_not_allowed`.
   * @example
   * await prosa.conversations.save(id, { category: 'Entrega', notes: 'Remarcada para sexta.' });
   */
  save(conversationId: string, record?: ConversationSave, options?: CommandOptions): Promise<Conversation>;
  /**
   * Closes one that nobody will attend. `reason`: up to 500 characters, for the team. Rejects with
   * `conversation_closed`, `transition_not_allowed`.
   */
  discard(conversationId: string, reason: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Puts one that is over back into its queue. Rejects with `contact_in_conversation` while the contact is in another,
   * and with `transition_not_allowed`.
   */
  reopen(conversationId: string, options?: CommandOptions): Promise<Conversation>;

  /**
   * For the automation that has it (`bot`): to people, with a protocol. API keys only. Rejects with
   * `conversation_closed`, `transition_not_allowed`.
   * @param to the channel's queue when absent
   */
  handOver(
    conversationId: string,
    to?: { readonly queueId?: string | undefined },
    options?: CommandOptions,
  ): Promise<Conversation>;
  /**
   * For the automation that has it (`bot`): done, without people. API keys only. Rejects with `conversation_closed`,
   * `transition_not_allowed`.
   */
  resolve(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Converter: makes a service of what is in triage, in a queue or with an agent. Rejects with
   * `transfer_target_invalid`, `conversation_closed`, `transition_not_allowed`.
   */
  convert(conversationId: string, to: ConversationConvert, options?: CommandOptions): Promise<Conversation>;
  /**
   * Exactly these tags from now on, at most 20. Rejects with `tag_not_allowed`.
   * @example
   * await prosa.conversations.setTags(id, [tagId]);
   */
  setTags(conversationId: string, tagIds: readonly string[], options?: CommandOptions): Promise<Conversation>;
  /** Where the customer stands in the queue: 1 is next; `null` for who does not wait. */
  position(conversationId: string, options?: CallOptions): Promise<QueuePosition>;

  /**
   * Writes first, on WhatsApp, with an approved template. A `phone` may be written in any usual way; without `+` it is
   * Brazilian. Rejects with `contact_in_conversation` (and `conversationId` in `problem`) when the contact is in an open
   * conversation, `template_not_sendable`, `contact_opted_out` when the template is marketing and the contact wants
   * none, `attachment_in_use`, `attachment_not_ready`, `not_found`.
   * @example
   * await prosa.conversations.start({
   *   to: { phone: '+5583999142210' },
   *   template: { templateId, variables: { 'body.1': 'Ana' } },
   * });
   */
  start(conversation: ConversationStart, options?: CommandOptions): Promise<Conversation>;
  /**
   * Says that the caller has seen the messages; from the assignee it clears `unreadCount` and tells the customer.
   * Agents only.
   */
  markRead(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Tells the customer, where the channel can, that the agent types. It holds a few seconds. Agents only. Rejects with
   * `conversation_not_yours`.
   */
  typing(conversationId: string, typing: boolean, options?: CallOptions): Promise<void>;
  /** Tells other agents that the caller is looking. It holds a few seconds. Agents only. */
  viewing(conversationId: string, viewing: boolean, options?: CallOptions): Promise<void>;
}

export function createConversations({ methods }: Calls): ConversationsResource {
  const { act, say, name } = methods('conversation');
  const { list, ask, act: read, name: tell } = methods();
  return {
    list: list(routes.list),
    counts: ask(routes.counts),
    get: act(routes.get),
    accept: act(routes.accept),
    decline: act(routes.decline),
    transfer: say(routes.transfer),
    invite: name(routes.invite, 'agentId'),
    join: act(routes.join),
    leave: act(routes.leave),
    park: act(routes.park),
    resume: act(routes.resume),
    close: say(routes.close),
    save: say(routes.save),
    discard: name(routes.discard, 'reason'),
    reopen: act(routes.reopen),
    handOver: say(routes.handOver),
    resolve: act(routes.resolve),
    convert: say(routes.convert),
    setTags: name(routes.setTags, 'tagIds'),
    position: read(routes.position),
    start: say(routes.start),
    markRead: act(routes.read),
    typing: tell(routes.typing, 'typing'),
    viewing: tell(routes.viewing, 'viewing'),
  };
}
