export type TemplateStatus = 'APPROVED' | 'DELETED' | 'DISABLED' | 'PAUSED' | 'PENDING' | 'REJECTED';

export type TemplateCategory = 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';

export interface TemplateButton {
  readonly type: 'COPY_CODE' | 'FLOW' | 'OTP' | 'PHONE_NUMBER' | 'QUICK_REPLY' | 'URL';
  readonly text: string;
  readonly url?: string | undefined;
  readonly phone_number?: string | undefined;
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

/** A message template (HSM) of one business account. */
export interface Template extends Required<TemplateInput> {
  readonly id: string;
  readonly wabaId: string;
  readonly status: TemplateStatus;
  readonly parameter_format: 'NAMED' | 'POSITIONAL';
}

/** Names of the variables of a template text, in order of first appearance. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/g), (match) => match[1] ?? ''))];
}

export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{\s*([a-z0-9_]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);
}
