import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { variablesOf } from '../state/template.ts';
import type { TemplateCategory, TemplateComponent } from '../state/template.ts';
import { given } from './fields.ts';
import { missingField, templateRefusal } from './template-refusal.ts';
import type { TemplateProblem } from './template-refusal.ts';

type Component<T extends TemplateComponent['type']> = Extract<TemplateComponent, { readonly type: T }>;
type Format = 'NAMED' | 'POSITIONAL';

/** What the checks of one component depend on. */
export interface TemplateRules {
  readonly category: TemplateCategory;
  readonly format: Format;
  /** Most characters of the body: 600 beside a limited-time offer, 160 on a card. Default 1,024. */
  readonly bodyMax?: number;
}

const lengths = { HEADER: 60, BODY: 1024, FOOTER: 60 } as const;
const formatProblem = { HEADER: 'headerFormat', BODY: 'bodyFormat', FOOTER: 'footerFormat' } as const satisfies Record<
  keyof typeof lengths,
  TemplateProblem
>;

function readText(type: keyof typeof lengths, component: JsonObject, max: number = lengths[type]): string {
  const { text } = component;
  if (text !== undefined && typeof text !== 'string') {
    throw templateRefusal('invalid', `The ${type} text must be a string.`);
  }
  if (text === undefined || text.trim() === '') throw missingField(type, 'text');
  if ([...text].length > max) {
    throw templateRefusal('tooLong', `The ${type} text can have at most ${max} characters.`);
  }
  return text;
}

/** Variables must be numbered without gaps, or named in lower case, according to the template's format. */
function checkVariables(type: 'BODY' | 'HEADER', text: string, format: Format): readonly string[] {
  const problem = formatProblem[type];
  const rest = text.replace(/\{\{\s*[a-z0-9_]+\s*\}\}/g, '');
  if (/\{\{|\}\}/.test(rest)) {
    throw templateRefusal(problem, `The ${type} text has a variable that is not well formed; write it as {{1}}.`);
  }
  const names = variablesOf(text);
  if (format === 'POSITIONAL') {
    if (names.some((name) => !/^[1-9]\d*$/.test(name))) {
      throw templateRefusal(problem, `Variables of a POSITIONAL template are numbers; found ${names.join(', ')}.`);
    }
    const sorted = names.map(Number).sort((a, b) => a - b);
    if (sorted.some((value, index) => value !== index + 1)) {
      throw templateRefusal(problem, 'Variables must be numbered from {{1}} without gaps.');
    }
  } else if (names.some((name) => !/^[a-z_][a-z0-9_]*$/.test(name))) {
    throw templateRefusal(problem, 'Variables of a NAMED template have lower-case letters and underscores.');
  }
  return names;
}

function checkExample(
  type: 'BODY' | 'HEADER',
  component: JsonObject,
  names: readonly string[],
  format: Format,
): JsonObject | undefined {
  const example = isObject(component.example) ? component.example : undefined;
  if (names.length === 0) return example;
  if (!example) throw missingField(type, 'example');
  const key = type === 'BODY' ? 'body_text' : 'header_text';
  if (format === 'NAMED') {
    const given_ = example[`${key}_named_params`];
    const samples = new Map(
      (Array.isArray(given_) ? given_ : [])
        .filter(isObject)
        .map((each): [unknown, unknown] => [each.param_name, each.example]),
    );
    if (names.some((name) => !isFilled(samples.get(name)))) throw missingField(type, `example.${key}_named_params`);
    return example;
  }
  const rows: unknown = example[key];
  const row: unknown = type === 'BODY' && Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0] : rows;
  if (!Array.isArray(row) || row.length !== names.length || !row.every(isFilled)) {
    throw missingField(type, `example.${key}`);
  }
  return example;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

const mediaFormats = ['DOCUMENT', 'IMAGE', 'VIDEO'] as const;

export function readHeader(component: JsonObject, rules: TemplateRules): Component<'HEADER'> {
  const format = typeof component.format === 'string' ? component.format.toUpperCase() : undefined;
  if (format === undefined) throw missingField('HEADER', 'format');
  if (format === 'LOCATION' || format === 'PRODUCT') {
    if (rules.category === 'AUTHENTICATION')
      throw templateRefusal('headerFormat', `A ${format} header is not allowed.`);
    return { type: 'HEADER', format };
  }
  const media = mediaFormats.find((each) => each === format);
  if (media) {
    const { example } = component;
    const handles = isObject(example) ? example.header_handle : undefined;
    if (!Array.isArray(handles) || !isFilled(handles[0])) throw missingField('HEADER', 'example');
    return { type: 'HEADER', format: media, example };
  }
  if (format !== 'TEXT') throw templateRefusal('headerFormat', `Header format ${format} is not known.`);
  const text = readText('HEADER', component);
  if (/[\n\r*_~`]|\p{Extended_Pictographic}/u.test(text.replace(/\{\{[^}]*\}\}/g, ''))) {
    throw templateRefusal('headerFormat', "A header can't have new lines, formatting characters or emojis.");
  }
  const names = checkVariables('HEADER', text, rules.format);
  if (names.length > 1) throw templateRefusal('headerFormat', 'A header can have one variable at most.');
  return { type: 'HEADER', format, text, ...given('example', checkExample('HEADER', component, names, rules.format)) };
}

export function readBody(component: JsonObject, rules: TemplateRules): Component<'BODY'> {
  const text = readText('BODY', component, rules.bodyMax);
  const names = checkVariables('BODY', text, rules.format);
  const trimmed = text.trim();
  if (/^\{\{|\}\}$/.test(trimmed)) {
    throw templateRefusal('edgeVariable', 'Add words before the first variable and after the last one.');
  }
  if (/\}\}\s*\{\{/.test(text)) throw templateRefusal('bodyFormat', 'Two variables need words between them.');
  if (/\n{3,}|\t| {5,}/.test(text)) {
    throw templateRefusal('bodyFormat', "The body can't have tabs, more than two new lines or four spaces in a row.");
  }
  // Meta tells no formula; where there are no more words than variables it certainly refuses.
  const words = trimmed.replace(/\{\{[^}]*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (names.length > 0 && words <= names.length) {
    throw templateRefusal('tooManyVariables', 'Add words, or take variables away.');
  }
  return { type: 'BODY', text, ...given('example', checkExample('BODY', component, names, rules.format)) };
}

export function readFooter(component: JsonObject): Component<'FOOTER'> {
  const text = readText('FOOTER', component);
  if (/\{\{|\}\}|[\n\r]/.test(text)) {
    throw templateRefusal('footerFormat', "A footer can't have variables or new lines.");
  }
  return { type: 'FOOTER', text };
}
