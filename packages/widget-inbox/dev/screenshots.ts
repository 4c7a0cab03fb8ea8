import { launchBrowser } from '@prosa/test-browser';
import { build } from 'esbuild';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  choicesShown,
  fillStart,
  inTurn,
  kinds,
  open,
  press,
  recorded,
  showPanel,
  tab,
  widths,
  withHeaderFile,
  type Prosa,
  type Shot,
} from './acts.ts';
import { troubleShots } from './trouble-shots.ts';

/**
 * Takes pictures of every state in light and dark and at three widths, into `dev/pictures`.
 * `node dev/screenshots.ts [words]` takes only those whose name has one of the words.
 */
const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, 'pictures');
const photo = join(here, '..', '..', '..', 'examples', 'demo', 'assets', 'pacote-amassado.jpg');

const shots: readonly Shot[] = [
  { name: 'list' },
  { name: 'mine', act: tab('mine') },
  { name: 'all', act: tab('all') },
  { name: 'thread', act: inTurn(tab('mine'), open('main')) },
  {
    name: 'media',
    act: inTurn(tab('mine'), open('main'), (page) => page.locator('.log').evaluate((log) => log.scrollBy(0, -330))),
  },
  { name: 'kinds-1', ...kinds(9000) },
  { name: 'kinds-2', ...kinds(2500) },
  { name: 'kinds-3', ...kinds(1850) },
  { name: 'kinds-4', ...kinds(1200) },
  { name: 'kinds-5', ...kinds(560) },
  { name: 'kinds-6', ...kinds(0) },
  { name: 'kinds-7', ...kinds(430) },
  { name: 'kinds-8', ...kinds(860) },
  {
    name: 'reply',
    ...kinds(0, async (page) => {
      await page.locator('.message.theirs .bubble').last().hover();
      await page.getByRole('button', { name: 'Responder' }).last().click();
      await page.locator('.composer textarea').fill('Por nada, Marina. Até amanhã às 14h.');
      await page.locator('.message.theirs .bubble').last().hover();
    }),
  },
  {
    name: 'react',
    ...kinds(0, async (page) => {
      await page.locator('.message.theirs .bubble').last().hover();
      await page.getByRole('button', { name: 'Reagir' }).last().click();
    }),
  },
  { name: 'voice', act: inTurn(tab('mine'), open('main'), recorded) },
  { name: 'voice-ready', act: inTurn(tab('mine'), open('main'), recorded, press(/Parar e ouvir/)) },
  {
    name: 'voice-denied',
    act: inTurn(tab('mine'), open('main'), async (page) => {
      await page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      });
      await press(/Gravar mensagem de voz/)(page);
    }),
  },
  { name: 'failed', act: inTurn(tab('mine'), open('failed')) },
  { name: 'unlinked', act: inTurn(tab('mine'), open('unlinked'), showPanel) },
  { name: 'customer', widths: ['medium', 'narrow'], act: inTurn(tab('mine'), open('main'), showPanel) },
  {
    name: 'create',
    act: inTurn(open('unlinked'), showPanel, press(/Cadastrar novo/), async (page) => {
      await page.locator('#customer-name').fill('Paulo Régis');
      await page.locator('#customer-document').pressSequentially('12abc34501de30');
      await page.locator('#customer-email').fill('paulo@');
      await page.locator('.dialog-foot .primary').last().click();
    }),
  },
  {
    name: 'link',
    act: inTurn(open('unlinked'), showPanel, press(/Vincular a cliente/), async (page) => {
      await page.locator('dialog[open] [role=combobox]').fill('mari');
      await page.locator('#customer-result-0').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }),
  },
  {
    name: 'transfer',
    act: inTurn(tab('mine'), open('main'), press(/^Transferir/), (page) => page.getByText('Carla Menezes').click()),
  },
  { name: 'finish', act: inTurn(tab('mine'), open('main'), press(/^Finalizar/)) },
  {
    name: 'closed-window',
    act: inTurn(tab('mine'), open('expired'), (page) => page.locator('.template-choice').first().waitFor()),
  },
  {
    name: 'template',
    act: inTurn(tab('mine'), open('expired'), async (page) => {
      await page.locator('.template-choice').nth(1).click();
      await page.locator('#template-body-1').fill('Célia');
    }),
  },
  {
    name: 'template-file',
    act: inTurn(withHeaderFile, tab('mine'), open('expired'), async (page) => {
      await page.locator('.template-choice').first().click();
      await page.locator('#template-file').waitFor();
      await page.locator('.header-file-field input').setInputFiles(photo);
      await page.locator('.template-preview img').waitFor();
    }),
  },
  {
    name: 'template-wrong-file',
    act: inTurn(withHeaderFile, tab('mine'), open('expired'), async (page) => {
      await page.locator('.template-choice').first().click();
      const boleto = { name: 'boleto.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(84_000) };
      await page.locator('.header-file-field input').setInputFiles(boleto);
      await page.locator('.header-file-field [role=alert]').waitFor();
    }),
  },
  {
    name: 'queued',
    act: async (page) => {
      await page.locator('.row').first().click();
      await page.locator('.log').waitFor();
    },
  },
  {
    name: 'taken',
    act: async (page) => {
      await page.locator('.row').first().click();
      await page.evaluate(() => {
        const { desk, inbox } = (window as unknown as { prosa: Prosa }).prosa;
        const bruno = desk.agents.find(({ name }) => name.startsWith('Bruno'));
        const before = desk.conversations.get(inbox.conversationId ?? '');
        // Taken by somebody else, and the event of it not here yet.
        if (before)
          desk.conversations.set(inbox.conversationId ?? '', {
            ...before,
            status: 'active',
            assignee: bruno,
            version: 9,
          } as never);
      });
      await page.locator('.accept:visible').click();
      await page.locator('.thread-notice').waitFor();
    },
  },
  { name: 'start', act: inTurn(press(/^Nova conversa/), choicesShown) },
  {
    name: 'start-filled',
    act: inTurn(press(/^Nova conversa/), choicesShown, fillStart('83991470036'), (page) =>
      page.locator('#start-body-2').fill('8812'),
    ),
  },
  {
    name: 'start-refused',
    act: inTurn(press(/^Nova conversa/), choicesShown, fillStart('83999142210'), async (page) => {
      await page.locator('#start-body-2').fill('8812');
      await page.locator('dialog[open] .send').click();
      await page.getByRole('button', { name: 'Abrir conversa' }).waitFor();
    }),
  },
  {
    name: 'start-incomplete',
    act: inTurn(press(/^Nova conversa/), choicesShown, async (page) => {
      await page.locator('#start-phone').pressSequentially('839914');
      await page.keyboard.press('Enter');
    }),
  },
  {
    name: 'awaiting',
    act: inTurn(press(/^Nova conversa/), choicesShown, fillStart('83991470036'), async (page) => {
      await page.locator('#start-body-2').fill('8812');
      await page.locator('dialog[open] .send').click();
      await page.locator('.log').waitFor();
    }),
  },
  {
    name: 'visitor',
    widths: ['wide', 'snug'],
    act: async (page) => {
      await page.evaluate(() => {
        const { desk, ids } = (window as unknown as { prosa: Prosa }).prosa;
        const conversation = desk.conversations.get(ids['unlinked'] ?? '');
        if (!conversation) return;
        const contact = { ...desk.contacts.get(conversation.contact.id), name: 'Visitante', phone: null };
        desk.contacts.set(conversation.contact.id, contact);
        const seen = { ...conversation.contact, name: 'Visitante', phone: null };
        desk.conversations.set(ids['unlinked'] ?? '', { ...conversation, origin: 'webchat', contact: seen } as never);
      });
      await open('unlinked')(page);
      await showPanel(page);
    },
  },
  { name: 'signed-out', query: 'fail=events.stream', widths: ['wide', 'snug', 'medium', 'narrow'] },
  {
    name: 'reconnecting',
    widths: ['snug'],
    act: async (page) => {
      await page.evaluate(() => {
        (window as unknown as { prosa: Prosa }).prosa.gateway.goOffline();
      });
    },
  },
  ...troubleShots,
  { name: 'not-set-up', query: 'client=none', act: (page) => page.locator('.frame > .empty').waitFor() },
  { name: 'low', query: 'height=300px', widths: ['wide', 'narrow'] },
  { name: 'empty', query: 'desk=empty' },
  { name: 'loading', query: 'hold=conversations.list' },
  {
    name: 'offline',
    act: inTurn(tab('mine'), open('main'), async (page) => {
      await page.context().setOffline(true);
      await page.evaluate(() => {
        (window as unknown as { prosa: Prosa }).prosa.gateway.goOffline();
      });
      await page.locator('.composer textarea').fill('Marina, envio assim que a conexão voltar.');
      await page.keyboard.press('Enter');
      await page.locator('.connection-notice:visible').waitFor();
    }),
  },
  {
    name: 'composing',
    act: inTurn(tab('mine'), open('main'), async (page) => {
      await page.locator('input[type=file]').setInputFiles([
        { name: 'segunda-via-outubro.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(84_000) },
        { name: 'contrato.exe', mimeType: 'application/x-msdownload', buffer: Buffer.alloc(1200) },
      ]);
      await page.locator('.composer textarea').fill('Segue a segunda via.\nQualquer coisa, me chame por aqui.');
    }),
  },
  {
    name: 'lightbox',
    widths: ['wide', 'narrow'],
    act: inTurn(open('main'), (page) => page.locator('button.media-frame').click()),
  },
  { name: 'accent', query: 'accent=%237c3aed', widths: ['wide'], act: inTurn(tab('mine'), open('main')) },
];

/** A zone in which it is half past two, so that the pictures look the same whenever they are taken. */
function afternoon(): string {
  const offset = ((14 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

await build({
  entryPoints: [join(here, 'page.ts')],
  outfile: join(here, 'pictures', 'page.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['@prosa/source', 'browser'],
  logLevel: 'warning',
});

const server = createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const folder = name === 'page.js' ? pictures : here;
  const type = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : 'text/html';
  readFile(join(folder, name.replaceAll('/', ''))).then(
    (body) => response.writeHead(200, { 'Content-Type': type }).end(body),
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

const wanted = process.argv.slice(2);
await mkdir(pictures, { recursive: true });
const browser = await launchBrowser({
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const shot of shots) {
      for (const width of shot.widths ?? (['wide', 'medium', 'narrow'] as const)) {
        const name = `${shot.name}-${width}-${theme}`;
        if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
        const [inlineSize, blockSize] = widths[width];
        const context = await browser.newContext({
          viewport: { width: inlineSize, height: blockSize },
          reducedMotion: 'reduce',
          deviceScaleFactor: 1,
          timezoneId: afternoon(),
        });
        const page = await context.newPage();
        page.on('pageerror', (error) => console.error(name, error));
        page.on('console', (message) => {
          if (message.type() === 'error') console.error(name, message.text());
        });
        page.setDefaultTimeout(6000);
        await page.goto(`${origin}/?theme=${theme}&${shot.query ?? ''}`);
        try {
          await page.locator('prosa-inbox').waitFor();
          await page.waitForTimeout(450);
          await shot.act?.(page);
        } catch (error) {
          console.error(name, error);
        }
        await page.waitForTimeout(350);
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
