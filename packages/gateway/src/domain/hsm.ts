import {
  templateLimits,
  type FieldProblem,
  type MessageTemplate,
  type TemplateComponent,
  type TemplateVariable,
} from '@prosa/core/contract';

/** A component as it is kept: also what came from Meta and cannot be sent from here. */
export type StoredComponent = MessageTemplate['components'][number];

type Component<Type extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: Type }>;
type Button = Component<'BUTTONS'>['buttons'][number];

/** A template with its variables filled in, as it is shown. */
export interface RenderedTemplate {
  readonly header: string | null;
  readonly text: string;
  readonly footer: string | null;
  readonly buttons: readonly Pick<Button, 'type' | 'text'>[];
}

export type TemplateValues = Readonly<Record<string, string>>;

const placeholder = /\{\{(\d+)\}\}/g;

/** The numbers of the variables of a text, each once, in order. */
export function placeholdersOf(text: string): readonly number[] {
  const numbers = Array.from(text.matchAll(placeholder), ([, digits]) => Number(digits));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** What has to be filled in to send it: the header's first, then the body's, then the addresses of buttons. */
export function variablesOf(components: readonly StoredComponent[]): readonly TemplateVariable[] {
  const header = componentOf(components, 'HEADER');
  const body = componentOf(components, 'BODY');
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  return [
    ...(header ? textVariables('header', header) : []),
    ...(body ? textVariables('body', body) : []),
    ...buttons.flatMap((button, index): TemplateVariable[] =>
      button.type === 'URL' && placeholdersOf(button.url).length > 0
        ? [{ key: `button.${index}.1`, component: 'BUTTON', example: button.example ?? null }]
        : [],
    ),
  ];
}

function textVariables(prefix: string, { type, text, examples }: Component<'HEADER' | 'BODY'>): TemplateVariable[] {
  return placeholdersOf(text).map((number, index) => ({
    key: `${prefix}.${number}`,
    component: type,
    example: examples[index] ?? null,
  }));
}

export function componentOf<Type extends TemplateComponent['type']>(
  components: readonly StoredComponent[],
  type: Type,
): Component<Type> | undefined {
  return components.find((component): component is Component<Type> => component.type === type);
}

/** Only what Meta approved, and only when every part of it can be filled in from here. */
export function isSendable(status: string, components: readonly StoredComponent[]): boolean {
  return (
    status === 'approved' &&
    componentOf(components, 'BODY') !== undefined &&
    components.every(({ type }) => type !== 'OTHER')
  );
}

/** The texts with the values in place. What has no value stays as it is written. */
export function renderTemplate(components: readonly StoredComponent[], values: TemplateValues): RenderedTemplate {
  const header = componentOf(components, 'HEADER');
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  return {
    header: header ? filled(header.text, 'header', values) : null,
    text: filled(componentOf(components, 'BODY')?.text ?? '', 'body', values),
    footer: componentOf(components, 'FOOTER')?.text ?? null,
    buttons: buttons.map(({ type, text }) => ({ type, text })),
  };
}

function filled(text: string, prefix: string, values: TemplateValues): string {
  return text.replace(placeholder, (written, number: string) => {
    const key = `${prefix}.${number}`;
    return Object.hasOwn(values, key) ? (values[key] ?? written) : written;
  });
}

/**
 * What is wrong with the values for a template. Meta takes no new lines, no tabs and no more than four blanks in a row
 * in a value, and measures the text with its values in place (Meta, "Error codes", 132005 and 132018).
 * @param path where the values are in the request
 */
export function valueProblems(
  components: readonly StoredComponent[],
  values: TemplateValues,
  path: string,
): readonly FieldProblem[] {
  const keys = variablesOf(components).map(({ key }) => key);
  const problems = [
    ...keys.flatMap((key) => {
      const message = Object.hasOwn(values, key) ? valueProblem(values[key] ?? '') : 'is missing';
      return message === null ? [] : [{ path: `${path}.${key}`, message }];
    }),
    ...Object.keys(values)
      .filter((key) => !keys.includes(key))
      .map((key) => ({ path: `${path}.${key}`, message: 'is no variable of this template' })),
  ];
  return problems.length > 0 ? problems : lengthProblems(renderTemplate(components, values), path);
}

function valueProblem(value: string): string | null {
  if (value.trim() === '') return 'must not be empty';
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  if (/[\u0000-\u001f\u007f]/.test(value)) return 'must not have new lines, tabs or other control characters';
  return / {5}/.test(value) ? 'must not have more than four blanks in a row' : null;
}

function lengthProblems({ header, text }: RenderedTemplate, path: string): FieldProblem[] {
  const tooLong = (part: string, limit: number) => ({
    path,
    message: `make the ${part} longer than ${limit} characters`,
  });
  return [
    ...(lengthOf(header ?? '') > templateLimits.header ? [tooLong('header', templateLimits.header)] : []),
    ...(lengthOf(text) > templateLimits.body ? [tooLong('text', templateLimits.body)] : []),
  ];
}

/** In characters as people count them. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
