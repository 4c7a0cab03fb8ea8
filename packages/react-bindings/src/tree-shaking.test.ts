import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Files of our packages of which something is left in a page that has this line. */
async function leftOf(line: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `${line}\nconsole.log(used);`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    minify: true,
    conditions: ['@prosa/source'],
    external: ['react'],
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

const inbox = 'widget-inbox/src/inbox/prosa-inbox.ts';
const webchat = 'widget-webchat/src/webchat/prosa-webchat.ts';
const panel = 'widget-inbox/src/customer-panel/prosa-customer-panel.ts';

it('a page with hooks alone has no widget in it, from either entry', async () => {
  for (const entry of ['@prosa/react', '@prosa/react/hooks']) {
    const files = await leftOf(`import { useUnread as used } from '${entry}';`);
    expect(files.filter((file) => !/^(react-bindings|core)\/|<stdin>/.test(file))).toEqual([]);
  }
});

it('a page with the customer panel has no inbox in it', async () => {
  const files = await leftOf(`import { CustomerPanel as used } from '@prosa/react';`);
  expect(files).toContain(panel);
  expect(files).not.toContain(inbox);
});

it('a page with the webchat has it registered, and nothing of the desk in it', async () => {
  for (const entry of ['@prosa/react', '@prosa/react/webchat']) {
    const files = await leftOf(`import { Webchat as used } from '${entry}';`);
    expect(files).toContain(webchat);
    expect(files).toContain('widget-webchat/src/define.ts');
    expect(files.filter((file) => /^widget-inbox\/|core\/src\/client\/create-client/.test(file))).toEqual([]);
  }
});

it('a page with the inbox has it registered', async () => {
  const files = await leftOf(`import { Inbox as used } from '@prosa/react';`);
  expect(files).toContain(inbox);
  expect(files).toContain('widget-inbox/src/define/prosa-inbox.ts');
  expect(files).not.toContain(webchat);
});
