import type { Page } from 'playwright-core';

/** Looks for tokens and secrets where others may read: addresses, Referers, consoles, errors, logs. */
export interface LeakWatch {
  /** How many tokens and secrets it would recognise, beside those that have the shape of one. */
  readonly known: number;
  /** How many addresses, lines and errors it has looked at. */
  readonly heard: number;
  /** Must be seen nowhere. */
  keep(...secrets: readonly string[]): void;
  /** Text that others may read: a log line, an error, an address. */
  hear(where: string, text: string): void;
  /** Hears the page from now on. The tokens that it sends are kept. */
  watch(page: Page): void;
  /** Where one was seen, without it. */
  leaks(): string[];
}

/** A JWT, a visitor's session, an API key. */
const shapes = /\beyJ[\w-]+\.eyJ[\w-]+|\b(?:pvs|prk)_[\w-]{16,}/;
/** Shorter words than this are found by chance. */
const shortestSecret = 12;

export function createLeakWatch(): LeakWatch {
  const secrets = new Set<string>();
  // Looked through in the end: a token may be seen before it is known to be one.
  const heard: { readonly where: string; readonly text: string }[] = [];
  const hear = (where: string, text: string) => void heard.push({ where, text });

  function hearHeaders(page: Page, headers: Readonly<Record<string, string>>): void {
    if (headers['referer'] !== undefined) hear(`Referer of ${page.url()}`, headers['referer']);
    const [, token] = headers['authorization']?.split(' ') ?? [];
    // The key of a webchat is in the markup of its website: no secret, and part of an address.
    if (token !== undefined && !token.startsWith('wck_')) secrets.add(token);
  }

  return {
    get known() {
      return secrets.size;
    },
    get heard() {
      return heard.length;
    },
    keep(...more) {
      for (const secret of more) {
        if (secret.length < shortestSecret) throw new RangeError('unable to look for the secret; it is too short');
        secrets.add(secret);
      }
    },
    hear,
    watch(page) {
      page.on('request', (request) => {
        hear(`address asked for by ${page.url()}`, request.url());
        hearHeaders(page, request.headers());
        // As they went out, with what the browser added; a page that is closed before does not tell.
        request.allHeaders().then(
          (headers) => hearHeaders(page, headers),
          () => undefined,
        );
      });
      page.on('response', (response) => {
        const location = response.headers()['location'];
        if (location !== undefined) hear(`redirect of ${response.url()}`, location);
      });
      page.on('framenavigated', (frame) => hear('address of a page', frame.url()));
      page.on('console', (message) => hear(`console of ${page.url()}`, message.text()));
      page.on('pageerror', (error) => hear(`error of ${page.url()}`, error.stack ?? error.message));
    },
    leaks: () => [
      ...new Set(
        heard
          .filter(({ text }) => shapes.test(text) || [...secrets].some((secret) => text.includes(secret)))
          .map(({ where }) => where),
      ),
    ],
  };
}
