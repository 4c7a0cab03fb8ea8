import { rollup } from 'rollup';
import { expect, it } from 'vitest';
import { shortenTemplates } from './shorten-templates.ts';

async function shorten(code: string): Promise<string> {
  const source = { name: 'source', resolveId: (id: string) => (id === 'in' ? id : false), load: () => code } as const;
  const build = await rollup({ input: 'in', external: /^(lit|other)/, plugins: [source, shortenTemplates()] });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  return output[0].code;
}

it('shortens what is tagged with Lit, under any local name', async () => {
  const code = await shorten(
    "import { html as h, css } from 'lit';\nconst html = 1;\nexport const a = h`<p>\n  ${h`<b>\n x</b>`}\n</p>`, c = html, b = css`\n a { color: red }\n`;",
  );
  expect(code).toMatch(/`<p> \$\{[\w$]+`<b> x<\/b>`} <\/p>`/);
  expect(code).toContain('css`a{color:red}`');
});

it('leaves the templates of others alone', async () => {
  const code = await shorten(
    "import { css } from 'lit';\nimport { html } from 'other';\nexport const a = html`<p>\n  x`, b = `\n  y`, c = css`a {}`;",
  );
  expect(code).toContain('html`<p>\n  x`');
  expect(code).toContain('`\n  y`');
});

it('leaves markup with escapes alone whose meaning it does not follow', async () => {
  const code = await shorten("import { html } from 'lit';\nexport const a = html`<p\n title=\\x22a\n b\\x22>`;");
  expect(code).toContain('html`<p\n title=\\x22a\n b\\x22>`');
});

it('escapes what CSS puts into the template', async () => {
  const code = await shorten(
    "import { css } from 'lit';\nexport const a = css`a::before { content: '\\\\201C \\`\\${1}' }`;",
  );
  expect(code).toContain('css`a:before{content:"“\\`\\${1}"}`');
});
