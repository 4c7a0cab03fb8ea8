import type { Message } from '@prosa/core/contract';
import type { PendingMessage } from '@prosa/core';
import { describe, expect, it } from 'vitest';
import { ThreadItems } from './thread-items.ts';

const noon = new Date(2026, 10, 20, 12).getTime();
let position = 0;

function messageOf(minutes: number, rest: Partial<Message> = {}): Message {
  position++;
  return {
    id: `msg_${position}`,
    conversationId: 'cnv_1',
    direction: 'inbound',
    author: { kind: 'customer', id: null, name: null },
    content: { type: 'text', text: 'Oi' },
    status: null,
    failure: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    clientId: null,
    resendOf: null,
    replyTo: null,
    reactions: [],
    forwarded: null,
    referral: null,
    pricing: null,
    editedAt: null,
    revokedAt: null,
    position,
    createdAt: new Date(noon + minutes * 60_000).toISOString(),
    version: 1,
    ...rest,
  };
}

const ours = { direction: 'outbound', author: { kind: 'agent', id: 'agt_1', name: 'Ana' } } as const;

function eventOf(minutes: number): Message {
  const event = { name: 'protocol_assigned', number: '2026' } as const;
  return messageOf(minutes, { direction: 'internal', content: { type: 'event', event } });
}

function pendingOf(minutes: number, clientId: string): PendingMessage {
  return {
    clientId,
    conversationId: 'cnv_1',
    message: { type: 'text', text: 'Olá' },
    createdAt: noon + minutes * 60_000,
    state: 'queued',
    error: null,
    progress: null,
    remedies: [],
  };
}

describe('items of a thread', () => {
  it('moves messages of one author closer, for five minutes', () => {
    const items = new ThreadItems().build([messageOf(0), messageOf(1), messageOf(9), messageOf(10, ours)], []);
    expect(items.map((item) => item.kind !== 'events' && [item.first, item.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('names each day once', () => {
    const items = new ThreadItems().build([messageOf(0), messageOf(60), messageOf(24 * 60)], []);
    expect(items.map(({ day }) => day !== null)).toEqual([true, false, true]);
  });

  it('does not name the day of the first message while older ones may come', () => {
    const builder = new ThreadItems();
    const messages = [messageOf(0), messageOf(24 * 60)];
    expect(builder.build(messages, [], true).map(({ day }) => day !== null)).toEqual([false, true]);
    expect(builder.build(messages, [], false).map(({ day }) => day !== null)).toEqual([true, true]);
  });

  it('tells what happened in quick succession in one line', () => {
    const items = new ThreadItems().build([eventOf(0), eventOf(1), messageOf(2), eventOf(3)], []);
    expect(items.map((item) => (item.kind === 'events' ? item.messages.length : item.kind))).toEqual([2, 'message', 1]);
  });

  it('gives a message the same key before and after the gateway has it, and never shows it twice', () => {
    const builder = new ThreadItems();
    const before = builder.build([], [pendingOf(0, 'client-1')]);
    const confirmed = messageOf(0, { ...ours, clientId: 'client-1' });
    const after = builder.build([confirmed], [pendingOf(0, 'client-1')]);
    expect(after).toHaveLength(1);
    expect(after[0]?.key).toBe(before[0]?.key);
    expect(after[0]?.kind).toBe('message');
  });

  it('keeps the item of what did not change', () => {
    const builder = new ThreadItems();
    const [first, second] = [messageOf(0), messageOf(20)];
    const before = builder.build([first, second], []);
    const after = builder.build([first, second, messageOf(40)], []);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });
});
