import { conversationOutcomes, timelineEventSchema, type TimelineEvent } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { eventSentence } from './timeline-event.ts';
import { localeFor } from '../locales/locale.ts';
import { ptBr } from '../locales/pt-br.ts';
import { plainText } from './rich-text.ts';
import { rareSentence } from './rare-events.ts';

const ana = { id: 'agt_1', name: 'Ana' };
const bruno = { id: 'agt_2', name: 'Bruno' };
const whole = {
  by: ana,
  to: bruno,
  from: bruno,
  agent: bruno,
  queue: null,
  number: '1',
  toAgent: bruno,
  toQueue: null,
  outcome: 'resolved',
  instrument: 'nps',
  score: 9,
  comment: null,
  tags: ['Entrega'],
};
const names = timelineEventSchema._zod.def.options.map((option) => [...option._zod.def.shape.name._zod.values][0]);
const eventOf = (name: unknown, reason: string) => ({ ...whole, name, reason }) as unknown as TimelineEvent;

describe('what happens in a conversation', () => {
  it.each(names)('%s has a sentence in both languages', (name) => {
    const usual = eventSentence(localeFor(ptBr), eventOf(name, 'disconnected'), '2026-11-20T14:00:00.000Z', null);
    const rare = ['pt-BR', 'en'].map((language) => plainText(rareSentence(language, eventOf(name, 'disconnected'))));
    if (usual.length === 0) for (const sentence of rare) expect(sentence).toMatch(/\w/);
  });

  it('says who, and why', () => {
    const told = (event: TimelineEvent) => plainText(rareSentence('pt-BR', event));
    expect(told({ name: 'offer_declined', by: ana })).toBe('Ana recusou');
    expect(told({ name: 'requeued', from: bruno, reason: 'disconnected' })).toBe(
      'Voltou para a fila: Bruno ficou sem conexão',
    );
    expect(told({ name: 'requeued', from: bruno, reason: 'offline' })).toBe('Voltou para a fila: Bruno ficou offline');
    expect(told({ name: 'triage', reason: 'nobody_online' })).toBe('Pré-atendimento: ninguém online');
    expect(told({ name: 'triage', reason: 'form' })).toBe('Pré-atendimento');
    expect(told({ name: 'parked', by: null })).toBe('Pendente: o cliente não respondeu');
    expect(told({ name: 'discarded', by: ana, reason: 'Spam' })).toBe('Ana descartou: Spam');
    expect(told({ name: 'tags_changed', by: ana, tags: [] })).toBe('Ana tirou as etiquetas');
    expect(told({ name: 'reopened', by: null })).toBe('Reaberto pelo cliente');
  });

  it('names every outcome', () => {
    for (const outcome of conversationOutcomes) {
      const event = { name: 'closed', by: null, outcome } as const;
      const told = eventSentence(localeFor(ptBr), event, '2026-11-20T14:00:00.000Z', null);
      expect(plainText(told.length > 0 ? told : rareSentence('pt-BR', event))).not.toContain(outcome);
    }
  });

  it('says nothing of what a later version brings', () => {
    expect(rareSentence('pt-BR', { name: 'teleported' } as never)).toEqual([]);
  });
});
