import { launchBrowser } from '@prosa/test-browser';
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snippet } from './consumer.ts';
import { servePages, type PageServer } from './page-server.ts';
import type { InstalledGateway } from './start-gateway.ts';
import { pagesFolder } from './try-bundle.ts';

type Tab = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>;

interface Tried {
  readonly project: string;
  readonly gateway: InstalledGateway;
  readonly snippets: readonly Snippet[];
}

/** What the gateway's commands print, and a newcomer copies into the pages. */
interface Printed {
  readonly token: string;
  readonly key: string;
}

/**
 * Opens the pages that the READMEs start with, built from the installed packages, in a browser: visitors write in the
 * webchat as an element and as a script, and both wait in the inbox, also in that of React.
 */
export async function tryPages(tried: Tried): Promise<string> {
  const server = await servePages(pagesFolder(tried.project));
  const browser = await launchBrowser();
  const errors: string[] = [];
  const open = async (path: string): Promise<Tab> => {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => errors.push(`${path}: ${error.message}`));
    tab.on('console', (message) => message.type() === 'error' && errors.push(`${path}: ${message.text()}`));
    await tab.goto(`${server.origin}${path}`);
    return tab;
  };
  try {
    const { gateway } = tried;
    await gateway.command('origin', 'add', server.origin);
    const token = await gateway.command('token', 'ana', '--name', 'Ana', '--expires-in', '1h');
    const webchat = await gateway.command('channel', 'create', '--kind', 'webchat', '--origin', server.origin);
    await putPages(server, tried, { token, key: /wck_\w+/.exec(webchat)?.[0] ?? '' });

    await see(await open('/inbox'), 'Ninguém esperando');
    await write(await open('/element'), 'Helena');
    await write(await open('/script'), 'Marina');
    for (const inbox of ['/inbox', '/react']) {
      const tab = await open(inbox);
      for (const name of ['Helena', 'Marina']) await see(tab, name);
    }
    if (errors.length > 0) throw new Error('they say errors');
  } catch (error) {
    throw new Error([(error as Error).message, ...errors].join('\n'), { cause: error });
  } finally {
    await browser.close();
    server.close();
  }
  return 'the inbox, the webchat and the React page of the READMEs are at work in a browser';
}

async function see(tab: Tab, text: string): Promise<void> {
  await tab.getByText(text).first().waitFor({ timeout: 15_000 });
}

async function write(tab: Tab, name: string): Promise<void> {
  await tab.getByRole('button', { name: 'Abrir o chat' }).click({ timeout: 15_000 });
  await tab.getByRole('textbox', { name: 'Seu nome' }).fill(name);
  const composer = tab.getByRole('textbox', { name: 'Escreva uma mensagem' });
  await composer.fill('Oi, meu pedido não chegou');
  await composer.press('Enter');
  await see(tab, 'Protocolo');
}

async function putPages({ pages }: PageServer, { project, gateway, snippets }: Tried, printed: Printed): Promise<void> {
  const find = (name: string, says: string): Snippet => {
    const found = snippets.find((snippet) => snippet.name === name && snippet.code.includes(says));
    if (!found) throw new Error(`the README of ${name} has no snippet with ${says}`);
    return found;
  };
  const filled = ({ code, file }: Snippet): string =>
    code
      .replaceAll('http://127.0.0.1:4000', gateway.url)
      .replace('token="…"', `token="${printed.token}"`)
      .replace('wck_…', printed.key)
      .replace(/<script type="module">[\s\S]*<\/script>/, `<script type="module" src="/${file}"></script>`);

  pages.set('/inbox', filled(find('@prosa/widget-inbox', 'token="…"')));
  pages.set('/page.css', find('@prosa/widget-inbox', 'height: 100%').code);
  pages.set('/element', filled(find('@prosa/widget-webchat', '<prosa-webchat')));
  pages.set('/script', filled(find('@prosa/widget-webchat', 'data-key')));
  pages.set('/react', find('@prosa/react', '/main.tsx').code.replace('/main.tsx', '/main.js'));
  const main = join(project, 'main.tsx');
  await writeFile(main, filled(find('@prosa/react', 'createRoot')));
  const outfile = join(pagesFolder(project), 'main.js');
  await build({ entryPoints: [main], bundle: true, format: 'esm', jsx: 'automatic', outfile, logLevel: 'silent' });
}
