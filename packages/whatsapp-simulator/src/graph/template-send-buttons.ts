import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { ChoiceButton, Form, OrderSummary, ProductOffer } from '../state/rich-content.ts';
import { fillVariables, variablesOf } from '../state/template.ts';
import type { TemplateButton } from '../state/template.ts';
import { given, optionalObject, optionalText, requireObject } from './fields.ts';
import { fieldLabel } from './interactive-choices.ts';
import { catalogOffer, orderOf, productSections } from './interactive-commerce.ts';
import { GraphRefusal, invalidParameter, missingParameter } from './refusal.ts';
import { parametersOf } from './template-parameters.ts';

/** The buttons of a template as they are sent, and what stands behind them. */
export interface ButtonsDraft {
  readonly buttons: readonly ChoiceButton[];
  readonly form?: Form;
  readonly order?: OrderSummary;
  readonly products?: ProductOffer;
}

type OneButton = Omit<ButtonsDraft, 'buttons'> & { readonly button: ChoiceButton };

const couponMax = 20;
const oneTimeCodeMax = 15;

function mistake(details: string): GraphRefusal {
  return new GraphRefusal(132018, { details: `buttons: ${details}` });
}

function actionOf(index: number, parameter: JsonObject | undefined): JsonObject | undefined {
  if (!parameter) return undefined;
  if (parameter.type !== 'action') throw mistake(`Button at index ${index} takes a parameter of type action`);
  return requireObject(parameter, 'action');
}

function readUrl(button: TemplateButton, index: number, suffix: string | undefined): ChoiceButton {
  const url = button.url ?? '';
  const [variable] = variablesOf(url);
  if (variable !== undefined && suffix === undefined) {
    throw missingParameter(`buttons: Button at index ${index} of type Url requires a parameter`);
  }
  if (variable === undefined && suffix !== undefined) {
    throw mistake(`Button at index ${index} of type Url does not take parameters`);
  }
  const filled = variable === undefined ? url : fillVariables(url, new Map([[variable, suffix ?? '']]));
  return { kind: 'url', title: button.text, value: filled };
}

function readOneTimeCode(button: TemplateButton, index: number, code: string | undefined): ChoiceButton {
  if (code === undefined) throw missingParameter(`buttons: Button at index ${index} of type Url requires a parameter`);
  if (code.length > oneTimeCodeMax) throw mistake(`a one-time code must be at most ${oneTimeCodeMax} characters`);
  return { kind: 'copy', title: button.text, value: code };
}

function readButton(button: TemplateButton, index: number, sent: JsonObject | undefined): OneButton {
  const [parameter] = parametersOf(sent);
  const subType = typeof sent?.sub_type === 'string' ? sent.sub_type.toUpperCase() : undefined;
  if (sent && subType === undefined)
    throw missingParameter(`Parameter 'sub_type' of the button at index ${index} is mandatory`);
  const wanted = button.type === 'OTP' ? 'URL' : button.type;
  if (subType !== undefined && subType !== wanted) {
    throw mistake(`Button at index ${index} is of type ${wanted}, not ${subType}`);
  }
  const value = (key: string): string | undefined => {
    const raw = parameter?.[key] ?? parameter?.text;
    // Meta's own example gives a quick reply a boolean; what is sent is then the button's text.
    if (raw !== undefined && typeof raw !== 'string' && button.type !== 'QUICK_REPLY') {
      throw invalidParameter(`Param ${key} of the button at index ${index} must be a string.`);
    }
    return typeof raw === 'string' && raw !== '' ? raw : undefined;
  };
  const shown = (kind: ChoiceButton['kind'], of = ''): ChoiceButton => ({ kind, title: button.text, value: of });
  switch (button.type) {
    case 'QUICK_REPLY':
      return { button: shown('reply', value('payload') ?? button.text) };
    case 'OTP':
      return { button: readOneTimeCode(button, index, value('text')) };
    case 'URL':
      return { button: readUrl(button, index, value('text')) };
    case 'PHONE_NUMBER':
      return { button: shown('phone', button.phone_number) };
    case 'COPY_CODE': {
      const code = value('coupon_code');
      if (code === undefined) {
        throw missingParameter(`buttons: Button at index ${index} of type Copy code requires a parameter`);
      }
      if (code.length > couponMax) throw mistake(`coupon_code must be at most ${couponMax} characters`);
      return { button: shown('copy', code) };
    }
    case 'FLOW': {
      const action = actionOf(index, parameter);
      const token = action ? optionalText(action, 'flow_token', { max: 1024, name: 'flow_token' }) : undefined;
      const data = action ? optionalObject(action, 'flow_action_data') : undefined;
      const fields = Object.entries(data ?? {}).map(([name, known]) => ({
        name,
        label: fieldLabel(name),
        ...(typeof known === 'string' ? { value: known } : {}),
      }));
      const form: Form = {
        name: 'flow',
        title: button.text,
        fields: fields.length > 0 ? fields : [{ name: 'resposta', label: 'Resposta' }],
        ...given('token', token),
      };
      return { button: shown('flow', token ?? 'unused'), form };
    }
    case 'CATALOG': {
      const thumbnail = actionOf(index, parameter)?.thumbnail_product_retailer_id;
      return {
        button: shown('products'),
        products: catalogOffer(typeof thumbnail === 'string' ? thumbnail : undefined),
      };
    }
    case 'MPM': {
      const action = actionOf(index, parameter);
      if (!action) throw missingParameter(`buttons: Button at index ${index} of type Mpm requires a parameter`);
      return {
        button: shown('products'),
        products: { catalogId: 'catalogo', sections: productSections(action, 'action') },
      };
    }
    case 'ORDER_DETAILS': {
      const action = actionOf(index, parameter);
      if (!action)
        throw missingParameter(`buttons: Button at index ${index} of type Order details requires a parameter`);
      return { button: shown('other'), order: orderOf(requireObject(action, 'order_details')) };
    }
    case 'SPM':
      return { button: shown('products') };
    case 'REQUEST_CONTACT_INFO':
      return { button: shown('contact') };
    case 'VOICE_CALL':
      return { button: shown('other') };
  }
}

/** Buttons by their `index`, which Meta's own examples write as a number and as text. */
export function readTemplateButtons(buttons: readonly TemplateButton[], sent: readonly JsonObject[]): ButtonsDraft {
  const byIndex = new Map<number, JsonObject>();
  for (const component of sent) {
    const { index: raw } = component;
    const index = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw;
    if (raw === undefined) throw missingParameter("Parameter 'index' of a button is mandatory");
    if (typeof index !== 'number' || !isObject(buttons[index]))
      throw mistake(`there is no button at index ${String(raw)}`);
    if (byIndex.has(index)) throw mistake(`the button at index ${index} is given twice`);
    byIndex.set(index, component);
  }
  const read = buttons.map((button, index) => readButton(button, index, byIndex.get(index)));
  return {
    buttons: read.map((each) => each.button),
    ...given('form', read.find((each) => each.form)?.form),
    ...given('order', read.find((each) => each.order)?.order),
    ...given('products', read.find((each) => each.products)?.products),
  };
}
