import { templateLimits, type FieldProblem, type TemplateCategory, type TemplateComponent } from '@prosa/core/contract';
import { componentOf, placeholdersOf } from './hsm.ts';

type Component<Type extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: Type }>;
type Button = Component<'BUTTONS'>['buttons'][number];
type Note = (path: string, message: string) => void;

const variable = /\{\{(\d+|[a-z][a-z0-9_]*)\}\}/g;

/**
 * What Meta would refuse in a template (Meta, "Template components" and "Template review"), as far as it can be known
 * beforehand: lengths are the contract's, the words are Meta's to judge.
 * @param path where the components are in the request
 */
export function componentProblems(components: readonly TemplateComponent[], path: string): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const types = new Set<string>();
  if (!componentOf(components, 'BODY')) problems.push({ path, message: 'must have a BODY' });
  for (const [index, component] of components.entries()) {
    const note: Note = (field, message) => problems.push({ path: `${path}.${index}${field}`, message });
    if (types.has(component.type)) note('', `must be the only ${component.type}`);
    types.add(component.type);
    check(component, note);
  }
  const styles = new Set(components.flatMap(stylesOf));
  if (styles.size > 1) problems.push({ path, message: 'must have numbers in all variables, or names in all' });
  return problems;
}

/** Codes for signing in have a form of their own, that is made at Meta. */
export function categoryProblems(category: TemplateCategory, path: string): readonly FieldProblem[] {
  return category === 'AUTHENTICATION'
    ? [{ path, message: 'must be MARKETING or UTILITY: templates for authentication are made at Meta' }]
    : [];
}

function check(component: TemplateComponent, note: Note): void {
  switch (component.type) {
    case 'HEADER':
      checkHeader(component, note);
      return;
    case 'BODY':
      checkVariables(component, note, Number.POSITIVE_INFINITY);
      checkPlaces(component.text, note);
      return;
    case 'FOOTER':
      checkLine(component.text, '.text', note);
      refuseVariables(component.text, '.text', note);
      return;
    case 'BUTTONS':
      checkButtons(component.buttons, note);
  }
}

function checkHeader({ format, text, examples, attachmentId }: Component<'HEADER'>, note: Note): void {
  const withFile = format !== 'TEXT' && format !== 'LOCATION';
  if (format === 'TEXT' && text === undefined) note('.text', 'is missing');
  if (format !== 'TEXT' && text !== undefined) note('.text', `has no place in a header of format ${format}`);
  if (format !== 'TEXT' && examples.length > 0) note('.examples', `have no place in a header of format ${format}`);
  if (withFile && attachmentId === undefined) note('.attachmentId', 'is missing: Meta judges it with an example');
  if (!withFile && attachmentId !== undefined) {
    note('.attachmentId', `has no place in a header of format ${format}`);
  }
  if (format !== 'TEXT' || text === undefined) return;
  checkLine(text, '.text', note);
  if (/([*_~`])\S(.*\S)?\1/.test(text)) note('.text', 'must not have bold, italics or other marks');
  checkVariables({ text, examples }, note, 1);
}

/** Meta takes one format of parameters for a template. */
function stylesOf(component: TemplateComponent): string[] {
  const text = component.type === 'HEADER' || component.type === 'BODY' ? (component.text ?? '') : '';
  return placeholdersOf(text).map((name) => (/^\d/.test(name) ? 'numbers' : 'names'));
}

function checkLine(text: string, field: string, note: Note): void {
  if (/[\r\n]/.test(text)) note(field, 'must be on one line');
}

function refuseVariables(text: string, field: string, note: Note): void {
  if (/\{\{|\}\}/.test(text)) note(field, 'must not have variables');
}

interface Text {
  readonly text: string;
  readonly examples: readonly string[];
}

function checkVariables({ text, examples }: Text, note: Note, most: number): void {
  const names = placeholdersOf(text);
  const numbers = names.filter((name) => /^\d/.test(name)).map(Number);
  if (/\{\{|\}\}/.test(text.replace(variable, ''))) {
    note('.text', 'must write variables as {{1}}, {{2}} and so on, or with names like {{first_name}}');
  } else if (numbers.some((number, index) => number !== index + 1)) {
    note('.text', 'must number its variables from {{1}} on, without gaps');
  }
  if (names.length > most) note('.text', `must have at most ${most} variable`);
  if (examples.length !== names.length) {
    note('.examples', `must have one example for each variable: ${names.length}, not ${examples.length}`);
  }
}

function checkPlaces(text: string, note: Note): void {
  if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(text)) note('.text', 'must not begin or end with a variable');
  if (/\}\}\s*\{\{/.test(text)) note('.text', 'must have words between two variables');
}

function checkButtons(buttons: readonly Button[], note: Note): void {
  const countOf = (type: Button['type']) => buttons.filter((button) => button.type === type).length;
  if (countOf('URL') > templateLimits.urlButtons)
    note('.buttons', `must have at most ${templateLimits.urlButtons} URL`);
  if (countOf('PHONE_NUMBER') > templateLimits.phoneButtons) {
    note('.buttons', `must have at most ${templateLimits.phoneButtons} PHONE_NUMBER`);
  }
  if (countOf('COPY_CODE') > templateLimits.copyCodeButtons) {
    note('.buttons', `must have at most ${templateLimits.copyCodeButtons} COPY_CODE`);
  }
  if (countOf('FLOW') > templateLimits.flowButtons) {
    note('.buttons', `must have at most ${templateLimits.flowButtons} FLOW`);
  }
  // One group: before the others or after them.
  const turns = buttons.filter(({ type }, index) => {
    const before = buttons[index - 1];
    return before !== undefined && (before.type === 'QUICK_REPLY') !== (type === 'QUICK_REPLY');
  });
  if (turns.length > 1) note('.buttons', 'must have its QUICK_REPLY buttons side by side');
  for (const [index, button] of buttons.entries()) {
    const noteButton: Note = (field, message) => note(`.buttons.${index}${field}`, message);
    checkLine(button.text, '.text', noteButton);
    refuseVariables(button.text, '.text', noteButton);
    if (button.type === 'URL') checkUrl(button, noteButton);
    if (button.type === 'COPY_CODE' && button.example.trim() === '')
      noteButton('.example', 'must be a code, as an example');
    if (button.type === 'FLOW' && button.action === 'navigate' && !button.screen) {
      noteButton('.screen', 'is missing: navigate opens a screen');
    }
  }
}

function checkUrl({ url, example }: Extract<Button, { type: 'URL' }>, note: Note): void {
  const address = url.replace(/\{\{1\}\}$/, '');
  // eslint-disable-next-line no-control-regex -- control characters are what it refuses
  if (!URL.canParse(address) || /[\u0000-\u0020\u007f]/.test(address))
    note('.url', 'must be an address that starts with https://');
  if (/\{\{|\}\}/.test(address)) note('.url', 'may have one variable, {{1}}, at its end');
  else if (address !== url && (example ?? '') === '') note('.example', 'must be the whole address, as an example');
  else if (address !== url && !(example ?? '').startsWith(address)) note('.example', `must begin with ${address}`);
}
