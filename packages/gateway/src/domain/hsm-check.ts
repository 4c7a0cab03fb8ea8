import { templateLimits, type FieldProblem, type TemplateCategory, type TemplateComponent } from '@prosa/core/contract';
import { componentOf, placeholdersOf } from './hsm.ts';

type Component<Type extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: Type }>;
type Button = Component<'BUTTONS'>['buttons'][number];
type Note = (path: string, message: string) => void;

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
      checkLine(component.text, '.text', note);
      if (/([*_~`])\S(.*\S)?\1/.test(component.text)) note('.text', 'must not have bold, italics or other marks');
      checkVariables(component, note, 1);
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

function checkLine(text: string, field: string, note: Note): void {
  if (/[\r\n]/.test(text)) note(field, 'must be on one line');
}

function refuseVariables(text: string, field: string, note: Note): void {
  if (/\{\{|\}\}/.test(text)) note(field, 'must not have variables');
}

function checkVariables({ text, examples }: Component<'HEADER' | 'BODY'>, note: Note, most: number): void {
  const numbers = placeholdersOf(text);
  if (/\{\{|\}\}/.test(text.replace(/\{\{\d+\}\}/g, ''))) {
    note('.text', 'must write variables as {{1}}, {{2}} and so on');
  } else if (numbers.some((number, index) => number !== index + 1)) {
    note('.text', 'must number its variables from {{1}} on, without gaps');
  }
  if (numbers.length > most) note('.text', `must have at most ${most} variable`);
  if (examples.length !== numbers.length) {
    note('.examples', `must have one example for each variable: ${numbers.length}, not ${examples.length}`);
  }
}

function checkPlaces(text: string, note: Note): void {
  if (/^\s*\{\{\d+\}\}|\{\{\d+\}\}\s*$/.test(text)) note('.text', 'must not begin or end with a variable');
  if (/\}\}\s*\{\{/.test(text)) note('.text', 'must have words between two variables');
}

function checkButtons(buttons: readonly Button[], note: Note): void {
  const countOf = (type: Button['type']) => buttons.filter((button) => button.type === type).length;
  if (countOf('URL') > templateLimits.urlButtons)
    note('.buttons', `must have at most ${templateLimits.urlButtons} URL`);
  if (countOf('PHONE_NUMBER') > templateLimits.phoneButtons) {
    note('.buttons', `must have at most ${templateLimits.phoneButtons} PHONE_NUMBER`);
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
