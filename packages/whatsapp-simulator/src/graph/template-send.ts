import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Billing, ChoiceButton, MediaKind, RichContent, RichHeader } from '../state/message.ts';
import { fillVariables, findTemplate, variablesOf } from '../state/template.ts';
import type { Template, TemplateButton, TemplateComponent } from '../state/template.ts';
import { locationOf } from './content.ts';
import type { Draft, Reading } from './draft.ts';
import { given, requireArray, requireObject } from './fields.ts';
import { linkedHeader } from './interactive.ts';
import { readMediaSource } from './media-source.ts';
import { GraphRefusal, invalidParameter, missingParameter } from './refusal.ts';

type Parameters = readonly JsonObject[];
const hydratedMax = 1024;

function requireTemplate(reading: Reading, name: string, language: string): Template {
  const { context, number } = reading;
  const found = findTemplate(context.state.templates.values(), number.wabaId, name, language);
  if (!found || found.status === 'DELETED') {
    throw new GraphRefusal(132001, { details: `template name (${name}) does not exist in ${language}` });
  }
  if (found.status === 'PAUSED') throw new GraphRefusal(132015);
  if (found.status === 'DISABLED') throw new GraphRefusal(132016);
  if (found.status !== 'APPROVED') {
    throw new GraphRefusal(132001, { details: `template name (${name}) is not approved in ${language}` });
  }
  return found;
}

function parametersOf(component: JsonObject | undefined): Parameters {
  if (component?.parameters === undefined) return [];
  return requireArray(component, 'parameters').map((parameter, index) => {
    if (!isObject(parameter)) throw invalidParameter(`Param parameters[${index}] must be a JSON object.`);
    return parameter;
  });
}

function textOfParameter(parameter: JsonObject, where: string): string {
  if (parameter.type === 'currency' || parameter.type === 'date_time') {
    const value = requireObject(parameter, parameter.type);
    if (typeof value.fallback_value !== 'string') throw missingParameter(`Parameter 'fallback_value' is mandatory`);
    return value.fallback_value;
  }
  if (parameter.type !== 'text') {
    throw new GraphRefusal(132012, {
      details: `${where}: Format mismatch, expected TEXT, received ${String(parameter.type).toUpperCase()}`,
    });
  }
  const text = parameter.text;
  if (typeof text !== 'string' || text === '') throw missingParameter(`${where}: text parameter is missing or empty`);
  if (/[\n\t]| {5,}/.test(text)) {
    throw new GraphRefusal(132018, {
      details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    });
  }
  return text;
}

/** Fills the variables of one text, counting as Meta counts. */
function hydrate(template: Template, where: 'body' | 'header', text: string, parameters: Parameters): string {
  const names = variablesOf(text);
  if (names.length !== parameters.length) {
    throw new GraphRefusal(132000, {
      details: `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${names.length})`,
    });
  }
  const values = new Map(
    parameters.map((parameter, index) => {
      const value = textOfParameter(parameter, where);
      if (template.parameter_format === 'POSITIONAL') return [names[index] ?? '', value];
      const name = parameter.parameter_name;
      if (typeof name !== 'string' || !names.includes(name)) {
        throw invalidParameter(`${where}: Parameter name is missing or empty, expected one of ${names.join(', ')}`);
      }
      return [name, value];
    }),
  );
  if (values.size < names.length) throw new GraphRefusal(132000, { details: `${where}: a parameter is given twice` });
  const filled = fillVariables(text, values);
  if (where === 'body' && [...filled].length > hydratedMax) throw new GraphRefusal(132005);
  return filled;
}

type HeaderDraft = Pick<Draft, 'failure'> & {
  readonly header?: RichHeader;
  readonly kind?: MediaKind;
  readonly link?: string;
};

function readHeader(reading: Reading, template: Template, sent: JsonObject | undefined): HeaderDraft {
  const header = template.components.find((each) => each.type === 'HEADER');
  const parameters = parametersOf(sent);
  if (!header) {
    if (parameters.length > 0) throw new GraphRefusal(132018, { details: 'header: the template has no header' });
    return {};
  }
  if (header.format === 'TEXT') {
    return { header: { type: 'text', text: hydrate(template, 'header', header.text ?? '', parameters) } };
  }
  const [parameter] = parameters;
  const kind = header.format.toLowerCase();
  if (parameter?.type !== kind) {
    const received = parameter ? String(parameter.type).toUpperCase() : 'UNKNOWN';
    throw new GraphRefusal(132012, {
      details: `header: Format mismatch, expected ${header.format}, received ${received}`,
    });
  }
  const value = requireObject(parameter, kind);
  if (kind === 'location') return { header: locationOf(value) };
  const media = kind as MediaKind;
  const filename = typeof value.filename === 'string' ? value.filename : undefined;
  const source = readMediaSource(reading, media, value, () => ({ type: 'unsupported', kind }));
  return {
    header: { type: media, media: source.media, ...given('filename', filename) },
    failure: source.failure,
    kind: media,
    ...given('link', source.linked?.link),
  };
}

