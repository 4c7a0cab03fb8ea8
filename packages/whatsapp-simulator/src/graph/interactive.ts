import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { ChoiceButton, ListRow, ListSection, MediaKind, RichContent, RichHeader } from '../state/message.ts';
import type { Draft, Reading } from './draft.ts';
import { given, optionalText, requireArray, requireObject, requireText } from './fields.ts';
import { readMediaSource } from './media-source.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';
import { GraphRefusal } from './refusal.ts';

interface Shape {
  readonly headers: readonly string[];
  readonly bodyMax: number;
  readonly footer: boolean;
}

const anyHeader = ['text', 'image', 'video', 'document'];

const shapes: Readonly<Record<string, Shape>> = {
  button: { headers: anyHeader, bodyMax: 1024, footer: true },
  list: { headers: ['text'], bodyMax: 4096, footer: true },
  cta_url: { headers: anyHeader, bodyMax: 1024, footer: true },
  location_request_message: { headers: [], bodyMax: 1024, footer: false },
  flow: { headers: anyHeader, bodyMax: 1024, footer: true },
};

/** Meta knows these; the simulator's phone cannot show them. */
const beyond = [
  'carousel',
  'product',
  'product_list',
  'catalog_message',
  'order_details',
  'order_status',
  'address_message',
  'call_permission_request',
  'request_contact_info',
];

type HeaderDraft = Pick<Draft, 'failure'> & {
  readonly header?: RichHeader;
  readonly link?: string;
  readonly kind?: MediaKind;
};

function readHeader(reading: Reading, interactive: JsonObject, shape: Shape): HeaderDraft {
  if (interactive.header === undefined) return {};
  const header = requireObject(interactive, 'header', "interactive['header']");
  const { type } = header;
  if (typeof type !== 'string' || !shape.headers.includes(type)) {
    throw invalidValue(
      `Header type '${String(type)}' is not supported for interactive type '${String(interactive.type)}'.`,
    );
  }
  if (type === 'text') return { header: { type, text: requireText(header, 'text', { max: 60, name: 'Header text' }) } };
  const kind = type as MediaKind;
  const file = requireObject(header, kind, `interactive['header']['${kind}']`);
  const filename = typeof file.filename === 'string' ? file.filename : undefined;
  const source = readMediaSource(reading, kind, file, () => ({ type: 'unsupported', kind }));
  return {
    header: { type: kind, media: source.media, ...given('filename', filename) },
    failure: source.failure,
    kind,
    ...given('link', source.linked?.link),
  };
}

