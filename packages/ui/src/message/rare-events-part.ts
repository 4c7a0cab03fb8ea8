import type { TimelineEvent } from '@prosa/core/contract';
import type { RichText } from '../locales/translation.ts';

type Tell = (language: string, event: TimelineEvent) => RichText;

let tell: Tell | null = null;
let loading: Promise<void> | null = null;

/** Whether the sentences that few conversations need are here: what was drawn without them can be drawn again. */
export function areRareEventsHere(): boolean {
  return tell !== null;
}

/**
 * What seldom happens in a conversation, as a sentence. They are loaded by the first one that needs them.
 * @param onLoaded called once they are here, when they were not
 */
export function tellRareEvent(language: string, event: TimelineEvent, onLoaded: () => void): RichText {
  if (tell) return tell(language, event);
  loading ??= import('./rare-events.ts').then(
    ({ rareSentence }) => {
      tell = rareSentence;
    },
    () => {
      // Without a connection; the next one asks again.
      loading = null;
    },
  );
  void loading.then(onLoaded);
  return [];
}
