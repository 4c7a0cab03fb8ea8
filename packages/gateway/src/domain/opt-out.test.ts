import { expect, it } from 'vitest';
import { marketingWord } from './opt-out.ts';
import { usualSettings } from './workspace-settings.ts';

it('knows a word that is the whole message, however it is written', () => {
  for (const text of ['SAIR', ' sair ', 'Parar.', 'stop!', 'cancelar']) {
    expect(marketingWord(text, usualSettings)).toBe('stop');
  }
  expect(marketingWord('Voltar', usualSettings)).toBe('resume');
});

it('takes no word within a sentence, and nothing when there are no words', () => {
  for (const text of ['quero sair hoje', 'parar?', '', '   ', 'cancelar pedido']) {
    expect(marketingWord(text, usualSettings)).toBe(null);
  }
  expect(marketingWord('SAIR', { optOutWords: [], optInWords: [] })).toBe(null);
});