function readButtons(action: JsonObject): ChoiceButton[] {
  const buttons = requireArray(action, 'buttons', "interactive['action']['buttons']");
  if (buttons.length < 1 || buttons.length > 3) {
    throw invalidValue('Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3');
  }
  const read = buttons.map((button, index): ChoiceButton => {
    if (!isObject(button) || button.type !== 'reply') {
      throw invalidValue(`Button at index ${index} must be of type 'reply'.`);
    }
    const reply = requireObject(button, 'reply', `interactive['action']['buttons'][${index}]['reply']`);
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

function readRow(row: unknown): ListRow {
  if (!isObject(row)) throw invalidParameter('Rows must be JSON objects.');
  const description = optionalText(row, 'description', { max: 72, name: 'Row description' });
  return {
    id: requireText(row, 'id', { max: 200, name: 'Row id' }),
    title: requireText(row, 'title', { max: 24, name: 'Row title' }),
    ...given('description', description),
  };
}

function readList(action: JsonObject): RichContent['list'] {
  const label = requireText(action, 'button', { max: 20, name: 'List button' });
  const raw = requireArray(action, 'sections', "interactive['action']['sections']");
  if (raw.length < 1 || raw.length > 10) throw invalidValue('Invalid sections count. Min allowed: 1, Max allowed: 10');
  const sections = raw.map((section): ListSection => {
    if (!isObject(section)) throw invalidParameter('Sections must be JSON objects.');
    const title = optionalText(section, 'title', { max: 24, name: 'Section title' });
    if (raw.length > 1 && !title)
      throw missingParameter('Section title is mandatory when there is more than one section');
    const rows = requireArray(section, 'rows', 'sections[rows]').map(readRow);
    if (rows.length === 0) throw invalidValue('Every section needs at least one row.');
    return { rows, ...given('title', title) };
  });
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length > 10) throw invalidValue('Total row count exceed max allowed count: 10');
  if (new Set(rows.map((row) => row.id)).size < rows.length) throw invalidValue('Row ids must be unique.');
  return { label, sections };
}

function readLink(action: JsonObject): ChoiceButton[] {
  if (action.name !== 'cta_url') throw invalidValue("interactive['action']['name'] must be 'cta_url'.");
  const parameters = requireObject(action, 'parameters', "interactive['action']['parameters']");
  const title = requireText(parameters, 'display_text', { max: 20, name: 'display_text' });
  const url = requireText(parameters, 'url', { max: 2000, name: 'url' });
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw invalidValue('url must be a valid http or https URL.');
  return [{ kind: 'url', title, value: url }];
}

function readFlow(action: JsonObject): ChoiceButton[] {
  const parameters = requireObject(action, 'parameters', "interactive['action']['parameters']");
  if (parameters.flow_id === undefined && parameters.flow_name === undefined) {
    throw missingParameter("Parameter 'flow_id' or 'flow_name' is mandatory");
  }
  return [{ kind: 'other', title: requireText(parameters, 'flow_cta', { max: 30, name: 'flow_cta' }), value: '' }];
}

export function readInteractive(reading: Reading, message: JsonObject): Draft {
  const interactive = requireObject(message, 'interactive');
  const { type } = interactive;
  if (typeof type !== 'string') throw missingParameter("Parameter 'interactive['type']' is mandatory");
  if (beyond.includes(type)) {
    throw new GraphRefusal(131051, { details: `Interactive type '${type}' is not carried by the simulator.` });
  }
  const shape = shapes[type];
  if (!shape) throw invalidValue(`Interactive type '${type}' is not supported.`);

  const header = readHeader(reading, interactive, shape);
  const body = requireText(requireObject(interactive, 'body', "interactive['body']"), 'text', {
    max: shape.bodyMax,
    name: 'Body text',
  });
  if (interactive.footer !== undefined && !shape.footer) {
    throw invalidValue(`Footer is not supported for interactive type '${type}'.`);
  }
  const footer =
    interactive.footer === undefined
      ? undefined
      : requireText(requireObject(interactive, 'footer', "interactive['footer']"), 'text', {
          max: 60,
          name: 'Footer text',
        });

  const action = requireObject(interactive, 'action', "interactive['action']");
  let buttons: ChoiceButton[] = [];
  let list: RichContent['list'];
  if (type === 'button') buttons = readButtons(action);
  if (type === 'list') list = readList(action);
  if (type === 'cta_url') buttons = readLink(action);
  if (type === 'flow') buttons = readFlow(action);
  if (type === 'location_request_message') {
    if (action.name !== 'send_location') throw invalidValue("interactive['action']['name'] must be 'send_location'.");
    buttons = [{ kind: 'other', title: 'Enviar localização', value: 'send_location' }];
  }

  const content: RichContent = {
    type: 'interactive',
    kind: type,
    body,
    buttons,
    ...given('header', header.header),
    ...given('footer', footer),
    ...given('list', list),
  };
  return { content, failure: header.failure, linked: linkedHeader(content, header.kind, header.link) };
}

/** A header file that is fetched from a link lands in the finished message. */
export function linkedHeader(
  content: RichContent,
  kind: MediaKind | undefined,
  link: string | undefined,
): Draft['linked'] {
  if (kind === undefined || link === undefined) return undefined;
  return { link, place: (media) => ({ ...content, header: { type: kind, media } }) };
}
