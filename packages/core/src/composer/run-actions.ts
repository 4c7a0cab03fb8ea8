import type { CallOptions, ProsaClient } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import type { MacroAction } from './canned-reply.ts';

/** What macros do; a `ProsaClient` is one. */
export type MacroClient = {
  readonly conversations: Pick<ProsaClient['conversations'], 'get' | 'setTags' | 'transfer' | 'park' | 'close'>;
};

/**
 * Does what a macro plans, one after the other. The first that fails ends it; what was done before stays done.
 *
 * @throws ProsaError of the action that failed
 * @example
 * await runActions(prosa, conversationId, [{ type: 'add_tags', tagIds }, { type: 'close', outcome: 'resolved' }]);
 */
export async function runActions(
  client: MacroClient,
  conversationId: string,
  actions: readonly MacroAction[],
  options: CallOptions = {},
): Promise<void> {
  for (const action of actions) await run(client, conversationId, action, options);
}

async function run(
  { conversations }: MacroClient,
  id: string,
  action: MacroAction,
  options: CallOptions,
): Promise<Conversation> {
  switch (action.type) {
    case 'add_tags': {
      // Those that it has are asked for anew: somebody may have changed them.
      const { tags } = await conversations.get(id, options);
      return conversations.setTags(id, [...new Set([...tags.map((tag) => tag.id), ...action.tagIds])], options);
    }
    case 'transfer': {
      const { type: _, ...params } = action;
      return conversations.transfer(id, params, options);
    }
    case 'park':
      return conversations.park(id, options);
    case 'close': {
      const { type: _, ...params } = action;
      return conversations.close(id, params, options);
    }
  }
}
