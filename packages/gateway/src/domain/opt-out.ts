import type { Settings } from '@prosa/core/contract';

type Words = Pick<Settings, 'optOutWords' | 'optInWords'>;

/** Whether the whole message is a word that stops marketing, or one that takes it again. */
export function marketingWord(text: string, { optOutWords, optInWords }: Words): 'stop' | 'resume' | null {
  const said = plain(text);
  if (said === '') return null;
  if (optOutWords.some((word) => plain(word) === said)) return 'stop';
  return optInWords.some((word) => plain(word) === said) ? 'resume' : null;
}

/** Without regard to case, accents, and marks at the end. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/[\s.!]+$/, '')
    .toLowerCase();
}
