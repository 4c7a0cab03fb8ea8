import type { JsonObject } from '../json.ts';
import type { OrderSummary, Product, ProductOffer } from '../state/rich-content.ts';
import { given, optionalObject, requireObject, requireObjects, requireOneOf, requireText } from './fields.ts';
import type { ActionDraft } from './interactive-choices.ts';
import { parametersOf, requireName, sectionTitle } from './interactive-choices.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';

const catalogId = { max: 100, name: 'catalog_id' };
const retailerId = { max: 100, name: 'product_retailer_id' };
/** Meta's page says 35, its own example of a status has 43. */
const referenceId = { max: 60, name: 'reference_id' };
const productsMax = 30;
const orderStates = ['pending', 'processing', 'partially_shipped', 'shipped', 'completed', 'canceled'] as const;

export function productOf(parent: JsonObject): Product {
  const id = requireText(parent, 'product_retailer_id', retailerId);
  return { retailerId: id, name: id };
}

export function readProduct(action: JsonObject): ActionDraft {
  const offer = {
    catalogId: requireText(action, 'catalog_id', catalogId),
    sections: [{ products: [productOf(action)] }],
  };
  return { products: offer, buttons: [{ kind: 'products', title: 'Ver', value: '' }] };
}

/** Sections of products, as `product_list` and a template's MPM button bring them. */
export function productSections(parent: JsonObject, path: string): ProductOffer['sections'] {
  const raw = requireObjects(parent, 'sections', `${path}['sections']`);
  if (raw.length < 1 || raw.length > 10) throw invalidValue('Invalid sections count. Min allowed: 1, Max allowed: 10');
  const sections = raw.map((section) => {
    const products = requireObjects(section, 'product_items', `${path}['sections'][product_items]`).map(productOf);
    if (products.length === 0) throw invalidValue('Every section needs at least one product.');
    return { products, ...given('title', sectionTitle(section, raw.length)) };
  });
  const count = sections.flatMap((section) => section.products).length;
  if (count > productsMax) throw invalidValue(`Total product count exceed max allowed count: ${productsMax}`);
  return sections;
}

export function readProductList(action: JsonObject): ActionDraft {
  const id = requireText(action, 'catalog_id', catalogId);
  const sections = productSections(action, "interactive['action']");
  return {
    products: { catalogId: id, sections },
    buttons: [{ kind: 'products', title: 'Ver produtos', value: '' }],
  };
}

/** A catalogue has no products here; the one on its thumbnail can be ordered. */
export function catalogOffer(thumbnail: string | undefined): ProductOffer {
  const id = thumbnail ?? 'catalogo';
  return { catalogId: 'catalogo', sections: [{ products: [{ retailerId: id, name: id }] }] };
}

export function readCatalog(action: JsonObject): ActionDraft {
  requireName(action, 'catalog_message');
  const parameters = optionalObject(action, 'parameters', "interactive['action']['parameters']");
  const thumbnail =
    parameters?.thumbnail_product_retailer_id === undefined
      ? undefined
      : requireText(parameters, 'thumbnail_product_retailer_id', {
          max: 100,
          name: 'thumbnail_product_retailer_id',
        });
  return {
    products: catalogOffer(thumbnail),
    buttons: [{ kind: 'products', title: 'Ver catálogo', value: '' }],
  };
}

/** `{"value": 1500, "offset": 100}` is 15.00, as a person reads it. */
function amountOf(parent: JsonObject, key: string, currency: string): string {
  const amount = requireObject(parent, key);
  const { value, offset = 100 } = amount;
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw invalidParameter(`Param ${key}['value'] must be an integer.`);
  if (offset !== 100) throw invalidValue(`${key}['offset'] must be 100.`);
  return new Intl.NumberFormat('pt-BR', { style: 'currency', currency }).format(value / 100);
}

/** What `order_details` brings, as an interactive message and on a template's button. */
export function orderOf(parameters: JsonObject): OrderSummary {
  const reference = requireText(parameters, 'reference_id', referenceId);
  if (!/^[\w.-]+$/.test(reference))
    throw invalidValue('reference_id has letters, digits, dots, dashes and underscores.');
  requireOneOf(parameters.type, ['digital-goods', 'physical-goods'], 'type');
  const currency = requireText(parameters, 'currency', { max: 3, name: 'currency' });
  if (!/^[A-Z]{3}$/.test(currency)) throw invalidValue('currency must be an ISO code of three letters.');
  const total = amountOf(parameters, 'total_amount', currency);
  const order = requireObject(parameters, 'order');
  requireOneOf(order.status, ['pending'], "order['status']");
  const items = requireObjects(order, 'items', "order['items']");
  if (items.length === 0) throw invalidValue('An order needs at least one item.');
  amountOf(order, 'subtotal', currency);
  const lines = items.map((item) => {
    const { quantity } = item;
    if (typeof quantity !== 'number' || quantity < 1)
      throw invalidParameter("Param items['quantity'] must be a positive number.");
    return {
      name: requireText(item, 'name', { max: 60, name: 'Item name' }),
      quantity,
      amount: amountOf(item, item.sale_amount === undefined ? 'amount' : 'sale_amount', currency),
    };
  });
  return { reference, lines, total };
}

export function readOrderDetails(action: JsonObject): ActionDraft {
  requireName(action, 'review_and_pay');
  return { order: orderOf(parametersOf(action)), buttons: [{ kind: 'other', title: 'Conferir e pagar', value: '' }] };
}

export function readOrderStatus(action: JsonObject): ActionDraft {
  requireName(action, 'review_order');
  const parameters = parametersOf(action);
  const reference = requireText(parameters, 'reference_id', referenceId);
  const order = requireObject(parameters, 'order');
  const status = requireOneOf(order.status, orderStates, "order['status']");
  return { order: { reference, status, lines: [] } };
}

const addressFields = [
  ['name', 'Nome'],
  ['phone_number', 'Telefone'],
  ['address', 'Endereço'],
  ['city', 'Cidade'],
  ['in_pin_code', 'CEP'],
] as const;

export function readAddress(action: JsonObject): ActionDraft {
  requireName(action, 'address_message');
  const parameters = parametersOf(action);
  if (parameters.country === undefined) throw missingParameter("Parameter 'country' is mandatory");
  if (typeof parameters.country !== 'string' || !/^[A-Z]{2}$/.test(parameters.country)) {
    throw invalidParameter('Param country must be an ISO code of two letters.');
  }
  const values = optionalObject(parameters, 'values') ?? {};
  if (parameters.saved_addresses !== undefined) requireObjects(parameters, 'saved_addresses');
  optionalObject(parameters, 'validation_errors');
  const fields = addressFields.map(([name, label]) => {
    const value = values[name];
    return { name, label, ...(typeof value === 'string' ? { value } : {}) };
  });
  return {
    form: { name: 'address_message', title: 'Endereço de entrega', fields },
    buttons: [{ kind: 'flow', title: 'Informar endereço', value: '' }],
  };
}
