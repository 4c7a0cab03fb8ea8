/** What Meta answers to a member that is left out, too long, or of another type. */
export interface Rule {
  /** Path with `*` for each element of a list; the last name may be a choice such as `id|link`. */
  readonly at: string;
  readonly missing?: number;
  /** Most characters, and the code for one more. */
  readonly max?: readonly [length: number, code: number];
  /** For an object in the place of a scalar, a number in the place of an object or a list. */
  readonly wrong?: number;
  /** Only where this holds of the object around it. */
  readonly where?: (parent: Readonly<Record<string, unknown>>) => boolean;
}

const missing = 131008;
const value = 131009;
const parameter = 100;

const typed = (key: string, wanted: string) => (parent: Readonly<Record<string, unknown>>) =>
  String(parent[key]).toLowerCase() === wanted;

function file(at: string): readonly Rule[] {
  return [
    { at, missing, wrong: parameter },
    { at: `${at}.id`, missing: parameter, wrong: value },
    { at: `${at}.link`, missing: parameter, wrong: parameter },
    { at: `${at}.caption`, max: [1024, parameter], wrong: parameter },
    { at: `${at}.filename`, max: [240, parameter], wrong: parameter },
  ];
}

const files = ['audio', 'document', 'image', 'sticker', 'video'];
const money = (at: string): readonly Rule[] => [
  { at, missing, wrong: parameter },
  { at: `${at}.value`, missing: parameter, wrong: parameter },
];

function order(at: string): readonly Rule[] {
  return [
    { at: `${at}.reference_id`, missing, max: [60, value], wrong: parameter },
    { at: `${at}.type`, missing, wrong: parameter },
    { at: `${at}.currency`, missing, max: [3, value], wrong: parameter },
    ...money(`${at}.total_amount`),
    { at: `${at}.order.status`, missing, wrong: parameter },
    { at: `${at}.order.items`, missing, wrong: parameter },
    { at: `${at}.order.items.*.name`, missing, max: [60, value], wrong: parameter },
    { at: `${at}.order.items.*.quantity`, missing: parameter, wrong: parameter },
    ...money(`${at}.order.subtotal`),
  ];
}

const envelope: readonly Rule[] = [
  { at: 'messaging_product', missing: parameter, wrong: parameter },
  { at: 'to', missing: parameter, wrong: parameter, where: ({ recipient_type: kind }) => kind !== 'group' },
  { at: 'to', missing: parameter, wrong: value, where: typed('recipient_type', 'group') },
  { at: 'type', wrong: parameter },
  { at: 'recipient_type', wrong: parameter },
  { at: 'context', wrong: parameter },
  { at: 'context.message_id', missing: parameter, wrong: parameter },
];

const plain: readonly Rule[] = [
  { at: 'text', missing, wrong: parameter },
  { at: 'text.body', missing, max: [4096, parameter], wrong: parameter },
  { at: 'text.preview_url', wrong: parameter },
  ...files.flatMap(file),
  { at: 'location', missing, wrong: parameter },
  { at: 'location.latitude|longitude', missing, wrong: parameter },
  { at: 'location.name|address', wrong: parameter },
  { at: 'contacts', missing, wrong: parameter },
  { at: 'contacts.*.name', missing, wrong: parameter },
  { at: 'contacts.*.name.formatted_name', missing, wrong: parameter },
  { at: 'contacts.*.phones|emails|addresses|urls|birthday', wrong: parameter },
  { at: 'reaction', missing, wrong: parameter },
  { at: 'reaction.message_id', missing, wrong: parameter },
  { at: 'reaction.emoji', missing, max: [1, value], wrong: parameter },
  { at: 'status', wrong: parameter },
  { at: 'message_id', missing: parameter, wrong: parameter },
  { at: 'typing_indicator', wrong: parameter },
  { at: 'typing_indicator.type', missing: parameter, wrong: parameter },
];

