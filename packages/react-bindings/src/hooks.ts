/** Prosa for React without the widgets: the provider, and hooks over `@prosa/core`. */

// Provider
export {
  ProsaProvider,
  type OwnClientProps,
  type ProsaProviderProps,
  type SharedClientProps,
} from './provider/prosa-provider.ts';
export { useProsaClient } from './provider/client-context.ts';

// Hooks
export { useConnection, type ConnectionResult } from './live/use-connection.ts';
export { useConversationCounts, type CountsParams } from './live/use-conversation-counts.ts';
export { useConversations, type ConversationsParams } from './live/use-conversations.ts';
export { useMessages } from './live/use-messages.ts';
export { useUnread } from './live/use-unread.ts';

// Results
export type { LiveResult, LiveResultStatus, PagedResult } from './live/live-result.ts';
