import type { Settings } from '@prosa/core/contract';
import { withoutEnd } from './without-end.ts';

type Words = Pick<Settings, 'optOutWords' | 'optInWords'>;

/** Of a word, which has at most 40 characters, with its accents apart and some marks around it. */
const longestSaid = 200;

/** Whether the whole message is a word that stops marketing, or one that takes it again. */
export function marketingWord(text: string, { optOutWords, optInWords }: Words): 'stop' | 'resume' | null {
  const trimmed = text.trim();
  if (trimmed.length > longestSaid) return null;
  const said = plain(trimmed);
  if (said === '') return null;
  if (optOutWords.some((word) => plain(word) === said)) return 'stop';
  return optInWords.some((word) => plain(word) === said) ? 'resume' : null;
}

/** Without regard to case, accents, and marks at the end. */
function plain(text: string): string {
  return withoutEnd(text.normalize('NFD').replace(/\p{M}/gu, '').trim(), /[\s.!]/).toLowerCase();
}
