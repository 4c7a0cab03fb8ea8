import type { ConversationStatus, SearchHit } from '../../contract/index.ts';
import { searchPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** What narrows a search down: `from` and `to` leave those that went on between the two. */
export interface SearchParams extends PageParams {
  readonly status?: ConversationStatus | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly tagId?: string | undefined;
  readonly origin?: 'whatsapp' | 'webchat' | undefined;
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Finds conversations, open and closed, that the caller may see. */
export interface SearchResource {
  /**
   * By name, phone in any form, CPF or CNPJ, protocol, or words of messages; accents do not matter. Newest first.
   * Rejects with `cursor_invalid`.
   * @example
   * for await (const { conversation, messageId } of prosa.search.conversations('segunda via')) console.log(conversation.protocol);
   */
  conversations(q: string, params?: SearchParams, options?: CallOptions): List<SearchHit>;
}

export function createSearch({ methods }: Calls): SearchResource {
  const list = methods().list(routes.conversations);
  return {
    conversations: (q, params, options) => list({ q, ...params }, options),
  };
}
