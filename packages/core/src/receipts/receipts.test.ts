import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ConnectionError } from '../errors/local-errors.ts';
import type { PendingMessage } from '../store/pending-message.ts';
import { messageOf, timeOf } from '../testing/samples.ts';
import { advanceStatus } from './message-status.ts';
import { receiptOf } from './receipt.ts';

const pending: PendingMessage = {
  clientId: 'c-1',
  conversationId: 'cnv_1',
  message: { type: 'text', text: 'Olá' },
  createdAt: Date.parse(timeOf(3)),
  state: 'queued',
  error: null,
  progress: null,
  remedies: [],
};

describe('receiptOf', () => {
  it('says why a message failed, and what can be done', () => {
    const failure = { code: '131047', detail: 'Re-engagement message' };
    const message = messageOf(1, { direction: 'outbound', status: 'failed', failure, sentAt: timeOf(2) });
    expect(receiptOf(message)).toEqual({ state: 'failed', at: null, failure, remedies: ['resend'] });
    const error = new ConnectionError('unable to send the message; no answer');
    expect(receiptOf({ ...pending, state: 'failed', error, remedies: ['retry', 'discard'] })).toMatchObject({
      failure: { code: 'connection_failed' },
      remedies: ['retry', 'discard'],
    });
    expect(receiptOf({ ...pending, state: 'failed', error: new Error('?') }).failure?.code).toBe('unknown');
  });

  it('offers no second sending of what may have arrived', () => {
    expect(receiptOf(messageOf(1, { direction: 'outbound', status: 'unconfirmed' })).remedies).toEqual([]);
  });

  it('has the time of the tick that is shown', () => {
    const sent = { direction: 'outbound', sentAt: timeOf(2), deliveredAt: timeOf(3), readAt: timeOf(4) } as const;
    expect(receiptOf(messageOf(1, { ...sent, status: 'sent' })).at).toBe(timeOf(2));
    expect(receiptOf(messageOf(1, { ...sent, status: 'read' })).at).toBe(timeOf(4));
    expect(receiptOf(messageOf(1, { ...sent, status: 'played' })).at).toBeNull();
    expect(receiptOf(pending)).toEqual({ state: 'waiting', at: timeOf(3), failure: null, remedies: [] });
  });

  it('gives none to what came in, and the same object for the same message', () => {
    const message = messageOf(1);
    expect(receiptOf(message).state).toBe('none');
    expect(receiptOf(message)).toBe(receiptOf(message));
  });
});

describe('advanceStatus', () => {
  const statuses = ['pending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed'] as const;
  const ordered = statuses.slice(0, -1);

  it('ends the same whatever the order in which the news come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ordered]), (news) => {
        const end = news.reduce<(typeof statuses)[number]>(advanceStatus, 'pending');
        expect(ordered.indexOf(end as never)).toBe(Math.max(0, ...news.map((status) => ordered.indexOf(status))));
      }),
    );
  });

  it('is changed by the same news once only', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statuses), fc.constantFrom(...statuses), (current, news) => {
        const once = advanceStatus(current, news);
        expect(advanceStatus(once, news)).toBe(once);
      }),
    );
  });

  it('takes no failure for what arrived, and no `sent` for what failed', () => {
    expect(advanceStatus('delivered', 'failed')).toBe('delivered');
    expect(advanceStatus('sent', 'failed')).toBe('failed');
    expect(advanceStatus('failed', 'sent')).toBe('failed');
    expect(advanceStatus('failed', 'read')).toBe('read');
  });
});
