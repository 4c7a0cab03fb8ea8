import type { Conversation } from '../contract/index.ts';
import { serviceWindowOf } from '../service-window/service-window.ts';

/**
 * Why what was written cannot be sent now, the first that has to be dealt with.
 *
 * | reason                  | what helps                                                              |
 * | ----------------------- | ----------------------------------------------------------------------- |
 * | `loading`               | the conversation, or who the agent is, is not known yet                 |
 * | `closed`                | nothing: the conversation is over                                       |
 * | `not_yours`             | to accept it, or to be invited                                          |
 * | `awaiting_reply`        | to wait: the company wrote first, and the customer has not answered     |
 * | `needs_template`        | a message template: the service window is closed                        |
 * | `template_not_here`     | plain words: the conversation is not on WhatsApp                        |
 * | `template_not_sendable` | another template: this one is not approved                              |
 * | `variables_missing`     | `template.missing` names them                                           |
 * | `note_not_supported`    | the option `sendNote`                                                   |
 * | `uploads_failed`        | to remove or retry them                                                 |
 * | `uploading`             | to wait                                                                 |
 * | `too_long`              | `excess` characters less                                                |
 * | `placeholders_missing`  | `unfilled` names them                                                   |
 * | `empty`                 | to write something                                                      |
 */
export type SendBlock =
  | 'loading'
  | 'closed'
  | 'not_yours'
  | 'awaiting_reply'
  | 'needs_template'
  | 'template_not_here'
  | 'template_not_sendable'
  | 'variables_missing'
  | 'note_not_supported'
  | 'uploads_failed'
  | 'uploading'
  | 'too_long'
  | 'placeholders_missing'
  | 'empty';

const over: readonly Conversation['status'][] = ['wrap_up', 'closed', 'expired'];

/** Whether this agent may write to the customer at all, with whatever. */
export function writingBlock(
  conversation: Conversation | null,
  agentId: string | null,
): Extract<SendBlock, 'loading' | 'closed' | 'not_yours' | 'awaiting_reply'> | null {
  if (!conversation || agentId === null) return 'loading';
  if (over.includes(conversation.status)) return 'closed';
  const { assignee, participants } = conversation;
  const speaks = assignee?.id === agentId || participants.some(({ id, joined }) => joined && id === agentId);
  if (!speaks) return 'not_yours';
  return conversation.status === 'awaiting_reply' ? 'awaiting_reply' : null;
}

/** Whether only a template may be sent. */
export function needsTemplate({ windowExpiresAt }: Conversation, now: number): boolean {
  return serviceWindowOf(windowExpiresAt, now).state === 'closed';
}