function readButton(button: TemplateButton, index: number, sent: JsonObject | undefined): ChoiceButton {
  const [parameter] = parametersOf(sent);
  const subType = typeof sent?.sub_type === 'string' ? sent.sub_type.toUpperCase() : undefined;
  const wanted = button.type === 'OTP' ? 'URL' : button.type;
  if (subType !== undefined && subType !== wanted) {
    throw new GraphRefusal(132018, {
      details: `buttons: Button at index ${index} is of type ${wanted}, not ${subType}`,
    });
  }
  const value = (key: string): string | undefined => {
    const raw = parameter?.[key] ?? parameter?.text;
    return typeof raw === 'string' && raw !== '' ? raw : undefined;
  };
  switch (button.type) {
    case 'QUICK_REPLY':
      return { kind: 'reply', title: button.text, value: value('payload') ?? button.text };
    case 'OTP':
    case 'URL': {
      const url = button.url ?? '';
      const [variable] = variablesOf(url);
      const suffix = value('text');
      if (variable !== undefined && suffix === undefined) {
        throw missingParameter(`buttons: Button at index ${index} of type Url requires a parameter`);
      }
      if (variable === undefined && suffix !== undefined && button.type === 'URL') {
        throw new GraphRefusal(132018, {
          details: `buttons: Button at index ${index} of type Url does not take parameters`,
        });
      }
      const filled = variable === undefined ? url : fillVariables(url, new Map([[variable, suffix ?? '']]));
      return { kind: 'url', title: button.text, value: filled };
    }
    case 'PHONE_NUMBER':
      return { kind: 'phone', title: button.text, value: button.phone_number ?? '' };
    case 'COPY_CODE': {
      const code = value('coupon_code');
      if (code === undefined)
        throw missingParameter(`buttons: Button at index ${index} of type Copy code requires a parameter`);
      if (code.length > 20)
        throw new GraphRefusal(132018, { details: 'buttons: coupon_code must be at most 20 characters' });
      return { kind: 'copy', title: button.text, value: code };
    }
    case 'FLOW':
      return { kind: 'other', title: button.text, value: '' };
  }
}

function readButtons(template: Template, sent: readonly JsonObject[]): ChoiceButton[] {
  const buttons = template.components.find((each) => each.type === 'BUTTONS')?.buttons ?? [];
  const byIndex = new Map(sent.map((component) => [Number(component.index ?? NaN), component]));
  for (const index of byIndex.keys()) {
    if (!Number.isInteger(index) || !buttons[index]) {
      throw new GraphRefusal(132018, { details: `buttons: there is no button at index ${index}` });
    }
  }
  return buttons.map((button, index) => readButton(button, index, byIndex.get(index)));
}

/** Template messages go out at any time; what they cost follows the template's category. */
export function readTemplate(reading: Reading, message: JsonObject): Draft {
  const sent = requireObject(message, 'template');
  if (typeof sent.name !== 'string' || sent.name === '')
    throw missingParameter("Parameter 'template['name']' is mandatory");
  const language = requireObject(sent, 'language', "template['language']");
  if (typeof language.code !== 'string')
    throw missingParameter("Parameter 'template['language']['code']' is mandatory");
  if (language.policy !== undefined && language.policy !== 'deterministic') {
    throw invalidParameter("Param template['language']['policy'] must be one of {DETERMINISTIC}.");
  }
  const template = requireTemplate(reading, sent.name, language.code);

  const components = sent.components === undefined ? [] : requireArray(sent, 'components', "template['components']");
  const typed = components.map((component, index) => {
    if (!isObject(component) || typeof component.type !== 'string') {
      throw invalidParameter(`Param template['components'][${index}]['type'] is required.`);
    }
    const type = component.type.toLowerCase();
    if (!['header', 'body', 'button'].includes(type)) {
      throw new GraphRefusal(132018, {
        details: `Component type '${component.type}' is not carried by the simulator.`,
      });
    }
    return { type, component };
  });
  const one = (type: string): JsonObject | undefined => typed.find((each) => each.type === type)?.component;
  const text = (type: 'BODY' | 'FOOTER'): string | undefined =>
    template.components.find(
      (each): each is Extract<TemplateComponent, { type: 'BODY' | 'FOOTER' }> => each.type === type,
    )?.text;

  const header = readHeader(reading, template, one('header'));
  const content: RichContent = {
    type: 'template',
    kind: template.name,
    body: hydrate(template, 'body', text('BODY') ?? '', parametersOf(one('body'))),
    buttons: readButtons(
      template,
      typed.filter((each) => each.type === 'button').map((each) => each.component),
    ),
    ...given('header', header.header),
    ...given('footer', text('FOOTER')),
  };
  return {
    content,
    failure: header.failure,
    linked: linkedHeader(content, header.kind, header.link),
    category: template.category.toLowerCase() as Billing['category'],
  };
}
