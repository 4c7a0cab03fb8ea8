import type { ClosingOutcome } from '@prosa/core/contract';

type Hints = Readonly<Record<ClosingOutcome, string>>;

const ptBr: Hints = {
  resolved: 'O cliente teve o que precisava',
  unresolved: 'Ficou algo sem solução',
  no_reply: 'Parou de responder',
  mistake: 'Contato por engano, teste ou spam',
};

const en: Hints = {
  resolved: 'The customer got what was needed',
  unresolved: 'Something was left open',
  no_reply: 'The customer stopped answering',
  mistake: 'Contact by mistake, test or spam',
};

/** What each way to finish is for. */
export function outcomeHints(language: string): Hints {
  return language.startsWith('en') ? en : ptBr;
}

const details: Readonly<Record<'pt' | 'en', (name: string) => string>> = {
  pt: (name) => `A conversa com ${name} sai da sua lista. O histórico continua guardado.`,
  en: (name) => `The conversation with ${name} leaves your list. Its history is kept.`,
};

export function finishDetail(language: string, name: string): string {
  return details[language.startsWith('en') ? 'en' : 'pt'](name);
}
