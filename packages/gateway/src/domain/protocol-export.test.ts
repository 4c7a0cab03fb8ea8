import type { Message } from '@prosa/core/contract';
import { expect, it } from 'vitest';
import { exportedMessage } from './protocol-export.ts';

const at = '2026-11-20T12:00:00.000Z';
const message = (given: Partial<Message>): Message => ({
  id: 'msg_1',
  conversationId: 'cnv_1',
  direction: 'outbound',
  author: { kind: 'agent', id: 'agt_1', name: 'Ana Prado' },
  content: { type: 'text', text: 'Bom dia' },
  status: 'read',
  failure: null,
  sentAt: at,
  deliveredAt: at,
  readAt: at,
  clientId: 'c1',
  resendOf: null,
  replyTo: null,
  reactions: [],
  forwarded: null,
  referral: null,
  pricing: null,
  editedAt: null,
  revokedAt: null,
  position: 7,
  createdAt: at,
  version: 3,
  ...given,
});

it('says who, when and what, and nothing of the gateway', () => {
  expect(exportedMessage(message({}))).toEqual({
    at,
    author: 'team',
    name: 'Ana Prado',
    text: 'Bom dia',
    fileName: null,
  });
});

it.each<[string, Partial<Message>]>([
  [
    'lines of the timeline',
    { direction: 'internal', content: { type: 'event', event: { name: 'queued', queue: null } } },
  ],
  ['notes', { direction: 'internal', status: null }],
  ['what never arrived', { status: 'failed', failure: { code: '131026', detail: 'undeliverable' } }],
])('leaves out %s', (_what, given) => {
  expect(exportedMessage(message(given))).toBeNull();
});

it('names customers and agents, not servers', () => {
  const names = (['customer', 'agent', 'api', 'system'] as const).map((kind) => {
    const direction = kind === 'customer' ? 'inbound' : 'outbound';
    const line = exportedMessage(message({ direction, author: { kind, id: 'x', name: 'Nome' } }));
    return [line?.author, line?.name];
  });
  expect(names).toEqual([
    ['customer', 'Nome'],
    ['team', 'Nome'],
    ['team', null],
    ['system', null],
  ]);
});

it('tells what could be tapped, and the words of a template', () => {
  const asked = exportedMessage(
    message({
      content: { type: 'interactive', text: 'Que nota?', listLabel: null, options: [{ id: 'a', title: '5 – Ótimo' }] },
    }),
  );
  expect(asked?.text).toBe('Que nota?\n• 5 – Ótimo');
});
