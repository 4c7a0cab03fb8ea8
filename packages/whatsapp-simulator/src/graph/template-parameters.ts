import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { fillVariables, variablesOf } from '../state/template.ts';
import type { Template } from '../state/template.ts';
import { requireArray, requireObject } from './fields.ts';
import { GraphRefusal, invalidParameter, missingParameter } from './refusal.ts';

export type Parameters = readonly JsonObject[];

const hydratedMax = 1024;

export function parametersOf(component: JsonObject | undefined): Parameters {
  if (component?.parameters === undefined) return [];
  return requireArray(component, 'parameters').map((parameter, index) => {
    if (!isObject(parameter)) throw invalidParameter(`Param parameters[${index}] must be a JSON object.`);
    return parameter;
  });
}

function textOfParameter(parameter: JsonObject, where: string): string {
  const kind = typeof parameter.type === 'string' ? parameter.type.toLowerCase() : parameter.type;
  if (kind === 'currency' || kind === 'date_time') {
    const value = requireObject(parameter, kind);
    if (typeof value.fallback_value !== 'string') throw missingParameter(`Parameter 'fallback_value' is mandatory`);
    if (kind === 'currency') {
      if (typeof value.code !== 'string') throw missingParameter(`Parameter 'currency['code']' is mandatory`);
      if (typeof value.amount_1000 !== 'number')
        throw missingParameter(`Parameter 'currency['amount_1000']' is mandatory`);
    }
    return value.fallback_value;
  }
  if (kind !== 'text') {
    throw new GraphRefusal(132012, {
      details: `${where}: Format mismatch, expected TEXT, received ${String(parameter.type).toUpperCase()}`,
    });
  }
  const text = parameter.text;
  if (text === undefined || text === '') throw missingParameter(`${where}: text parameter is missing or empty`);
  if (typeof text !== 'string') throw invalidParameter(`${where}: Param text must be a string.`);
  if (/[\n\t]| {5,}/.test(text)) {
    throw new GraphRefusal(132018, {
      details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    });
  }
  return text;
}

/** Fills the variables of one text, counting as Meta counts. */
export function hydrate(
  template: Template,
  where: 'body' | 'header',
  text: string,
  parameters: Parameters,
  max: number = hydratedMax,
): string {
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
  if (where === 'body' && [...filled].length > max) throw new GraphRefusal(132005);
  return filled;
}
