import type { Message } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { previewOf } from './message-preview.ts';

const message = (changes: object) =>
  ({
    id: 'msg_1',
    direction: 'inbound',
    author: { kind: 'customer', name: 'Marina' },
    content: { type: 'text', text: 'Meu pedido\nnão chegou' },
    status: null,
    revokedAt: null,
    createdAt: '2026-01-05T12:00:00.000Z',
    ...changes,
  }) as unknown as Message;

describe('the row of a list about its newest message', () => {
  it('is one line, and never longer than 200 characters', () => {
    expect(previewOf(message({}))?.text).toBe('Meu pedido não chegou');
    const long = previewOf(message({ content: { type: 'text', text: '🙂'.repeat(300) } }))?.text;
    expect(Array.from(long ?? '')).toHaveLength(200);
    expect(long?.endsWith('🙂…')).toBe(true);
  });

  it('says that a message was deleted, not what it was', () => {
    expect(previewOf(message({ revokedAt: '2026-01-05T12:01:00.000Z' }))).toMatchObject({
      type: 'revoked',
      text: null,
    });
  });

  it('leaves lines of the timeline and automatic messages out', () => {
    expect(previewOf(message({ content: { type: 'event' } }))).toBeNull();
    expect(previewOf(message({ direction: 'internal' }))).toBeNull();
    expect(previewOf(message({ author: { kind: 'system', name: null } }))).toBeNull();
  });
});
