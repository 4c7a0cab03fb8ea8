import { describe, expect, it } from 'vitest';
import { plainText } from '../message/rich-text.ts';
import { eventSentence } from '../message/timeline-event.ts';
import { en } from './en.ts';
import { completeTranslation, loadTranslation, localeFor, translationFor } from './locale.ts';
import { ptBr } from './pt-br.ts';
import { ptBrDialogs } from './pt-br-dialogs.ts';

const { f, t } = localeFor(ptBr);
const at = new Date(2026, 10, 20, 14, 21).toISOString();
const now = new Date(2026, 10, 20, 15, 0).getTime();
const hour = 3_600_000;

describe('words and times', () => {
  it('are Portuguese for whoever asks for something else, and English once loaded', async () => {
    expect(translationFor('fr')).toBe(ptBr);
    expect(translationFor(null)).toBe(ptBr);
    expect(translationFor('en-GB')).toBe(ptBr);
    await loadTranslation('en-GB');
    expect(translationFor('en-GB')).toBe(en);
  });

  it('exist in each language for each error and status', () => {
    expect(Object.keys(en.errors)).toEqual(Object.keys(ptBr.errors));
  });

  it('tell how long in two units at most', () => {
    expect(f.duration(1.2 * hour)).toBe('1\u00a0h\u00a012\u00a0min');
    expect(f.duration(20_000)).toBe('1\u00a0min');
    expect(f.duration(3 * hour)).toBe('3\u00a0h');
    expect(f.duration(50 * hour)).toBe('2\u00a0dias');
  });

  it('tell when, as close as it matters', () => {
    expect(f.listTime(at, now)).toBe('14:21');
    expect(f.listTime(new Date(2026, 10, 19, 23).toISOString(), now)).toBe('ontem');
    expect(f.listTime(new Date(2026, 9, 12).toISOString(), now)).toBe('12/10');
    expect(f.listTime(new Date(2025, 9, 12).toISOString(), now)).toBe('12/10/25');
    expect(f.day(at, now)).toBe('Hoje');
    expect(f.day(new Date(2026, 10, 16).toISOString(), now)).toBe('segunda-feira, 16 de novembro');
  });

  it('tell when inside a sentence', () => {
    expect(f.moment(at, now)).toBe('às 14:21');
    expect(f.moment(new Date(2026, 10, 19, 23).toISOString(), now)).toBe('ontem às 23:00');
    expect(f.moment(new Date(2025, 9, 12, 8).toISOString(), now)).toBe('em 12/10/25 às 08:00');
  });

  it('tell how large and how long a recording', () => {
    expect(f.bytes(84_120)).toBe('84 kB');
    expect(f.bytes(1_240_000)).toBe('1,2 MB');
    expect(f.clock(14)).toBe('0:14');
  });

  it('tell what happened from where the reader stands', () => {
    const ana = { id: 'agt_1', name: 'Ana' };
    const bruno = { id: 'agt_2', name: 'Bruno' };
    const told = (event: Parameters<typeof eventSentence>[1], me: string) =>
      plainText(eventSentence({ t, f }, event, at, me));
    expect(told({ name: 'accepted', by: ana }, ana.id)).toBe('Você assumiu às 14:21');
    expect(told({ name: 'accepted', by: ana }, bruno.id)).toBe('Ana assumiu às 14:21');
    const transfer = { name: 'transferred', by: ana, toAgent: bruno, toQueue: null, reason: null } as const;
    expect(told(transfer, ana.id)).toBe('Você transferiu para Bruno às 14:21');
    expect(told(transfer, bruno.id)).toBe('Ana transferiu para você às 14:21');
    expect(told({ name: 'closed', by: null, outcome: 'no_reply' }, ana.id)).toBe(
      'Finalizado às 14:21 · Cliente não respondeu',
    );
    expect(told({ name: 'protocol_assigned', number: '2026112000042' }, ana.id)).toBe(
      'Protocolo 2026112000042 enviado',
    );
  });

  it('say nothing of an event that is not known yet', () => {
    expect(eventSentence({ t, f }, { name: 'teleported' } as never, at, null)).toEqual([]);
  });
});

describe('the words of dialogs', () => {
  it('come to Portuguese once, for whoever reads it', () => {
    expect(translationFor('pt')).not.toHaveProperty('transferTitle');
    completeTranslation(ptBrDialogs);
    const whole = translationFor('pt');
    expect(whole).toEqual({ ...ptBr, ...ptBrDialogs });
    completeTranslation(ptBrDialogs);
    expect(translationFor('pt')).toBe(whole);
    expect(translationFor('fr')).toBe(whole);
  });

  it('are with the others the same in each language', () => {
    expect(Object.keys({ ...ptBr, ...ptBrDialogs }).sort()).toEqual(Object.keys(en).sort());
  });
});
