import { waitUntil } from '@open-wc/testing';
import { createElement, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

export interface ReactPage {
  readonly container: HTMLElement;
  render(node: ReactNode): void;
  unmount(): void;
}

const leaves: (() => void)[] = [];

/** A page on which React runs, in StrictMode. */
export function openPage(node?: ReactNode): ReactPage {
  const container = document.createElement('div');
  container.lang = 'pt-BR';
  container.style.cssText = 'inline-size: 1280px; block-size: 720px';
  document.body.append(container);
  const root = createRoot(container);
  const render = (next: ReactNode) => {
    root.render(createElement(StrictMode, null, next));
  };
  let isOpen = true;
  const unmount = () => {
    if (isOpen) root.unmount();
    isOpen = false;
  };
  leaves.push(() => {
    unmount();
    container.remove();
  });
  if (node !== undefined) render(node);
  return { container, render, unmount };
}

export function closePages(): void {
  for (const leave of leaves.splice(0)) leave();
}

/** Waits for it; what is not there yet is no error. @returns what it gave */
export async function until<T>(get: () => T, what = 'it did not happen'): Promise<NonNullable<T>> {
  let found: T | undefined;
  const look = () => {
    try {
      found = get();
    } catch {
      found = undefined;
    }
    return Boolean(found);
  };
  await waitUntil(look, what, { interval: 10, timeout: 10_000 });
  return found as NonNullable<T>;
}

/** Lets everything run that was going to. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** What the console was told meanwhile: React complains there. */
export function listenToConsole(): { readonly complaints: string[]; stop(): void } {
  const { error, warn } = console;
  const complaints: string[] = [];
  const note = (...args: unknown[]) => {
    complaints.push(args.map(String).join(' '));
  };
  console.error = note;
  console.warn = note;
  return {
    complaints,
    stop() {
      console.error = error;
      console.warn = warn;
    },
  };
}
