import type { Conversation, QueueSettings } from '@prosa/core/contract';
import { minute } from '../clock.ts';
import { isInService, nextStatus } from './lifecycle.ts';

/** What time alone does to a conversation. */
export type DeskTimer = 'no_answer' | 'window_expired' | 'queue_timeout' | 'inactivity' | 'pending';

/** What of a conversation says when. Times in epoch milliseconds. */
export interface TimedConversation {
  readonly status: string;
  readonly origin: string;
  readonly replyDeadline: number | null;
  readonly windowExpiresAt: number | null;
  readonly answeredAt: number | null;
  readonly queuedAt: number | null;
  readonly silentSince: number | null;
}

type TimedQueue = Pick<
  QueueSettings,
  'expireUnanswered' | 'queueTimeoutMinutes' | 'inactivityMinutes' | 'pendingMinutes'
>;

/** The timer that has run out at `now`; `null`: none. A deadline counts from its own millisecond on. */
export function timerDue(
  conversation: TimedConversation,
  { expireUnanswered, queueTimeoutMinutes, inactivityMinutes, pendingMinutes }: TimedQueue,
  now: number,
): DeskTimer | null {
  const { status, origin, replyDeadline, windowExpiresAt, answeredAt, queuedAt, silentSince } = conversation;
  if (status === 'awaiting_reply') return isPast(replyDeadline, 0, now) ? 'no_answer' : null;
  const canExpire = nextStatus(status as Conversation['status'], 'expire') !== null;
  if (expireUnanswered && canExpire && answeredAt === null && isPast(windowExpiresAt, 0, now)) return 'window_expired';
  if (status === 'queued' && isPast(queuedAt, queueTimeoutMinutes, now)) return 'queue_timeout';
  const kind = origin as Conversation['origin'];
  if (isInService(status) && isPast(silentSince, inactivityMinutes[kind], now)) return 'inactivity';
  return status === 'active' && isPast(silentSince, pendingMinutes[kind], now) ? 'pending' : null;
}

function isPast(since: number | null, minutes: number | null, now: number): boolean {
  return since !== null && minutes !== null && now >= since + minutes * minute;
}