const bodyIsFree = ['product', 'call_permission_request'];
const interactive: readonly Rule[] = [
  { at: 'interactive', missing, wrong: parameter },
  { at: 'interactive.type', missing, wrong: parameter },
  { at: 'interactive.header', wrong: parameter },
  { at: 'interactive.header', missing, where: typed('type', 'product_list') },
  { at: 'interactive.header.type', missing: value, wrong: value },
  { at: 'interactive.header.text', missing, max: [60, value], wrong: parameter },
  ...files.flatMap((kind) => file(`interactive.header.${kind}`)),
  { at: 'interactive.body', missing, wrong: parameter, where: ({ type }) => !bodyIsFree.includes(String(type)) },
  { at: 'interactive.body', wrong: parameter, where: ({ type }) => bodyIsFree.includes(String(type)) },
  { at: 'interactive.body.text', missing, max: [4096, value], wrong: parameter },
  { at: 'interactive.footer', wrong: parameter },
  { at: 'interactive.footer.text', missing, max: [60, value], wrong: parameter },
  { at: 'interactive.action', missing, wrong: parameter },
  { at: 'interactive.action.name', missing, wrong: value },
  { at: 'interactive.action.buttons', missing, wrong: parameter },
  { at: 'interactive.action.buttons.*.type', missing: value, wrong: value },
  { at: 'interactive.action.buttons.*.reply', missing, wrong: parameter },
  { at: 'interactive.action.buttons.*.reply.title', missing, max: [20, value], wrong: parameter },
  { at: 'interactive.action.buttons.*.reply.id', missing, max: [256, value], wrong: parameter },
  { at: 'interactive.action.button', missing, max: [20, value], wrong: parameter },
  { at: 'interactive.action.sections', missing, wrong: parameter },
  { at: 'interactive.action.sections.*.title', missing, max: [24, parameter], wrong: parameter },
  { at: 'interactive.action.sections.*.rows', missing, wrong: parameter },
  { at: 'interactive.action.sections.*.rows.*.id', missing, max: [200, value], wrong: parameter },
  { at: 'interactive.action.sections.*.rows.*.title', missing, max: [24, value], wrong: parameter },
  { at: 'interactive.action.sections.*.rows.*.description', max: [72, parameter], wrong: parameter },
  { at: 'interactive.action.sections.*.product_items', missing, wrong: parameter },
  { at: 'interactive.action.sections.*.product_items.*.product_retailer_id', missing, wrong: parameter },
  { at: 'interactive.action.catalog_id|product_retailer_id', missing, wrong: parameter },
  { at: 'interactive.action.cards', missing, wrong: parameter },
  { at: 'interactive.action.cards.*.card_index', missing, wrong: value },
  { at: 'interactive.action.cards.*.type', missing: parameter, wrong: parameter },
  { at: 'interactive.action.cards.*.header', missing, wrong: parameter },
  { at: 'interactive.action.cards.*.body.text', missing, max: [160, value], wrong: parameter },
  { at: 'interactive.action.cards.*.action', missing, wrong: parameter },
  { at: 'interactive.action.cards.*.action.parameters.display_text', missing, max: [20, value], wrong: parameter },
  { at: 'interactive.action.cards.*.action.buttons.*.quick_reply.title', missing, max: [20, value], wrong: parameter },
];

const parameters: readonly Rule[] = [
  { at: 'display_text', missing, max: [20, value] as const, wrong: parameter },
  { at: 'url', missing, max: [2000, value] as const, wrong: parameter },
  { at: 'flow_message_version', missing, wrong: value },
  { at: 'flow_id|flow_name', missing },
  { at: 'flow_cta', missing, max: [30, value] as const, wrong: parameter },
  { at: 'flow_action|mode', wrong: parameter },
  { at: 'flow_action_payload.screen', missing, wrong: missing },
  { at: 'country', missing, wrong: parameter },
  { at: 'values|saved_addresses|validation_errors', wrong: parameter },
  { at: 'thumbnail_product_retailer_id', wrong: parameter },
].map((rule): Rule => ({ ...rule, at: `interactive.action.parameters.${rule.at}` }));

const orderMessages: readonly Rule[] = [
  ...order('interactive.action.parameters').map((rule): Rule => ({
    ...rule,
    where: (parent) => rule.where?.(parent) ?? true,
  })),
];

const orderStatus: readonly Rule[] = [
  { at: 'interactive.action.parameters.reference_id', missing, max: [60, value], wrong: parameter },
  { at: 'interactive.action.parameters.order', missing, wrong: parameter },
  { at: 'interactive.action.parameters.order.status', missing, wrong: parameter },
];

