import { launchBrowser } from '@prosa/test-browser';
import { build } from 'esbuild';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Prosa } from './page.ts';

/**
 * Takes pictures of every state in light and dark, on a desktop and on a phone, into `dev/pictures`.
 * `node dev/screenshots.ts [words]` takes only those whose name has one of the words.
 */
const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, 'pictures');
const widths = { desk: [900, 740], phone: [390, 740] } as const;

type Act = (page: Page) => Promise<unknown>;
interface Shot {
  readonly name: string;
  readonly query?: string;
  readonly acts?: readonly Act[];
  readonly widths?: readonly (keyof typeof widths)[];
}

const other =
  (act: (prosa: Prosa, argument: string) => unknown, argument = ''): Act =>
  (page) =>
    page.evaluate(`(${String(act)})(window.prosa, ${JSON.stringify(argument)})`);
const open: Act = (page) => page.locator('.launcher').click();
const press =
  (selector: string): Act =>
  (page) =>
    page.locator(selector).first().click();
const write =
  (text: string): Act =>
  async (page) => {
    await page.locator('.composer textarea').fill(text);
    await page.keyboard.press('Enter');
  };
const pause =
  (ms: number): Act =>
  (page) =>
    page.waitForTimeout(ms);
const subject: Act = (page) => page.locator('.pill').first().click();
const started = [open, subject, write('Meu pedido 8812 ainda não chegou.'), pause(250)];
const accept = other((prosa) => prosa.accept());
const say = (text: string) => other((prosa, said) => prosa.say(said), text);
const talking = [...started, accept, say('Oi! Em que posso ajudar?'), pause(150)];
const closed = [...talking, other((prosa) => prosa.close()), pause(300)];

