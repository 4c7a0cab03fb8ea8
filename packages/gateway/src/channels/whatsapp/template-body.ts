import {
  codeButtonOf,
  hasNamedVariables,
  placeholdersOf,
  type StoredButton,
  type StoredComponent,
  type TemplateCard,
} from '../../domain/hsm.ts';

type Json = Readonly<Record<string, unknown>>;
type Header = Extract<StoredComponent, { readonly type: 'HEADER' }>;
type Body = Extract<StoredComponent, { readonly type: 'BODY' }>;

/** What Meta knows the example files of headers and cards by, by our own ids of them. */
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
  const isCode = codeButtonOf(components) !== undefined;
  const bodies = components.map((component) =>
    isCode ? codeBody(component) : componentBody(component, named, handles),
  );
  return bodies.every((body) => body !== null) ? bodies : null;
}

function componentBody(component: StoredComponent, named: boolean, handles: HeaderHandles): Json | null {
  switch (component.type) {
    case 'HEADER':
      return headerBody(component, named, handles);
    case 'BODY':
      return textBody(component, named);
    case 'FOOTER':
      return { type: component.type, text: component.text };
    case 'BUTTONS': {
      const buttons = component.buttons.map(buttonBody);
      return buttons.every((button) => button !== null) ? { type: component.type, buttons } : null;
    }
    case 'OFFER': {
      const { text, expires } = component;
      return { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text, has_expiration: expires } };
    }
    case 'CAROUSEL': {
      const cards = component.cards.map((card) => cardBody(card, named, handles));
      return cards.every((card) => card !== null) ? { type: component.type, cards } : null;
    }
    case 'OTHER':
      return null;
  }
}

/** A part of a template for a code: Meta writes its words. */
function codeBody(component: StoredComponent): Json | null {
  switch (component.type) {
    case 'BODY':
      return { type: component.type, add_security_recommendation: component.securityRecommendation ?? false };
    case 'FOOTER': {
      const { type, codeExpirationMinutes } = component;
      return codeExpirationMinutes === undefined ? null : { type, code_expiration_minutes: codeExpirationMinutes };
    }
    case 'BUTTONS': {
      const buttons = component.buttons.map(codeButtonBody);
      return buttons.every((button) => button !== null) ? { type: component.type, buttons } : null;
    }
    default:
      return null;
  }
}

/** `null`: it was made at Meta, which does not tell all of it. */
function codeButtonBody(button: StoredButton): Json | null {
  if (button.type !== 'OTP' || button.otpType === undefined) return null;
  const { type, otpType, text, autofillText, apps, acceptsZeroTapTerms } = button;
  if (otpType !== 'COPY_CODE' && apps === undefined) return null;
  return {
    type,
    otp_type: otpType,
    text,
    ...(autofillText !== undefined && { autofill_text: autofillText }),
    ...(apps !== undefined && {
      supported_apps: apps.map(({ packageName, signatureHash }) => ({
        package_name: packageName,
        signature_hash: signatureHash,
      })),
    }),
    ...(otpType === 'ZERO_TAP' && { zero_tap_terms_accepted: acceptsZeroTapTerms ?? false }),
  };
}

function textBody({ type, text, examples }: Body, named: boolean): Json {
  if (!hasVariables(text)) return { type, text };
  const example = named ? { body_text_named_params: namedExamples(text, examples) } : { body_text: [examples] };
  return { type, text, example };
}

function cardBody(
  { format, attachmentId, text, examples, buttons }: TemplateCard,
  named: boolean,
  handles: HeaderHandles,
) {
  const header = headerBody({ type: 'HEADER', format, examples: [], attachmentId }, named, handles);
  if (header === null) return null;
  const body = text === null ? [] : [textBody({ type: 'BODY', text, examples }, named)];
  return { components: [header, ...body, { type: 'BUTTONS', buttons: buttons.map(buttonBody) }] };
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
      // Without the blanks and dashes that people write.
      return { type: button.type, text: button.text, phone_number: button.phoneNumber.replace(/[^\d+]/g, '') };
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
