import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { conversationStatuses, conversationTabs } from '../contract/index.ts';
import { conversationOf, idOf } from '../testing/samples.ts';
import { belongsTo, conversationOrder } from './belongs-to.ts';

const me = idOf('agt', 1);
const mine = { id: me, name: 'Ana' };
const theirs = { id: idOf('agt', 2), name: 'Carla' };

describe('belongsTo', () => {
  it.each([
    ['queued', null, 0, ['waiting', 'all']],
    ['queued', null, 3, ['waiting', 'all']],
    ['offered', null, 3, ['waiting', 'all']],
    ['triage', null, 3, ['all']],
    ['bot', null, 3, ['all']],
    ['awaiting_reply', mine, 0, ['mine', 'all']],
    ['pending', mine, 1, ['unread', 'mine', 'all']],
    ['active', mine, 0, ['mine', 'all']],
    ['active', mine, 2, ['unread', 'mine', 'all']],
    ['active', theirs, 2, ['unread', 'all']],
    ['wrap_up', mine, 1, ['mine', 'all']],
    ['closed', mine, 1, []],
    ['expired', null, 1, []],
  ] as const)('%s with %o and %i unread is in %o', (status, assignee, unreadCount, expected) => {
    const conversation = conversationOf(1, { status, assignee, unreadCount });
    expect(conversationTabs.filter((tab) => belongsTo(conversation, { tab }, me))).toEqual(expected);
  });

  it('has nothing of mine before it is known who I am', () => {
    expect(belongsTo(conversationOf(1, { status: 'queued', assignee: null }), { tab: 'mine' }, null)).toBe(false);
  });

  it('lists closed ones when no tab is asked for', () => {
    const closed = conversationOf(1, { status: 'closed' });
    expect(belongsTo(closed, {}, me)).toBe(true);
    expect(belongsTo(closed, { contactId: closed.contact.id }, me)).toBe(true);
    expect(belongsTo(closed, { status: 'active' }, me)).toBe(false);
  });

  it('takes every filter that is given', () => {
    const queue = { id: idOf('que', 1), name: 'Financeiro' };
    const customer = { id: idOf('cus', 1), name: 'Bruno' };
    const conversation = conversationOf(1, { queue, customer });
    expect(belongsTo(conversation, { queueId: queue.id, customerId: customer.id, status: 'queued' }, me)).toBe(true);
    expect(belongsTo(conversation, { queueId: idOf('que', 2) }, me)).toBe(false);
    expect(belongsTo(conversation, { customerId: idOf('cus', 2) }, me)).toBe(false);
    expect(belongsTo(conversationOf(1), { customerId: customer.id }, me)).toBe(false);
    expect(belongsTo(conversation, { contactId: idOf('ctt', 2) }, me)).toBe(false);
    expect(belongsTo(conversation, { origin: 'whatsapp' }, me)).toBe(true);
    expect(belongsTo(conversation, { origin: 'webchat' }, me)).toBe(false);
    const tagged = conversationOf(1, { tags: [1, 2].map((number) => ({ id: idOf('tag', number), name: 'Troca' })) });
    expect(belongsTo(tagged, { tagId: idOf('tag', 2) }, me)).toBe(true);
    expect(belongsTo(tagged, { tagId: idOf('tag', 3) }, me)).toBe(false);
    expect(belongsTo(conversation, { tagId: idOf('tag', 1) }, me)).toBe(false);
    const attended = conversationOf(1, { status: 'active', assignee: theirs });
    expect(belongsTo(attended, { agentId: theirs.id }, me)).toBe(true);
    expect(belongsTo(attended, { agentId: me }, me)).toBe(false);
    expect(belongsTo(conversation, { agentId: me }, me)).toBe(false);
  });

  it('agrees with what the tabs mean, whatever the conversation', () => {
    const conversations = fc
      .record({
        status: fc.constantFrom(...conversationStatuses),
        assignee: fc.constantFrom(null, mine, theirs),
        unreadCount: fc.nat(3),
      })
      .map((change) => conversationOf(1, change));
    fc.assert(
      fc.property(conversations, (conversation) => {
        const has = (tab: (typeof conversationTabs)[number]) => belongsTo(conversation, { tab }, me);
        expect(has('all')).toBe(!['closed', 'expired'].includes(conversation.status));
        for (const tab of conversationTabs) if (has(tab)) expect(has('all')).toBe(true);
        expect(has('waiting') && has('unread')).toBe(false);
      }),
    );
  });
});

describe('conversationOrder', () => {
  const rows = [2, 3, 1].map((number) => conversationOf(number));
  const sorted = (tab: 'waiting' | 'all') => [...rows].sort(conversationOrder(tab)).map(({ id }) => id);

  it('puts the longest wait first, or the newest activity', () => {
    expect(sorted('waiting')).toEqual([1, 2, 3].map((number) => idOf('cnv', number)));
    expect(sorted('all')).toEqual([3, 2, 1].map((number) => idOf('cnv', number)));
  });

  it('is the same for two that have the same time', () => {
    const time = { waitingSince: null, lastActivityAt: rows[0]!.lastActivityAt };
    const [a, b] = [conversationOf(1, time), conversationOf(2, time)];
    expect([b, a].sort(conversationOrder('waiting'))).toEqual([a, b]);
    expect([a, b].sort(conversationOrder('mine'))).toEqual([b, a]);
  });
});
