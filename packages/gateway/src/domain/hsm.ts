import {
  templateLimits,
  type FieldProblem,
  type MessageTemplate,
  type TemplateNeed,
  type TemplateVariable,
} from '@prosa/core/contract';
import { templatePreview } from '@prosa/core/headless';

/** A component as it is kept: also what came from Meta and cannot be sent from here. */
export type StoredComponent = MessageTemplate['components'][number];

type Component<Type extends StoredComponent['type']> = Extract<StoredComponent, { readonly type: Type }>;
export type StoredButton = Component<'BUTTONS'>['buttons'][number];
export type TemplateCard = Component<'CAROUSEL'>['cards'][number];

export type TemplateValues = Readonly<Record<string, string>>;

const placeholder = /\{\{(\d+|[a-z][a-z0-9_]*)\}\}/g;

/** The variables of a text, each once: numbers in their order, then names as they come. */
export function placeholdersOf(text: string): readonly string[] {
  const names = [...new Set(Array.from(text.matchAll(placeholder), ([, name = '']) => name))];
  const isNumber = (name: string) => /^\d/.test(name);
  return [...names.filter(isNumber).sort((a, b) => Number(a) - Number(b)), ...names.filter((name) => !isNumber(name))];
}

/** Whether its variables have names (Meta, `parameter_format`). */
export function hasNamedVariables(components: readonly StoredComponent[]): boolean {
  return textsOf(components).some((text) => placeholdersOf(text).some((name) => !/^\d/.test(name)));
}

function textsOf(components: readonly StoredComponent[]): readonly string[] {
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? [];
  const texts = [componentOf(components, 'HEADER')?.text, componentOf(components, 'BODY')?.text];
  return [...texts, ...cards.map(({ text }) => text)].filter((text) => typeof text === 'string');
}

/** What has to be filled in to send it: the header's first, then the body's, the buttons' and the cards'. */
export function variablesOf(components: readonly StoredComponent[]): readonly TemplateVariable[] {
  const header = componentOf(components, 'HEADER');
  const body = componentOf(components, 'BODY');
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? [];
  return [
    ...(header?.text === undefined ? [] : textVariables('header', 'HEADER', header.text, header.examples)),
    ...(body ? textVariables('body', 'BODY', body.text, body.examples) : []),
    ...buttonVariables('button', 'BUTTON', buttons),
    ...cards.flatMap(({ text, examples, buttons: ofCard }, index) => [
      ...textVariables(`card.${index}.body`, 'CARD', text ?? '', examples),
      ...buttonVariables(`card.${index}.button`, 'CARD', ofCard),
    ]),
  ];
}

type Place = TemplateVariable['component'];

function textVariables(prefix: string, component: Place, text: string, examples: readonly string[]) {
  return placeholdersOf(text).map((name, index): TemplateVariable => ({
    key: `${prefix}.${name}`,
    component,
    example: examples[index] ?? null,
  }));
}

function buttonVariables(prefix: string, component: Place, buttons: readonly StoredButton[]): TemplateVariable[] {
  return buttons.flatMap((button, index): TemplateVariable[] => {
    const key = buttonKey(prefix, index, button);
    const example = 'example' in button ? (button.example ?? null) : null;
    return key === null ? [] : [{ key, component, example }];
  });
}

/** The variable of a button; `null`: it has none. */
export function buttonKey(prefix: string, index: number, button: StoredButton): string | null {
  if (button.type === 'COPY_CODE') return `${prefix}.${index}.code`;
  return button.type === 'URL' && placeholdersOf(button.url).length > 0 ? `${prefix}.${index}.1` : null;
}

/** What a message with it must have beside the texts of its variables. */
export function needsOf(components: readonly StoredComponent[]): readonly TemplateNeed[] {
  const format = componentOf(components, 'HEADER')?.format ?? 'TEXT';
  return [
    ...(format === 'TEXT' ? [] : [format.toLowerCase() as TemplateNeed]),
    ...(componentOf(components, 'OFFER')?.expires === true ? (['offer_end'] as const) : []),
    ...(componentOf(components, 'CAROUSEL') ? (['card_files'] as const) : []),
  ];
}

export function componentOf<Type extends StoredComponent['type']>(
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
  const keys = new Set(variablesOf(components).map(({ key }) => key));
  const problems = [
    ...[...keys].flatMap((key) => {
      const message = Object.hasOwn(values, key) ? valueProblem(key, values[key] ?? '') : 'is missing';
      return message === null ? [] : [{ path: `${path}.${key}`, message }];
    }),
    ...Object.keys(values)
      .filter((key) => !keys.has(key))
      .map((key) => ({ path: `${path}.${key}`, message: 'is no variable of this template' })),
  ];
  return problems.length > 0
    ? problems
    : [...codeProblems(components, values, path), ...lengthProblems(components, values, path)];
}

function valueProblem(key: string, value: string): string | null {
  if (value.trim() === '') return 'must not be empty';
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  if (/[\u0000-\u001f\u007f]/.test(value)) return 'must not have new lines, tabs or other control characters';
  if (key.endsWith('.code') && key.includes('button.') && lengthOf(value) > templateLimits.couponCode) {
    return `must have at most ${templateLimits.couponCode} characters`;
  }
  return / {5}/.test(value) ? 'must not have more than four blanks in a row' : null;
}

/** A code for signing in has at most 15 characters (Meta, "Authentication templates"). */
function codeProblems(components: readonly StoredComponent[], values: TemplateValues, path: string): FieldProblem[] {
  const key = codeKey(components);
  return key !== null && lengthOf(values[key] ?? '') > 15
    ? [{ path: `${path}.${key}`, message: 'must have at most 15 characters' }]
    : [];
}

/** The button of a template for signing in. */
export function codeButtonOf(
  components: readonly StoredComponent[],
): Extract<StoredButton, { readonly type: 'OTP' }> | undefined {
  return componentOf(components, 'BUTTONS')?.buttons.find((button) => button.type === 'OTP');
}

/** The variable that its OTP button repeats; `null`: there is no such button. */
export function codeKey(components: readonly StoredComponent[]): string | null {
  return codeButtonOf(components)
    ? (variablesOf(components).find(({ component }) => component === 'BODY')?.key ?? null)
    : null;
}

function lengthProblems(components: readonly StoredComponent[], values: TemplateValues, path: string): FieldProblem[] {
  const { header, text, cards = [] } = templatePreview({ components }, values);
  const bodyLimit = componentOf(components, 'OFFER') ? templateLimits.offerBody : templateLimits.body;
  const tooLong = (part: string, limit: number) => ({
    path,
    message: `make the ${part} longer than ${limit} characters`,
  });
  return [
    ...(lengthOf(header ?? '') > templateLimits.header ? [tooLong('header', templateLimits.header)] : []),
    ...(lengthOf(text) > bodyLimit ? [tooLong('text', bodyLimit)] : []),
    ...cards.flatMap((card, index) =>
      lengthOf(card.text ?? '') > templateLimits.cardBody
        ? [tooLong(`text of card ${index}`, templateLimits.cardBody)]
        : [],
    ),
  ];
}

/** In characters as people count them. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
