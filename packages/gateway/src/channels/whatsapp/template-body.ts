import { hasNamedVariables, placeholdersOf, type StoredButton, type StoredComponent } from '../../domain/hsm.ts';

type Json = Readonly<Record<string, unknown>>;
type Header = Extract<StoredComponent, { readonly type: 'HEADER' }>;

/** What Meta knows the example files of headers by, by our own ids of them. */
export type HeaderHandles = ReadonlyMap<string, string>;

/**
 * Components as `POST /message_templates` takes them (Meta, "Template components"). `null` when one of them cannot be
 * written from here.
 */
export function templateComponents(
  components: readonly StoredComponent[],
  handles: HeaderHandles = new Map(),
): readonly Json[] | null {
  const named = hasNamedVariables(components);
  const bodies = components.map((component) => componentBody(component, named, handles));
  return bodies.every((body) => body !== null) ? bodies : null;
}

function componentBody(component: StoredComponent, named: boolean, handles: HeaderHandles): Json | null {
  switch (component.type) {
    case 'HEADER':
      return headerBody(component, named, handles);
    case 'BODY': {
      const { type, text, examples } = component;
      if (!hasVariables(text)) return { type, text };
      const example = named ? { body_text_named_params: namedExamples(text, examples) } : { body_text: [examples] };
      return { type, text, example };
    }
    case 'FOOTER':
      return { type: component.type, text: component.text };
    case 'BUTTONS': {
      const buttons = component.buttons.map(buttonBody);
      return buttons.every((button) => button !== null) ? { type: component.type, buttons } : null;
    }
    default:
      return null;
  }
}

function headerBody(
  { type, format, text = '', examples, attachmentId }: Header,
  named: boolean,
  handles: HeaderHandles,
) {
  if (format === 'LOCATION') return { type, format };
  if (format !== 'TEXT') {
    const handle = attachmentId === undefined ? undefined : handles.get(attachmentId);
    return handle === undefined ? null : { type, format, example: { header_handle: [handle] } };
  }
  if (!hasVariables(text)) return { type, format, text };
  const example = named ? { header_text_named_params: namedExamples(text, examples) } : { header_text: examples };
  return { type, format, text, example };
}

function namedExamples(text: string, examples: readonly string[]): Json[] {
  return placeholdersOf(text).map((name, index) => ({ param_name: name, example: examples[index] ?? '' }));
}

function buttonBody(button: StoredButton): Json | null {
  switch (button.type) {
    case 'QUICK_REPLY':
      return { type: button.type, text: button.text };
    case 'URL': {
      const { type, text, url, example } = button;
      return { type, text, url, ...(hasVariables(url) && { example: [example ?? ''] }) };
    }
    case 'PHONE_NUMBER':
      return { type: button.type, text: button.text, phone_number: button.phoneNumber };
    case 'COPY_CODE':
      return { type: button.type, example: button.example };
    case 'FLOW': {
      const { type, text, flowId, action, screen } = button;
      const target = screen === undefined || screen === null ? {} : { navigate_screen: screen };
      return { type, text, flow_id: flowId, flow_action: action, ...target };
    }
    case 'OTP':
      return null;
  }
}

function hasVariables(text: string): boolean {
  return placeholdersOf(text).length > 0;
}
