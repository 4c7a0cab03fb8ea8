import type { JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import type {
  TemplateButton,
  TemplateCardComponent,
  TemplateComponent,
  TemplateHeaderFormat,
  TemplateInput,
} from '../../state/template.ts';

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function typeOf(component: JsonObject): string {
  return String(component.type).toLowerCase();
}

function textFor(parameters: readonly JsonObject[], lead: string): string {
  const variables = parameters.map((each, index) => `{{${String(each.parameter_name ?? index + 1)}}}`);
  return [lead, ...variables, 'fim'].join(' ');
}

function headerFor(component: JsonObject): Extract<TemplateComponent, { type: 'HEADER' }> {
  const parameters = objects(component.parameters);
  const format = String(parameters[0]?.type ?? 'text').toUpperCase() as TemplateHeaderFormat;
  return { type: 'HEADER', format, ...(format === 'TEXT' ? { text: textFor(parameters, 'Título') } : {}) };
}

function buttonFor(component: JsonObject, oneTimeCode: boolean): TemplateButton {
  const type = String(component.sub_type).toUpperCase() as TemplateButton['type'];
  const text = `Botão ${String(component.index)}`;
  if (oneTimeCode) return { type: 'OTP', text, url: 'https://codigo.example/{{1}}' };
  return { type, text, ...(type === 'URL' ? { url: 'https://loja.example/{{1}}' } : {}) };
}

function buttonsFor(components: readonly JsonObject[], oneTimeCode: boolean): readonly TemplateButton[] {
  const sent = components.filter((each) => typeOf(each) === 'button');
  const last = Math.max(-1, ...sent.map((each) => Number(each.index)));
  return Array.from({ length: last + 1 }, (_, index) => {
    const own = sent.find((each) => Number(each.index) === index);
    return own ? buttonFor(own, oneTimeCode) : { type: 'QUICK_REPLY', text: `Resposta ${index}` };
  });
}

function partsFor(components: readonly JsonObject[], oneTimeCode = false): TemplateCardComponent[] {
  const header = components.find((each) => typeOf(each) === 'header');
  const body = components.find((each) => typeOf(each) === 'body');
  const buttons = buttonsFor(components, oneTimeCode);
  return [
    ...(header ? [headerFor(header)] : []),
    ...(body ? [{ type: 'BODY' as const, text: textFor(objects(body.parameters), 'Corpo') }] : []),
    ...(buttons.length > 0 ? [{ type: 'BUTTONS' as const, buttons }] : []),
  ];
}

/** The code of a one-time password stands twice: in the body and on the button. */
function isOneTimeCode(components: readonly JsonObject[]): boolean {
  const [body, button] = ['body', 'button'].map((type) => components.find((each) => typeOf(each) === type));
  const code = objects(body?.parameters)[0]?.text;
  return (
    code !== undefined &&
    String(button?.sub_type).toLowerCase() === 'url' &&
    objects(button?.parameters)[0]?.text === code
  );
}

/** The template that a printed `template` message is a use of: nothing but its parameters is known of it. */
export function templateFor(template: JsonObject): TemplateInput {
  const components = objects(template.components);
  const oneTimeCode = isOneTimeCode(components);
  const parts: TemplateComponent[] = partsFor(components, oneTimeCode);
  if (!parts.some((each) => each.type === 'BODY')) parts.push({ type: 'BODY', text: 'Um texto sem variáveis.' });
  for (const component of components) {
    if (typeOf(component) === 'limited_time_offer') {
      parts.push({ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } });
    }
    if (typeOf(component) === 'carousel') {
      parts.push({
        type: 'CAROUSEL',
        cards: objects(component.cards).map((card) => ({ components: partsFor(objects(card.components)) })),
      });
    }
  }
  const named = components.some((each) =>
    objects(each.parameters).some((parameter) => parameter.parameter_name !== undefined),
  );
  const language = isObject(template.language) ? String(template.language.code) : 'en_US';
  return {
    name: String(template.name),
    language,
    category: oneTimeCode ? 'AUTHENTICATION' : 'UTILITY',
    parameter_format: named ? 'NAMED' : 'POSITIONAL',
    components: parts,
  };
}
