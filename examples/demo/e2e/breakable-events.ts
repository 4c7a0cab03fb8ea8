import type { Page } from 'playwright-core';

/**
 * Makes event streams of a page breakable: `test:cut-events` on its window ends the open ones as a lost connection
 * does. Chromium's own offline switch stops new requests only.
 */
export async function breakableEvents(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = window.fetch;
    window.fetch = async (input, init) => {
      const response = await real(input, init);
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes('/v1/events') || !response.body) return response;
      const body = response.body.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          start(controller) {
            window.addEventListener('test:cut-events', () => controller.error(new TypeError('network error')));
          },
        }),
      );
      return new Response(body, response);
    };
  });
}
