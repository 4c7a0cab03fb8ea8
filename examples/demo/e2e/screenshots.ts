import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { photoBytes } from './files.ts';
import { inboxOf, openStage, phoneOf, type Stage } from './stage.ts';

// Pictures of every state, light and dark, wide and narrow, for a person to look at: `npm run screenshots`, or with
// words behind `--` only those whose name has one of them. The picture of the README is `readme`.

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = join(root, '.cache', 'screenshots');
const widths = { wide: 1440, medium: 1000, narrow: 390 } as const;

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly set?: (page: Page, width: keyof typeof widths) => Promise<unknown>;
}

async function openRow(page: Page, tab: string, name: string): Promise<void> {
  await inboxOf(page).tab(tab).click();
  await inboxOf(page).row(name).click();
  await inboxOf(page).thread.waitFor();
}

const scenes: readonly Scene[] = [
  { name: 'desk', path: '/', set: (page) => openRow(page, 'Meus', 'Padaria') },
  { name: 'crm-list', path: '/crm', set: (page) => inboxOf(page).tab('Tudo').click() },
  { name: 'crm-waiting', path: '/crm', set: (page) => openRow(page, 'Esperando', 'Tainá') },
  { name: 'crm-mine', path: '/crm', set: (page) => openRow(page, 'Meus', 'Padaria') },
  { name: 'crm-others', path: '/crm', set: (page) => openRow(page, 'Tudo', 'Severino') },
  {
    name: 'crm-transfer',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await inboxOf(page).button('Transferir').click();
    },
  },
  {
    name: 'crm-finish',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await inboxOf(page).button('Finalizar').click();
    },
  },
  {
    name: 'crm-upload',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await inboxOf(page).files.first().setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: photoBytes });
    },
  },
  {
    name: 'crm-offline',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await page.context().setOffline(true);
      await inboxOf(page).write('Um momento, por favor');
    },
  },
  {
    name: 'crm-template',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await inboxOf(page).button('Enviar modelo').click();
      await inboxOf(page).root.locator('.template-choice').first().waitFor();
    },
  },
  {
    name: 'crm-leave',
    path: '/crm',
    async set(page) {
      await openRow(page, 'Meus', 'Padaria');
      await page.context().setOffline(true);
      await inboxOf(page).write('Um momento, por favor');
      await page.getByRole('combobox', { name: 'Usuário do CRM' }).selectOption({ label: 'Bruno Tavares' });
      await page.getByRole('dialog', { name: 'Trocar de usuário?' }).waitFor();
    },
  },
  {
    name: 'crm-register',
    path: '/crm',
    async set(page, width) {
      if (width !== 'wide') return;
      await openRow(page, 'Esperando', 'Tainá');
      await inboxOf(page).root.getByRole('button', { name: 'Cadastrar novo cliente' }).click();
    },
  },
  { name: 'crm-customers', path: '/crm#clientes' },
  { name: 'phone', path: '/phone?phone=558196317788' },
];

async function picture(stage: Stage, scene: Scene, width: keyof typeof widths, dark: boolean): Promise<void> {
  const page = await stage.open(scene.path, { dark, width: widths[width], height: width === 'narrow' ? 844 : 900 });
  const name = `${scene.name}-${width}-${dark ? 'dark' : 'light'}`;
  try {
    await scene.set?.(page, width);
    await settled(page);
    writeFileSync(join(folder, `${name}.png`), await page.screenshot());
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
  } finally {
    await page.context().close();
  }
}

/** The picture of the README: a customer writes, an agent answers. */
async function pictureOfReadme(stage: Stage): Promise<void> {
  const page = await stage.open('/', { width: 1440, height: 860 });
  await phoneOf(page).write('Oi, boa tarde! Não recebi o boleto deste mês.');
  await inboxOf(page).row('Marina').click();
  await inboxOf(page).button('Atender').click();
  await inboxOf(page).write('Boa tarde, Marina! Já localizei aqui. *Envio em seguida.*');
  await inboxOf(page).thread.getByRole('img', { name: 'Lida' }).nth(1).waitFor();
  await settled(page);
  await page.screenshot({ path: join(root, 'docs', 'images', 'inbox.png') });
  await page.context().close();
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Two frames and a little: what was asked for has been drawn.
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
  });
}

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.some((word) => name.includes(word));

mkdirSync(folder, { recursive: true });
mkdirSync(join(root, 'docs', 'images'), { recursive: true });
const stage = await openStage();
try {
  for (const scene of scenes.filter(({ name }) => isWanted(name))) {
    for (const width of Object.keys(widths) as (keyof typeof widths)[]) {
      for (const dark of [false, true]) await picture(stage, scene, width, dark);
    }
  }
  if (isWanted('readme')) await pictureOfReadme(stage);
  console.log(`${folder}`);
} finally {
  await stage.close();
}
