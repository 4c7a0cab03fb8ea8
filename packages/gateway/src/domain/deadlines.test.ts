import { conversationStatuses } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import { timerDue, type TimedConversation } from './deadlines.ts';

const now = 1_800_000_000_000;
const nothing: Omit<TimedConversation, 'status'> = {
  origin: 'webchat',
  replyDeadline: null,
  windowExpiresAt: null,
  answeredAt: null,
  queuedAt: null,
  silentSince: null,
};
const off = {
  expireUnanswered: false,
  queueTimeoutMinutes: null,
  inactivityMinutes: { whatsapp: null, webchat: null },
  pendingMinutes: { whatsapp: null, webchat: null },
};
const on = {
  expireUnanswered: true,
  queueTimeoutMinutes: 10,
  inactivityMinutes: { whatsapp: 60, webchat: 5 },
  pendingMinutes: { whatsapp: 20, webchat: null },
};
const past = {
  ...nothing,
  replyDeadline: now - 1,
  windowExpiresAt: now - 1,
  queuedAt: now - 10 * minute,
  silentSince: now - 5 * minute,
};

describe('what time does to a conversation', () => {
  it('is, in each state, exactly this', () => {
    const due = conversationStatuses.map((status) => [
      status,
      timerDue({ ...past, status }, on, now),
      timerDue({ ...past, status, answeredAt: now }, on, now),
    ]);
    expect(due).toEqual([
      ['triage', null, null],
      ['bot', 'window_expired', null],
      ['awaiting_reply', 'no_answer', 'no_answer'],
      ['queued', 'window_expired', 'queue_timeout'],
      ['offered', 'window_expired', null],
      ['active', 'window_expired', 'inactivity'],
      ['pending', 'window_expired', 'inactivity'],
      ['wrap_up', null, null],
      ['closed', null, null],
      ['expired', null, null],
    ]);
  });

  it('is nothing where the queue wants none, but for the answer that was waited for', () => {
    const due = conversationStatuses.filter((status) => timerDue({ ...past, status }, off, now) !== null);
    expect(due).toEqual(['awaiting_reply']);
  });

  it('is nothing before its time, nor where no time is known', () => {
    const before = { ...past, replyDeadline: now + 1, windowExpiresAt: now + 1 };
    for (const status of conversationStatuses) {
      expect(timerDue({ ...nothing, status }, on, now), status).toBeNull();
      const early = { ...before, status, queuedAt: now - 10 * minute + 1, silentSince: now - 5 * minute + 1 };
      expect(timerDue(early, on, now), status).toBeNull();
    }
  });

  it('counts silence by the origin', () => {
    const silent = { ...nothing, status: 'active', answeredAt: now, silentSince: now - 30 * minute };
    expect(timerDue(silent, on, now)).toBe('inactivity');
    const onPhone = { ...silent, origin: 'whatsapp' };
    expect(timerDue(onPhone, { ...on, pendingMinutes: off.pendingMinutes }, now)).toBeNull();
    expect(timerDue(onPhone, on, now + 30 * minute)).toBe('inactivity');
  });

  it('sets aside what is attended, until the inactivity ends it', () => {
    const silent = { ...nothing, origin: 'whatsapp', answeredAt: now, silentSince: now - 20 * minute };
    const due = conversationStatuses.filter((status) => timerDue({ ...silent, status }, on, now) !== null);
    expect(due).toEqual(['active']);
    expect(timerDue({ ...silent, status: 'active' }, on, now)).toBe('pending');
    expect(timerDue({ ...silent, status: 'active' }, on, now - 1)).toBeNull();
    expect(timerDue({ ...silent, status: 'active' }, off, now)).toBeNull();
  });
});
