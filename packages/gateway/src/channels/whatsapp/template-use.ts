import type { TemplateValues } from '../../domain/hsm.ts';

interface StoredUse {
  readonly name: string;
  readonly language: string;
  readonly raw?: { readonly variables?: TemplateValues };
}

interface Parameters {
  readonly type: 'header' | 'body' | 'button';
  readonly parameters: readonly { readonly type: 'text'; readonly text: string }[];
}

/** The `template` object of a message (Meta, "Template messages"): parts without variables are left out. */
export function templateUse(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { name, language, raw } = content as unknown as StoredUse;
  const values = Object.entries(raw?.variables ?? {}).map(([key, text]) => ({ place: key.split('.'), text }));
  const textsOf = (type: 'header' | 'body') =>
    values
      .filter(({ place }) => place[0] === type)
      .sort((a, b) => Number(a.place[1]) - Number(b.place[1]))
      .map(({ text }) => ({ type: 'text', text }) as const);
  const buttons = values
    .filter(({ place }) => place[0] === 'button')
    .map(({ place: [, index], text }) => ({
      type: 'button' as const,
      sub_type: 'url',
      index,
      parameters: [{ type: 'text', text } as const],
    }));
  const texts = (['header', 'body'] as const).map((type) => ({ type, parameters: textsOf(type) }));
  const components: readonly Parameters[] = [...texts.filter(({ parameters }) => parameters.length > 0), ...buttons];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}
