import type { LiveThread } from '@prosa/core';
import type { LitElement } from 'lit';
import type { VirtualListController } from '../../controllers/virtual-list-controller.ts';
import type { ThreadItem } from '../thread-items.ts';

/** A thread of which older parts are loaded as they are wanted. */
export interface JumpableThread {
  readonly live: LiveThread | null;
  readonly items: readonly ThreadItem[];
  readonly list: VirtualListController<ThreadItem>;
}

/** More pages than anybody's conversation has since its last message was quoted. */
const mostPages = 60;
const shownForMs = 1600;

/**
 * Shows a message of the conversation, in the middle and for a moment marked; older pages are loaded until it is there.
 * @returns `false` when it is not in the conversation
 */
export async function jumpToMessage(host: LitElement, thread: JumpableThread, messageId: string): Promise<boolean> {
  const { live } = thread;
  if (!live) return false;
  const indexOf = () => thread.items.findIndex((item) => item.kind === 'message' && item.message.id === messageId);
  for (let page = 0; indexOf() < 0; page++) {
    if (page === mostPages || !(await loadOlder(live))) return false;
    await host.updateComplete;
    // Another conversation was opened meanwhile.
    if (thread.live !== live) return true;
  }
  thread.list.scrollToIndex(indexOf(), 'center');
  await host.updateComplete;
  await new Promise(requestAnimationFrame);
  // What was measured on the way may have moved it.
  thread.list.scrollToIndex(indexOf(), 'center');
  await host.updateComplete;
  const row = host.renderRoot.querySelector(`.log [data-index="${indexOf()}"] .message`);
  if (row instanceof HTMLElement) mark(row);
  return true;
}

/** Resolves once a page of older messages is there; with `false` when there is none, or it cannot be had. */
function loadOlder(live: LiveThread): Promise<boolean> {
  if (!live.hasMore) return Promise.resolve(false);
  const before = live.value.messages.length;
  return new Promise((resolve) => {
    const stop = live.subscribe(() => {
      if (live.loadingMore) return;
      stop();
      resolve(live.value.messages.length > before);
    });
    if (!live.loadingMore) void live.loadMore();
  });
}

/** The reader's place is there now, also for whoever hears it. */
function mark(row: HTMLElement): void {
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.classList.add('found');
  setTimeout(() => {
    row.classList.remove('found');
  }, shownForMs);
}
