/** What the page of `long-thread.ts` runs: an inbox on a client, and a stopwatch. */
import '@prosa/widget-inbox/define';
import { createClient } from '@prosa/core';

export interface InboxBench {
  start(baseUrl: string, token: string): void;
  /** Milliseconds from choosing the conversation until this text is painted in its thread. */
  open(conversationId: string, text: string): Promise<number>;
  /** Closes the conversation, and waits until its thread is gone. */
  leave(): Promise<void>;
  /** Looks at what is further up, until so many pages more are loaded. */
  goBack(pages: number): Promise<void>;
}

declare global {
  interface Window {
    bench: InboxBench;
  }
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const inbox = () => {
  const element = document.querySelector('prosa-inbox');
  if (!element) throw new Error('the page has no inbox');
  return element;
};
const thread = () => inbox().shadowRoot?.querySelector('[role="log"]') ?? null;

/** The parent of the thread that scrolls. */
function scroller(): Element {
  for (let element: Element | null = thread(); element; element = element.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(element).overflowY)) return element;
  }
  throw new Error('the thread does not scroll');
}

window.bench = {
  start(baseUrl, token) {
    inbox().client = createClient({ baseUrl, token });
  },
  async open(conversationId, text) {
    const begin = performance.now();
    inbox().conversationId = conversationId;
    while (!thread()?.textContent.includes(text)) await frame();
    // The frame that has it is painted when the next one begins.
    await frame();
    return performance.now() - begin;
  },
  async leave() {
    inbox().conversationId = null;
    while (thread()) await frame();
  },
  async goBack(pages) {
    const place = scroller();
    for (let page = 0; page < pages; page++) {
      const { scrollHeight } = place;
      place.scrollTop = 0;
      while (place.scrollHeight <= scrollHeight) await frame();
    }
  },
};
