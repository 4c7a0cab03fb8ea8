import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { requireObject, requireText } from './fields.ts';
import { describeApp, takeCallback } from './apps.ts';
import { GraphRefusal, invalidParameter } from './refusal.ts';

const numberFields = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'id',
];
const accountFields = ['id', 'name', 'timezone_id', 'message_template_namespace'];

function project(all: JsonObject, query: URLSearchParams, usual: readonly string[]): JsonObject {
  const asked =
    query
      .get('fields')
      ?.split(',')
      .map((field) => field.trim()) ?? usual;
  const fields = [...new Set([...asked, 'id'])].filter((field) => field in all);
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

/** `GET /{phone-number-id}`. The messaging limit is the portfolio's since 2025-10; both its names are served. */
export function describeNumber(context: SimulatorContext, number: BusinessNumber, query: URLSearchParams): JsonObject {
  const { subscriptions } = context.webhooks;
  const own = subscriptions.find((each) => each.phoneNumberId === number.phoneNumberId);
  const account = subscriptions.find((each) => each.phoneNumberId === undefined && each.wabaId === number.wabaId);
  const app = subscriptions.find((each) => each.phoneNumberId === undefined && each.wabaId === undefined);
  const all: JsonObject = {
    verified_name: number.verifiedName,
    code_verification_status: 'VERIFIED',
    display_phone_number: number.displayPhoneNumber,
    quality_rating: number.quality ?? 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: number.status ?? 'CONNECTED',
    account_mode: 'LIVE',
    messaging_limit_tier: number.limit ?? 'TIER_2K',
    whatsapp_business_manager_messaging_limit: number.limit ?? 'TIER_2K',
    is_official_business_account: false,
    is_pin_enabled: true,
    health_status: { can_send_message: number.status === 'BANNED' ? 'BLOCKED' : 'AVAILABLE', entities: [] },
    webhook_configuration: {
      ...(own ? { phone_number: own.callbackUrl } : {}),
      ...(account ? { whatsapp_business_account: account.callbackUrl } : {}),
      ...(app ? { application: app.callbackUrl } : {}),
    },
    id: number.phoneNumberId,
  };
  return project(all, query, numberFields);
}

/** `GET /{waba-id}` */
export function describeAccount(
  wabaId: string,
  numbers: readonly BusinessNumber[],
  query: URLSearchParams,
): JsonObject {
  const all: JsonObject = {
    id: wabaId,
    name: numbers.find((each) => each.wabaId === wabaId)?.verifiedName,
    timezone_id: '25',
    message_template_namespace: `ns_${wabaId}`,
    account_review_status: 'APPROVED',
    business_verification_status: 'verified',
    currency: 'BRL',
    country: 'BR',
    whatsapp_business_manager_messaging_limit: numbers.find((each) => each.wabaId === wabaId)?.limit ?? 'TIER_2K',
  };
  return project(all, query, accountFields);
}

/** `POST /{phone-number-id}` with a `webhook_configuration`: a callback for this number alone. */
export async function configureNumber(
  context: SimulatorContext,
  number: BusinessNumber,
  body: unknown,
): Promise<JsonObject> {
  const configuration = requireObject(isObject(body) ? body : {}, 'webhook_configuration');
  const callbackUrl = requireText(configuration, 'override_callback_uri', { max: 200, name: 'override_callback_uri' });
  const { phoneNumberId, wabaId } = number;
  const verifyToken = typeof configuration.verify_token === 'string' ? configuration.verify_token : '';
  await takeCallback(context, { callbackUrl, verifyToken, wabaId, phoneNumberId });
  return { success: true };
}

/** `POST /{phone-number-id}/register` */
export function registerNumber(body: unknown): JsonObject {
  const { messaging_product: product, pin } = isObject(body) ? body : {};
  if (product !== 'whatsapp') {
    throw new GraphRefusal(100, { message: '(#100) The parameter messaging_product is required.' });
  }
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin)) throw invalidParameter('Param pin must be 6 characters long.');
  return { success: true };
}

/** `POST /{waba}/subscribed_apps`, with an optional callback of its own that is verified like any other. */
export async function subscribeApp(context: SimulatorContext, wabaId: string, body: unknown): Promise<JsonObject> {
  if (isObject(body) && typeof body.override_callback_uri === 'string') {
    const verifyToken = typeof body.verify_token === 'string' ? body.verify_token : '';
    await takeCallback(context, { callbackUrl: body.override_callback_uri, verifyToken, wabaId });
  }
  context.state.subscribedAccounts.add(wabaId);
  context.persist();
  return { success: true };
}

export function unsubscribeApp(context: SimulatorContext, wabaId: string): JsonObject {
  context.state.subscribedAccounts.delete(wabaId);
  context.persist();
  return { success: true };
}

export function listSubscribedApps(context: SimulatorContext, wabaId: string, appId: string): JsonObject {
  if (!context.state.subscribedAccounts.has(wabaId)) return { data: [] };
  const own = context.webhooks.subscriptions.find((each) => each.wabaId === wabaId && each.phoneNumberId === undefined);
  const app = { whatsapp_business_api_data: describeApp(context, appId) };
  return { data: [own ? { ...app, override_callback_uri: own.callbackUrl } : app] };
}
