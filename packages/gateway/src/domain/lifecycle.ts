import type { ConversationStatus } from '@prosa/core/contract';

/**
 * The life of a conversation, as a table. A command that is not in the row of a state is refused there.
 *
 *     (inbound) → queued ──accept──→ active ──end──→ wrap_up ──save──→ closed
 *                   ↑                  │ ↺ transfer to an agent
 *                   ├── transfer to a queue
 *                   └──abandon──→ closed (the customer leaves before anybody attends)
 *
 *     (template) → awaiting_reply ──the customer answers──→ active (with the agent who began it) or queued
 *                        └──end──→ wrap_up
 *
 * With the closing policy `none`, finishing passes through `wrap_up` and reaches `closed` in one command.
 */
export const lifecycle = {
  awaiting_reply: { reply_to_agent: 'active', reply_to_queue: 'queued', end: 'wrap_up' },
  queued: { accept: 'active', transfer_to_agent: 'active', transfer_to_queue: 'queued', abandon: 'closed' },
  active: { transfer_to_agent: 'active', transfer_to_queue: 'queued', end: 'wrap_up' },
  wrap_up: { save: 'closed' },
  closed: {},
} as const satisfies Record<ConversationStatus, Partial<Record<LifecycleCommand, ConversationStatus>>>;

export const lifecycleCommands = [
  'accept',
  'transfer_to_agent',
  'transfer_to_queue',
  'end',
  'save',
  'abandon',
  'reply_to_agent',
  'reply_to_queue',
] as const;
export type LifecycleCommand = (typeof lifecycleCommands)[number];

/** The state that the command leads to, or `null` when the state does not allow it. */
export function nextStatus(from: ConversationStatus, command: LifecycleCommand): ConversationStatus | null {
  const row: Partial<Record<LifecycleCommand, ConversationStatus>> = lifecycle[from];
  return row[command] ?? null;
}
