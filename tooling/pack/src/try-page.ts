import { launchBrowser } from '@prosa/test-browser';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Snippet } from './consumer.ts';
import type { InstalledGateway } from './start-gateway.ts';
import { pagesFolder } from './try-bundle.ts';

/** Opens the inbox's page as its README starts it, built from the installed packages, in a browser. */
export async function tryPage(
  project: string,
  gateway: InstalledGateway,
  snippets: readonly Snippet[],
): Promise<string> {
  const start = snippets.find(({ name, code }) => name === '@prosa/widget-inbox' && code.includes('token="…"'));
  if (!start) throw new Error('the README of the inbox starts with no page');
  const style = snippets.find(({ name, language }) => name === start.name && language === 'css')?.code ?? '';
  const token = await gateway.command('token', 'ana', '--name', 'Ana', '--expires-in', '1h');
  const page = start.code
    .replace('http://127.0.0.1:4000', gateway.url)
    .replace('token="…"', `token="${token}"`)
    .replace(/<script type="module">[\s\S]*<\/script>/, `<script type="module" src="/${start.file}"></script>`);

  const server = createServer((request, response) => {
    if (request.url === '/') return response.setHeader('Content-Type', 'text/html').end(page);
    if (request.url === '/page.css') return response.setHeader('Content-Type', 'text/css').end(style);
    response.setHeader('Content-Type', 'text/javascript');
    readFile(join(pagesFolder(project), request.url ?? '')).then(
      (text) => response.end(text),
      () => response.writeHead(404).end(),
    );
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await gateway.command('origin', 'add', origin);
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await tab.goto(origin);
    const shown = await tab
      .getByText('Ninguém esperando')
      .waitFor({ timeout: 15_000 })
      .then(
        () => true,
        () => false,
      );
    if (!shown || errors.length > 0)
      throw new Error(`the page ${shown ? '' : 'shows no list and '}says ${errors.join('; ')}`);
  } finally {
    await browser.close();
    server.close();
  }
  return 'the inbox of the README is at work in a browser';
}