const shots: readonly Shot[] = [
  { name: 'launcher' },
  { name: 'start', acts: [open] },
  { name: 'start-form', query: 'form=full', acts: [open] },
  { name: 'start-errors', query: 'form=full', acts: [open, write('Oi'), pause(100)] },
  { name: 'waiting', acts: started },
  {
    name: 'talking',
    acts: [...talking, write('Quero saber onde está. *Obrigado!*'), pause(200), other((prosa) => prosa.type())],
  },
  {
    name: 'files',
    acts: [
      ...talking,
      other((prosa) => prosa.sendFile('image')),
      other((prosa) => prosa.sendFile('document')),
      pause(400),
    ],
  },
  {
    name: 'uploading',
    acts: [
      ...talking,
      other((prosa) => {
        prosa.network.held = true;
      }),
      (page) =>
        page.locator('.attach input').setInputFiles([
          { name: 'comprovante-de-pagamento.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(84_000) },
          { name: 'vazio.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
        ]),
    ],
  },
  {
    name: 'failed',
    acts: [
      ...talking,
      (page) =>
        page.locator('.attach input').setInputFiles([
          {
            name: 'instalador.exe',
            mimeType: 'application/x-msdownload',
            buffer: Buffer.from('MZ\u0090\u0000'.repeat(400)),
          },
        ]),
      pause(400),
    ],
  },
  {
    name: 'offline',
    acts: [
      ...talking,
      other((prosa) => {
        prosa.network.gone.abort();
      }),
      (page) => page.context().setOffline(true),
      write('Envio assim que a conexão voltar.'),
      pause(300),
    ],
  },
  {
    name: 'unread',
    acts: [
      ...started,
      accept,
      press('[data-action=close], .launcher'),
      say('Achei o seu pedido.'),
      say('Sai hoje.'),
      pause(300),
    ],
  },
  {
    name: 'long',
    acts: [
      ...talking,
      ...Array.from({ length: 14 }, (_, index) => say(`Linha ${index + 1} do que combinamos, para ler com calma.`)),
      pause(200),
      (page) => page.locator('.log').evaluate((log) => log.scrollBy(0, -300)),
      pause(150),
    ],
  },
  { name: 'ending', acts: [...talking, press('[data-action=end]')] },
  { name: 'survey-csat', acts: closed },
  { name: 'survey-nps', query: 'survey=nps', acts: closed },
  {
    name: 'survey-ces',
    query: 'survey=ces',
    acts: [...closed, press('.score:nth-child(6) span'), pause(150)],
  },
  {
    name: 'answered',
    acts: [...closed, press('.score:nth-child(5) span'), press('.survey button'), pause(300)],
  },
  { name: 'again', acts: [...closed, press('[data-action=start-over]'), pause(150)] },
  { name: 'load-failed', query: 'fail=config', acts: [pause(3000), open, pause(3500)] },
  {
    name: 'loading',
    query: 'hold',
    acts: [
      other((prosa) => {
        prosa.webchat.openPanel();
      }),
    ],
  },
  { name: 'english', query: 'lang=en&form=full', acts: [open] },
  { name: 'left', query: 'position=left', acts: talking, widths: ['desk'] },
  { name: 'accent', query: 'accent=%237c3aed', acts: talking, widths: ['desk'] },
  { name: 'inline', query: 'inline', acts: [subject, write('Oi'), pause(200)], widths: ['desk'] },
];

await build({
  entryPoints: [join(here, 'page.ts')],
  outfile: join(here, 'pictures', 'page.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['@prosa/source', 'browser'],
  logLevel: 'warning',
});

const sqliteWasm = createRequire(createRequire(import.meta.url).resolve('@prosa/gateway/package.json')).resolve(
  '@sqlite.org/sqlite-wasm/sqlite3.wasm',
);
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
  wasm: 'application/wasm',
};
const server = createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const path =
    name === 'sqlite3.wasm' ? sqliteWasm : join(name === 'page.js' ? pictures : here, name.replaceAll('/', ''));
  readFile(path).then(
    (body) => response.writeHead(200, { 'Content-Type': types[name.split('.').at(-1) ?? ''] ?? '' }).end(body),
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

/** A zone in which it is half past two, so that the pictures look the same whenever they are taken. */
function afternoon(): string {
  const offset = ((14 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** Pictures are loaded by the browser itself, from a gateway that lives in the page. */
async function answerFiles(page: Page): Promise<void> {
  await page.route('http://gateway.test/**', async (route) => {
    const { status, type, body } = await page.evaluate(async (url) => {
      const response = await (window as unknown as { prosa: Prosa }).prosa.gateway.fetch(url);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      return { status: response.status, type: response.headers.get('content-type') ?? '', body: btoa(text) };
    }, route.request().url());
    await route.fulfill({ status, contentType: type, body: Buffer.from(body, 'base64') });
  });
}

const wanted = process.argv.slice(2);
await mkdir(pictures, { recursive: true });
const browser = await launchBrowser();
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const shot of shots) {
      for (const width of shot.widths ?? (['desk', 'phone'] as const)) {
        const name = `${shot.name}-${width}-${theme}`;
        if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
        const [inlineSize, blockSize] = widths[width];
        const context = await browser.newContext({
          viewport: { width: inlineSize, height: blockSize },
          reducedMotion: 'reduce',
          timezoneId: afternoon(),
          // Only for the acts above, which are written here and run there.
          bypassCSP: true,
        });
        const page = await context.newPage();
        page.setDefaultTimeout(6000);
        page.on('pageerror', (error) => console.error(name, error.message));
        page.on('console', (message) => {
          if (message.type() === 'error') console.error(name, message.text());
        });
        await answerFiles(page);
        try {
          await page.goto(`${origin}/?theme=${theme}&${shot.query ?? ''}`);
          await page.waitForFunction(() => 'prosa' in window);
          await page.waitForTimeout(250);
          for (const act of shot.acts ?? []) {
            await act(page);
            await page.waitForTimeout(80);
          }
        } catch (error) {
          console.error(name, error);
        }
        await page.waitForTimeout(250);
        await page.screenshot({ path: join(pictures, `${name}.png`) });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  server.close();
  await rm(join(pictures, 'page.js'), { force: true });
}
