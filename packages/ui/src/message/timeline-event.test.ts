import type { Message, TimelineEvent } from '@prosa/core/contract';
import { expect, it } from 'vitest';
import { localeFor } from '../locales/locale.ts';
import { ptBr } from '../locales/pt-br.ts';
import { plainText } from './rich-text.ts';
import { lineSentences } from './timeline-event.ts';

const locale = localeFor(ptBr);
const ana = { id: 'agt_1', name: 'Ana' };
const bruno = { id: 'agt_2', name: 'Bruno' };
const createdAt = new Date(2026, 10, 20, 14, 21).toISOString();

function told(events: readonly TimelineEvent[], me: string): string {
  const messages = events.map((event) => ({ createdAt, content: { type: 'event', event } }) as Message);
  return lineSentences(locale, messages, me, () => undefined)
    .map(plainText)
    .join(' · ');
}

it('names who did several things once in a line', () => {
  const events: readonly TimelineEvent[] = [
    { name: 'accepted', by: ana },
    { name: 'transferred', by: ana, toAgent: bruno, toQueue: null, reason: null },
  ];
  expect(told(events, ana.id)).toBe('Você assumiu às 14:21 · transferiu para Bruno às 14:21');
  expect(told(events, bruno.id)).toBe('Ana assumiu às 14:21 · transferiu para você às 14:21');
});

it('names each when they are several', () => {
  const events: readonly TimelineEvent[] = [
    { name: 'queued', queue: null },
    { name: 'accepted', by: ana },
    { name: 'closed', by: bruno, outcome: 'resolved' },
  ];
  expect(told(events, ana.id)).toBe(
    'Entrou na fila às 14:21 · você assumiu às 14:21 · Bruno finalizou às 14:21 · Resolvido',
  );
});
