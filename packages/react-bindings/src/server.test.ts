import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** What a server in plain Node answers, on that React. */
async function renderOnServer(major: number): Promise<{ html: string; complaints: string[]; hasDocument: boolean }> {
  const outDir = await mkdtemp(join(tmpdir(), 'prosa-react-'));
  try {
    const outfile = join(outDir, 'server.cjs');
    await build({
      entryPoints: [join(folder, 'src/testing/server-page.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['@prosa/source'],
      alias: {
        react: join(folder, `node_modules/react-${major}`),
        'react-dom': join(folder, `node_modules/react-dom-${major}`),
      },
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
    return JSON.parse(stdout) as Awaited<ReturnType<typeof renderOnServer>>;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

it.each([18, 19])('renders bare tags on a server, on React %i', async (major) => {
  const { html, complaints, hasDocument } = await renderOnServer(major);
  expect(hasDocument).toBe(false);
  expect(html.replace(/hidden="(true)?"/, 'hidden')).toBe(
    '<prosa-inbox lang="pt-BR" class="tall"><p slot="panel">CRM</p></prosa-inbox>' +
      '<prosa-customer-panel hidden></prosa-customer-panel>' +
      '<prosa-webchat lang="es"></prosa-webchat>' +
      '<p>loading loading idle 0 idle function</p>',
  );
  expect(complaints.filter((text) => !text.includes('dev mode'))).toEqual([]);
});
