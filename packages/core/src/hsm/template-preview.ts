import type { MessageContent, MessageTemplate } from '../contract/index.ts';

type Content = Extract<MessageContent, { readonly type: 'template' }>;

/** What a message with the template shows; `offer` and `cards` where it has them. */
export interface TemplatePreview extends Pick<Content, 'header' | 'text' | 'footer' | 'buttons' | 'offer'> {
  readonly cards?: readonly Pick<NonNullable<Content['cards']>[number], 'text' | 'buttons'>[];
}

type Values = Readonly<Record<string, string>>;
type Button = Extract<MessageTemplate['components'][number], { readonly type: 'BUTTONS' }>['buttons'][number];

/**
 * The template as the customer will read it: header and footer `null`, buttons empty where there are none. A variable
 * without a text stays as it is written: `{{1}}`.
 */
export function templatePreview(
  { components }: Pick<MessageTemplate, 'components'>,
  variables: Values,
): TemplatePreview {
  let preview: TemplatePreview = { header: null, text: '', footer: null, buttons: [] };
  const add = (part: Partial<TemplatePreview>) => (preview = { ...preview, ...part });
  for (const component of components) {
    switch (component.type) {
      case 'HEADER':
        if (component.text) add({ header: fill(component.text, 'header', variables) });
        break;
      case 'BODY':
        add({ text: fill(component.text, 'body', variables) });
        break;
      case 'FOOTER':
        add({ footer: component.text });
        break;
      case 'BUTTONS':
        add({ buttons: component.buttons.map(shown) });
        break;
      case 'OFFER':
        add({ offer: component.text });
        break;
      case 'CAROUSEL':
        add({
          cards: component.cards.map(({ text, buttons }, index) => ({
            text: text && fill(text, `card.${index}.body`, variables),
            buttons: buttons.map(shown),
          })),
        });
        break;
      case 'OTHER':
    }
  }
  return preview;
}

/** Keys of the variables that have no text yet. */
export function missingVariables({ variables }: Pick<MessageTemplate, 'variables'>, values: Values): readonly string[] {
  return variables.map(({ key }) => key).filter((key) => !values[key]?.trim());
}

/** To whoever reads it, the button of a code copies it. */
function shown({ type, text }: Button): Content['buttons'][number] {
  return { type: type === 'OTP' ? 'COPY_CODE' : type, text };
}

function fill(text: string, part: string, values: Values): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const key = `${part}.${name}`;
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return value?.trim() ? value : whole;
  });
}
