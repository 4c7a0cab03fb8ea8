/**
 * When the service window that a message of the customer opens will end. It never moves back: messages arrive late and
 * out of order.
 */
export function windowAfterInbound(current: number | null, sentAt: number, windowMs: number | null): number | null {
  if (windowMs === null) return null;
  const end = sentAt + windowMs;
  return current === null ? end : Math.max(current, end);
}

/** Whether a free-form message may be sent. `null` is a channel without such a limit. */
export function isWindowOpen(windowExpiresAt: number | null, now: number): boolean {
  return windowExpiresAt === null || now < windowExpiresAt;
}
