export type TemplateStatus = 'APPROVED' | 'DELETED' | 'DISABLED' | 'PAUSED' | 'PENDING' | 'REJECTED';

export type TemplateCategory = 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';

export type TemplateButtonType =
  | 'CATALOG'
  | 'COPY_CODE'
  | 'FLOW'
  | 'MPM'
  | 'ORDER_DETAILS'
  | 'OTP'
  | 'PHONE_NUMBER'
  | 'QUICK_REPLY'
  | 'REQUEST_CONTACT_INFO'
  | 'SPM'
  | 'URL'
  | 'VOICE_CALL';

export interface TemplateButton {
  readonly type: TemplateButtonType;
  readonly text: string;
  readonly url?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly flow_id?: string | undefined;
  readonly otp_type?: string | undefined;
  readonly example?: unknown;
}

export type TemplateHeaderFormat = 'DOCUMENT' | 'IMAGE' | 'LOCATION' | 'PRODUCT' | 'TEXT' | 'VIDEO';

/** What one card of a carousel is made of. */
export type TemplateCardComponent = Extract<TemplateComponent, { readonly type: 'BODY' | 'BUTTONS' | 'HEADER' }>;

/** Component in the shape and case in which Meta's `GET` returns it. */
export type TemplateComponent =
  | {
      readonly type: 'HEADER';
      readonly format: TemplateHeaderFormat;
      readonly text?: string | undefined;
      readonly example?: unknown;
    }
  | {
      readonly type: 'BODY';
      readonly text: string;
      readonly example?: unknown;
      /** Of authentication templates, whose words are Meta's own. */
      readonly add_security_recommendation?: boolean | undefined;
    }
  | { readonly type: 'FOOTER'; readonly text: string; readonly code_expiration_minutes?: number | undefined }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly TemplateButton[] }
  | {
      readonly type: 'LIMITED_TIME_OFFER';
      readonly limited_time_offer: { readonly text: string; readonly has_expiration?: boolean | undefined };
    }
  | { readonly type: 'CAROUSEL'; readonly cards: readonly { readonly components: readonly TemplateCardComponent[] }[] }
  | { readonly type: 'CALL_PERMISSION_REQUEST' };

/** The component of this type, if the template has one. */
export function componentOf<T extends TemplateComponent['type']>(
  components: readonly TemplateComponent[],
  type: T,
): Extract<TemplateComponent, { readonly type: T }> | undefined {
  return components.find((each): each is Extract<TemplateComponent, { readonly type: T }> => each.type === type);
}

export interface TemplateInput {
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status?: TemplateStatus | undefined;
  readonly parameter_format?: 'NAMED' | 'POSITIONAL' | undefined;
  readonly components: readonly TemplateComponent[];
}

/** Why a review said no; Meta's words. `NONE` for a template that was not rejected. */
export type TemplateRejection =
  | 'ABUSIVE_CONTENT'
  | 'INCORRECT_CATEGORY'
  | 'INVALID_FORMAT'
  | 'NONE'
  | 'PROMOTIONAL'
  | 'SCAM'
  | 'TAG_CONTENT_MISMATCH';

export type TemplateQuality = 'GREEN' | 'RED' | 'UNKNOWN' | 'YELLOW';

/** A message template (HSM) of one business account. */
export interface Template extends Required<TemplateInput> {
  readonly id: string;
  readonly wabaId: string;
  readonly status: TemplateStatus;
  readonly parameter_format: 'NAMED' | 'POSITIONAL';
  /** Absent means `NONE`. */
  readonly rejected_reason?: TemplateRejection | undefined;
  /** Seconds; absent means Meta's default for the category. */
  readonly message_send_ttl_seconds?: number | undefined;
  /** When its review ends, in milliseconds; only while it waits for one. */
  readonly reviewAt?: number | undefined;
  /** When it was edited while it was approved, in milliseconds. */
  readonly edits?: readonly number[] | undefined;
  /** Its name stays taken for a while after this, in milliseconds; only of deleted templates that could be sent. */
  readonly deletedAt?: number | undefined;
  /** Absent means `GREEN`. */
  readonly quality?: TemplateQuality | undefined;
  /** Its category before Meta changed it. */
  readonly previous_category?: TemplateCategory | undefined;
}

const variable = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** Names of the variables of a template text, in order of first appearance. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(variable), (match) => match[1] ?? ''))];
}

export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, name: string) => values.get(name) ?? whole);
}

export function findTemplate(
  templates: Iterable<Template>,
  wabaId: string,
  name: string,
  language: string,
): Template | undefined {
  for (const each of templates) {
    if (each.wabaId === wabaId && each.name === name && each.language === language) return each;
  }
  return undefined;
}
