export type TemplateStatus = 'APPROVED' | 'DELETED' | 'DISABLED' | 'PAUSED' | 'PENDING' | 'REJECTED';

export type TemplateCategory = 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';

export interface TemplateButton {
  readonly type: 'COPY_CODE' | 'FLOW' | 'OTP' | 'PHONE_NUMBER' | 'QUICK_REPLY' | 'URL';
  readonly text: string;
  readonly url?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly flow_id?: string | undefined;
  readonly example?: unknown;
}

/** Component in the shape and case in which Meta's `GET` returns it. */
export type TemplateComponent =
  | {
      readonly type: 'HEADER';
      readonly format: 'DOCUMENT' | 'IMAGE' | 'LOCATION' | 'TEXT' | 'VIDEO';
      readonly text?: string | undefined;
      readonly example?: unknown;
    }
  | { readonly type: 'BODY'; readonly text: string; readonly example?: unknown }
  | { readonly type: 'FOOTER'; readonly text: string }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly TemplateButton[] };

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