const part = (at: string): string => `template.components.*.${at}`;
const inBody = typed('type', 'body');
const template: readonly Rule[] = [
  { at: 'template', missing, wrong: parameter },
  { at: 'template.name', missing, max: [512, value], wrong: parameter },
  { at: 'template.language', missing, wrong: parameter },
  { at: 'template.language.code', missing, wrong: parameter },
  { at: 'template.language.policy', wrong: parameter },
  { at: 'template.components', wrong: parameter },
  { at: part('type'), missing: parameter, wrong: parameter },
  { at: part('parameters'), missing: 132000, wrong: parameter, where: inBody },
  // Meta prints a boolean for the text of a quick reply, which is no text at all.
  {
    at: part('parameters.*.text'),
    missing,
    wrong: parameter,
    where: ({ type, text }) => type === 'text' && typeof text === 'string',
  },
  { at: part('parameters.*.parameter_name'), missing: parameter, wrong: parameter },
  { at: part('parameters.*.currency|date_time'), missing, wrong: parameter },
  { at: part('parameters.*.currency.fallback_value'), missing, wrong: missing },
  { at: part('parameters.*.image|video|document|location|product'), missing, wrong: parameter },
  { at: part('parameters.*.product.product_retailer_id|catalog_id'), missing, wrong: parameter },
  { at: part('sub_type'), missing, wrong: missing },
  { at: part('index'), missing, wrong: 132018 },
  { at: part('parameters.*.coupon_code'), missing, max: [20, 132018], wrong: parameter },
  { at: part('parameters.*.action'), missing, wrong: parameter },
  { at: part('parameters.*.limited_time_offer'), missing, wrong: parameter },
  { at: part('parameters.*.limited_time_offer.expiration_time_ms'), missing, wrong: parameter },
  { at: part('parameters.*.action.sections'), missing, wrong: parameter },
  { at: part('parameters.*.tap_target_configuration'), missing, wrong: parameter },
  { at: part('parameters.*.tap_target_configuration.*.url'), missing, wrong: parameter },
  { at: part('cards'), missing, wrong: parameter },
  { at: part('cards.*.card_index'), missing, wrong: missing },
  { at: part('cards.*.components.*.type'), missing: parameter, wrong: parameter },
  ...order(part('parameters.*.action.order_details')),
];

/** Of bodies for `POST /{phone-number-id}/messages`. A message without `type` is a text. */
export function sendRules(body: Readonly<Record<string, unknown>>): readonly Rule[] {
  const { interactive: sent } = body;
  const kind = typeof sent === 'object' && sent !== null && 'type' in sent ? sent.type : undefined;
  const orders = kind === 'order_details' ? orderMessages : kind === 'order_status' ? orderStatus : [];
  return [...envelope, ...plain, ...interactive, ...parameters, ...orders, ...template];
}

const component = (at: string): string => `components.*.${at}`;
const is = (type: string) => typed('type', type);

/** Of bodies for `POST /{waba}/message_templates`: always code 100, with a subcode where Meta has one. */
export const createRules: readonly Rule[] = [
  { at: 'name', missing: parameter, max: [512, parameter], wrong: parameter },
  { at: 'language|languages|category', missing: parameter, wrong: parameter },
  { at: 'parameter_format|message_send_ttl_seconds', wrong: parameter },
  { at: 'components', missing: parameter, wrong: parameter },
  { at: component('type'), missing: parameter, wrong: parameter },
  { at: component('text'), missing: parameter, max: [1024, parameter], wrong: parameter },
  { at: component('format'), missing: parameter, wrong: parameter },
  {
    at: component('example'),
    missing: parameter,
    wrong: parameter,
    where: ({ text }) => text === undefined || String(text).includes('{{'),
  },
  { at: component('buttons'), missing: parameter, wrong: parameter },
  { at: component('buttons.*.type'), missing: parameter, wrong: parameter },
  {
    at: component('buttons.*.text'),
    max: [25, parameter],
    wrong: parameter,
  },
  { at: component('buttons.*.url|phone_number|otp_type|flow_id|flow_name|flow_json'), missing: parameter },
  { at: component('buttons.*.example'), missing: parameter, where: is('copy_code') },
  { at: component('buttons.*.zero_tap_terms_accepted'), missing: parameter, wrong: parameter },
  { at: component('buttons.*.package_name|signature_hash'), missing: parameter, wrong: parameter },
  { at: component('limited_time_offer'), missing: parameter, wrong: parameter },
  { at: component('limited_time_offer.text'), missing: parameter, max: [16, parameter], wrong: parameter },
  { at: component('code_expiration_minutes'), missing: parameter, wrong: parameter },
  { at: component('add_security_recommendation'), wrong: parameter },
  { at: component('cards'), missing: parameter, wrong: parameter },
  { at: component('cards.*.components'), missing: parameter, wrong: parameter },
  { at: component('cards.*.components.*.type'), missing: parameter, wrong: parameter },
];
