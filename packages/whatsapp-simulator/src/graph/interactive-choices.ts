import type { JsonObject } from '../json.ts';
import type { ChoiceButton, ListRow, ListSection, RichContent } from '../state/rich-content.ts';
import {
  given,
  optionalObject,
  optionalText,
  requireObject,
  requireObjects,
  requireOneOf,
  requireText,
} from './fields.ts';
import { invalidValue, missingParameter } from './refusal.ts';

/** What an action adds to the message. */
export type ActionDraft = Partial<Pick<RichContent, 'cards' | 'form' | 'list' | 'order' | 'products'>> & {
  readonly buttons?: readonly ChoiceButton[];
};

export function requireName(action: JsonObject, name: string): void {
  if (action.name === undefined) throw missingParameter("Parameter 'interactive['action']['name']' is mandatory");
  if (action.name !== name) throw invalidValue(`interactive['action']['name'] must be '${name}'.`);
}

export function parametersOf(action: JsonObject): JsonObject {
  return requireObject(action, 'parameters', "interactive['action']['parameters']");
}

/** Reply buttons; `kind` is the key that Meta puts them under: `reply`, or `quick_reply` on a card. */
export function readButtons(action: JsonObject, kind: 'quick_reply' | 'reply', max = 3): readonly ChoiceButton[] {
  const buttons = requireObjects(action, 'buttons', "interactive['action']['buttons']");
  if (buttons.length < 1 || buttons.length > max) {
    throw invalidValue(`Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: ${max}`);
  }
  const read = buttons.map((button, index): ChoiceButton => {
    if (button.type !== kind) throw invalidValue(`Button at index ${index} must be of type '${kind}'.`);
    const reply = requireObject(button, kind, `interactive['action']['buttons'][${index}]['${kind}']`);
    return {
      kind: 'reply',
      title: requireText(reply, 'title', { max: 20, name: 'Button title' }),
      value: requireText(reply, 'id', { max: 256, name: 'Button id' }),
    };
  });
  if (new Set(read.map((each) => each.title)).size < read.length) throw invalidValue('Button titles must be unique.');
  if (new Set(read.map((each) => each.value)).size < read.length) throw invalidValue('Button ids must be unique.');
  return read;
}

function readRow(row: JsonObject): ListRow {
  const description = optionalText(row, 'description', { max: 72, name: 'Row description' });
  return {
    id: requireText(row, 'id', { max: 200, name: 'Row id' }),
    title: requireText(row, 'title', { max: 24, name: 'Row title' }),
    ...given('description', description),
  };
}

/** The title of a section; with more than one section, each has one. */
export function sectionTitle(section: JsonObject, count: number): string | undefined {
  const title = optionalText(section, 'title', { max: 24, name: 'Section title' });
  if (count > 1 && !title) throw missingParameter('Section title is mandatory when there is more than one section');
  return title;
}

export function readList(action: JsonObject): ActionDraft {
  const label = requireText(action, 'button', { max: 20, name: 'List button' });
  const raw = requireObjects(action, 'sections', "interactive['action']['sections']");
  if (raw.length < 1 || raw.length > 10) throw invalidValue('Invalid sections count. Min allowed: 1, Max allowed: 10');
  const sections = raw.map((section): ListSection => {
    const title = sectionTitle(section, raw.length);
    const rows = requireObjects(section, 'rows', 'sections[rows]').map(readRow);
    if (rows.length === 0) throw invalidValue('Every section needs at least one row.');
    return { rows, ...given('title', title) };
  });
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length > 10) throw invalidValue('Total row count exceed max allowed count: 10');
  if (new Set(rows.map((row) => row.id)).size < rows.length) throw invalidValue('Row ids must be unique.');
  return { list: { label, sections } };
}

export function readLink(action: JsonObject): readonly ChoiceButton[] {
  requireName(action, 'cta_url');
  const parameters = parametersOf(action);
  const title = requireText(parameters, 'display_text', { max: 20, name: 'display_text' });
  const url = requireText(parameters, 'url', { max: 2000, name: 'url' });
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw invalidValue('url must be a valid http or https URL.');
  return [{ kind: 'url', title, value: url }];
}

/** `data_da_visita` as a person reads it. */
export function fieldLabel(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What a person fills in stands for the screens: one field for each piece of data that opens the flow, or a free one. */
function fieldsOf(
  data: JsonObject | undefined,
): { readonly name: string; readonly label: string; readonly value?: string }[] {
  const known = Object.entries(data ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  if (known.length === 0) return [{ name: 'resposta', label: 'Resposta' }];
  return known.map(([name, value]) => ({ name, label: fieldLabel(name), value: String(value) }));
}

export function readFlow(action: JsonObject): ActionDraft {
  requireName(action, 'flow');
  const parameters = parametersOf(action);
  const { flow_id: id, flow_name: name } = parameters;
  if (id === undefined && name === undefined) {
    throw missingParameter("Parameter 'flow_id' or 'flow_name' is mandatory");
  }
  if (id !== undefined && name !== undefined) throw invalidValue("Only one of 'flow_id' and 'flow_name' can be given.");
  if (parameters.flow_message_version === undefined) {
    throw missingParameter("Parameter 'flow_message_version' is mandatory");
  }
  if (String(parameters.flow_message_version) !== '3') throw invalidValue("flow_message_version must be '3'.");
  const title = requireText(parameters, 'flow_cta', { max: 30, name: 'flow_cta' });
  if (/\p{Extended_Pictographic}/u.test(title)) throw invalidValue('flow_cta cannot have emojis.');
  if (parameters.mode !== undefined) requireOneOf(parameters.mode, ['draft', 'published'], 'mode');
  const step =
    parameters.flow_action === undefined
      ? undefined
      : requireOneOf(parameters.flow_action, ['navigate', 'data_exchange'], 'flow_action');
  const payload = optionalObject(parameters, 'flow_action_payload');
  if (step === 'navigate' && typeof payload?.screen !== 'string') {
    throw missingParameter("Parameter 'flow_action_payload['screen']' is mandatory");
  }
  const token = optionalText(parameters, 'flow_token', { max: 1024, name: 'flow_token' });
  const data = payload ? optionalObject(payload, 'data') : undefined;
  return {
    buttons: [{ kind: 'flow', title, value: token ?? 'unused' }],
    form: { name: 'flow', title, fields: fieldsOf(data), ...given('token', token) },
  };
}

/** Requests that are answered with one tap: the action has a name and no more. */
export function readRequest(action: JsonObject, name: string, kind: ChoiceButton['kind'], title: string): ActionDraft {
  requireName(action, name);
  return { buttons: [{ kind, title, value: name }] };
}
