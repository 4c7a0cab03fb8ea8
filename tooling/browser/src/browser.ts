import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** How to start the browser that tests drive. Hand on `args` and `env` together with the path. */
export interface TestBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

// No `--disable-web-security` and the like: tests of origins would prove nothing.
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

// The packaged one names folders that only its maker's platform has.
const fontsConfig = (cacheFolder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cacheFolder}</cachedir>
</fontconfig>
`;

let found: Promise<TestBrowser> | undefined;

/**
 * Finds a Chromium: `CHROME_PATH`, else the one inside `@sparticuz/chromium` (Linux x64, unpacked once into
 * `.cache/chromium`), else an installed Chrome.
 */
export function testBrowser(): Promise<TestBrowser> {
  return (found ??= findBrowser());
}

/** The path alone. The packaged Chromium brings its own libraries: start it with {@link testBrowser}'s `env`. */
export async function browserPath(): Promise<string> {
  return (await testBrowser()).executablePath;
}

/** Starts a headless browser with playwright-core. The caller closes it. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await testBrowser();
  return chromium.launch({
    timeout: 60_000,
    ...options,
    executablePath: browser.executablePath,
    args: [...browser.args, ...(options.args ?? [])],
    env: { ...browser.env, ...options.env },
  });
}

async function findBrowser(): Promise<TestBrowser> {
  const inherited = definedEnv();
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return { executablePath: chosen, args, env: inherited };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await unpacked();
    return {
      executablePath: join(folder, 'chromium'),
      args,
      env: {
        ...inherited,
        FONTCONFIG_PATH: join(folder, 'fonts'),
        LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), inherited['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      },
    };
  }
  const path = installed.find((candidate) => existsSync(candidate));
  if (!path) throw new Error('unable to find a browser for the tests; set CHROME_PATH to a Chrome or Chromium');
  return { executablePath: path, args, env: inherited };
}

async function unpacked(): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const folder = join(root, '.cache', 'chromium', version);
  if (existsSync(folder)) return folder;
  // Renamed into place when complete: a run that was cut short, or a second one beside this, leaves nothing half-done.
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await promisify(execFile)(process.execPath, [join(dirname(fileURLToPath(import.meta.url)), 'unpack.ts')], {
    env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  });
  await writeFile(join(partial, 'fonts', 'fonts.conf'), fontsConfig(join(folder, 'font-cache')));
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]));
}
