import type { Page } from 'playwright-core';

/** The parts of `<prosa-inbox>` on a page, by what an agent reads. */
export function inboxOf(page: Page) {
  const root = page.locator('prosa-inbox');
  const composer = root.getByRole('textbox', { name: 'Escreva uma mensagem' });
  return {
    root,
    composer,
    thread: root.getByRole('log'),
    dialog: root.getByRole('dialog'),
    tab: (name: string) => root.getByRole('tab', { name: new RegExp(`^${name}`) }),
    row: (name: string) => root.getByRole('option').filter({ hasText: name }).first(),
    /** The first of this name: some are both above the thread and below it. */
    button: (name: string) => root.getByRole('button', { name, exact: true }).first(),
    async write(text: string) {
      await composer.fill(text);
      await composer.press('Enter');
    },
  };
}
