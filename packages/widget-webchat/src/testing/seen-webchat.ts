import { waitUntil } from '@open-wc/testing';
import type { ProsaWebchat } from '../webchat/prosa-webchat.ts';

/** The webchat as somebody who looks at the page sees it. */
export interface SeenWebchat {
  readonly webchat: ProsaWebchat;
  readonly root: ShadowRoot;
  one<E extends HTMLElement = HTMLElement>(selector: string): E;
  all(selector: string): readonly HTMLElement[];
  has(selector: string): boolean;
  /** A button by the start of its name. */
  button(name: string): HTMLButtonElement;
  /** What the whole of it says. */
  text(): string;
  until(condition: () => unknown, message?: string): Promise<void>;
  openPanel(): Promise<void>;
  write(text: string): void;
  /** Writes, and presses Enter. */
  send(text: string): void;
  fill(selector: string, value: string): void;
  /** Chooses files as the file dialog does. */
  choose(...files: readonly File[]): void;
  /** Which element of the webchat has the focus. */
  focused(): Element | null;
}

/** What there is to see of an element that is on a page. */
export function see(webchat: ProsaWebchat): SeenWebchat {
  const root = webchat.shadowRoot;
  if (!root) throw new Error('the webchat is not drawn');
  const page: SeenWebchat = {
    webchat,
    root,
    one: (selector) => {
      const found = root.querySelector<never>(selector);
      if (!found) throw new Error(`there is no ${selector}`);
      return found;
    },
    all: (selector) => [...root.querySelectorAll<HTMLElement>(selector)],
    has: (selector) => root.querySelector(selector) !== null,
    button: (name) => {
      const found = [...root.querySelectorAll('button')].find(
        (button) => button.checkVisibility() && nameOf(button).startsWith(name),
      );
      if (!found) throw new Error(`there is no button "${name}"`);
      return found;
    },
    text: () => root.querySelector('.frame')?.textContent ?? '',
    until: eventually,
    openPanel: async () => {
      await eventually(() => root.querySelector('.launcher'), 'there is no launcher');
      if (!webchat.open) page.one('.launcher').click();
      await eventually(() => root.querySelector('dialog[open] .foot'), 'the panel does not open');
    },
    write: (text) => {
      page.fill('.composer textarea', text);
    },
    send: (text) => {
      page.write(text);
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      page.one('.composer textarea').dispatchEvent(enter);
    },
    fill: (selector, value) => {
      const field = page.one<HTMLInputElement>(selector);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    choose: (...files) => {
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(file);
      const input = page.one<HTMLInputElement>('.composer input[type=file]');
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    focused: () => root.activeElement,
  };
  return page;
}

/** Waits for what moves: while something fades in, its contrast is not what it will be. */
export async function still(root: ShadowRoot): Promise<void> {
  const ending = root.getAnimations().filter((animation) => animation.effect?.getTiming().iterations === 1);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

/** What is not there yet is not an error while one waits for it. */
export async function eventually(condition: () => unknown, message = 'it did not happen'): Promise<void> {
  await waitUntil(
    async () => {
      try {
        return Boolean(await condition());
      } catch {
        return false;
      }
    },
    message,
    { interval: 10, timeout: 10_000 },
  );
}

function nameOf(button: HTMLElement): string {
  return (button.getAttribute('aria-label') ?? button.textContent).replaceAll(/\s+/g, ' ').trim();
}
