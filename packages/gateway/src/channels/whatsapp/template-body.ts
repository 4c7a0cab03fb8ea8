import type { TemplateComponent } from '@prosa/core/contract';
import { placeholdersOf, type StoredComponent } from '../../domain/hsm.ts';

type Button = Extract<TemplateComponent, { readonly type: 'BUTTONS' }>['buttons'][number];
type Json = Readonly<Record<string, unknown>>;

/**
 * Components as `POST /message_templates` takes them (Meta, "Template components"). `null` when one of them was not
 * written here: it cannot be written back.
 */
export function templateComponents(components: readonly StoredComponent[]): readonly Json[] | null {
  const bodies = components.map((component) => (component.type === 'OTHER' ? null : componentBody(component)));
  return bodies.every((body) => body !== null) ? bodies : null;
}

function componentBody(component: TemplateComponent): Json {
  switch (component.type) {
    case 'HEADER': {
      const { type, format, text, examples } = component;
      return { type, format, text, ...(hasVariables(text) && { example: { header_text: examples } }) };
    }
    case 'BODY': {
      const { type, text, examples } = component;
      return { type, text, ...(hasVariables(text) && { example: { body_text: [examples] } }) };
    }
    case 'FOOTER':
      return { type: component.type, text: component.text };
    case 'BUTTONS':
      return { type: component.type, buttons: component.buttons.map(buttonBody) };
  }
}

function buttonBody(button: Button): Json {
  switch (button.type) {
    case 'QUICK_REPLY':
      return { type: button.type, text: button.text };
    case 'URL': {
      const { type, text, url, example } = button;
      return { type, text, url, ...(hasVariables(url) && { example: [example ?? ''] }) };
    }
    case 'PHONE_NUMBER':
      return { type: button.type, text: button.text, phone_number: button.phoneNumber };
  }
}

function hasVariables(text: string): boolean {
  return placeholdersOf(text).length > 0;
}
