import type { Page } from 'playwright-core';

/** The parts of the webchat on a page, by what a visitor reads. */
export function webchatOf(page: Page) {
  const root = page.locator('prosa-webchat');
  const composer = root.getByRole('textbox', { name: 'Escreva uma mensagem' });
  return {
    root,
    composer,
    thread: root.getByRole('log'),
    launcher: root.getByRole('button', { name: /o chat/ }),
    async write(text: string) {
      await composer.fill(text);
      await composer.press('Enter');
    },
  };
}
