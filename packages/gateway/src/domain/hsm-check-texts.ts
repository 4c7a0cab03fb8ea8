import { placeholdersOf } from './hsm.ts';

/** Tells what is wrong with a field of the part that is looked at. */
export type Note = (field: string, message: string) => void;

interface Text {
  readonly text: string;
  readonly examples: readonly string[];
}

const variable = /\{\{(\d+|[a-z][a-z0-9_]*)\}\}/g;

export function checkLine(text: string, field: string, note: Note): void {
  if (/[\r\n]/.test(text)) note(field, 'must be on one line');
}

export function refuseVariables(text: string, field: string, note: Note): void {
  if (/\{\{|\}\}/.test(text)) note(field, 'must not have variables');
}

export function checkVariables({ text, examples }: Text, note: Note, most: number): void {
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

/** A body, of the template or of a card. */
export function checkBody(body: Text, note: Note): void {
  const { text } = body;
  checkVariables(body, note, Number.POSITIVE_INFINITY);
  if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(text)) note('.text', 'must not begin or end with a variable');
  if (/\}\}\s*\{\{/.test(text)) note('.text', 'must have words between two variables');
  if (/\n{3}|\t| {5}/.test(text)) {
    note('.text', 'must not have tabs, more than two new lines or more than four blanks in a row');
  }
}
