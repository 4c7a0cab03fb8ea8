/** Prosa for React: the provider, the widgets as components, the hooks. A bundler keeps what is imported. */

// Components
export { CustomerPanel, type CustomerPanelOwnProps, type CustomerPanelProps } from './customer-panel.ts';
export { Inbox, type InboxOwnProps, type InboxProps } from './inbox.ts';
export { Webchat, type WebchatOwnProps, type WebchatProps } from './webchat.ts';
export type { HostProps } from './element/host-props.ts';

// Provider and hooks
export {
  ProsaProvider,
  useConnection,
  useConversationCounts,
  useConversations,
  useMessages,
  useProsaClient,
  useUnread,
  type ConnectionResult,
  type ConversationsParams,
  type CountsParams,
  type LiveResult,
  type LiveResultStatus,
  type OwnClientProps,
  type PagedResult,
  type ProsaProviderProps,
  type SharedClientProps,
} from './hooks.ts';
