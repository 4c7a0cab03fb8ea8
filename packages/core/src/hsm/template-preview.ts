import type { MessageTemplate } from '../contract/index.ts';

export interface TemplatePreview {
  readonly header: string | null;
  readonly text: string;
  readonly footer: string | null;
  readonly buttons: readonly {
    readonly type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE' | 'FLOW' | 'OTHER';
    readonly text: string;
  }[];
}

type Values = Readonly<Record<string, string>>;

/** The template as the customer will read it. A variable without a text stays as it is written: `{{1}}`. */
export function templatePreview(
  { components }: Pick<MessageTemplate, 'components'>,
  variables: Values,
): TemplatePreview {
  const preview = {
    header: null as string | null,
    text: '',
    footer: null as string | null,
    buttons: [] as TemplatePreview['buttons'],
  };
  for (const component of components) {
    if (component.type === 'HEADER') preview.header = component.text ? fill(component.text, 'header', variables) : null;
    else if (component.type === 'BODY') preview.text = fill(component.text, 'body', variables);
    else if (component.type === 'FOOTER') preview.footer = component.text;
    else if (component.type === 'BUTTONS')
      preview.buttons = component.buttons.map(({ type, text }) => ({
        type: type === 'OTP' ? 'COPY_CODE' : type,
        text,
      }));
  }
  return preview;
}

/** Keys of the variables that have no text yet. */
export function missingVariables({ variables }: Pick<MessageTemplate, 'variables'>, values: Values): readonly string[] {
  return variables.map(({ key }) => key).filter((key) => !values[key]?.trim());
}

function fill(text: string, part: string, values: Values): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[`${part}.${name}`]?.trim() || whole);
}
