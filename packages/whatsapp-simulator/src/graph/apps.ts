import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import { shakeHands } from '../webhooks/subscription.ts';
import type { SubscribeOptions } from '../webhooks/subscription.ts';
import { numbersOf } from './access.ts';
import { GraphRefusal } from './refusal.ts';

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** Fields that every subscription of the simulator carries. */
export const webhookFields = [
  'messages',
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'user_preferences',
  'user_id_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'security',
];

/** Takes up a callback after the handshake; a failed one is Meta's 2200. */
export async function takeCallback(context: SimulatorContext, options: SubscribeOptions): Promise<void> {
  try {
    context.webhooks.subscriptions.push(await shakeHands(context.fetch, options));
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    throw new GraphRefusal(2200, { message: `(#2200) Callback verification failed: ${error.message}` });
  }
}

export function describeApp(context: SimulatorContext, appId: string): JsonObject {
  return { id: appId, name: 'Simulador', link: context.origin() };
}

/** `GET /debug_token?input_token=`: what a token is good for; a token that is none is told, not refused. */
export function debugToken(context: SimulatorContext, query: URLSearchParams): JsonObject {
  const token = query.get('input_token');
  if (token === null) throw new GraphRefusal(100, { message: '(#100) The parameter input_token is required.' });
  const numbers = numbersOf(context, token);
  const [first] = numbers;
  if (!first) {
    const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
    return { data: { error, is_valid: false, scopes: [] } };
  }
  const accounts = [...new Set(numbers.map((each) => each.wabaId))];
  return {
    data: {
      app_id: first.appId,
      type: token === first.token ? 'SYSTEM_USER' : 'APP',
      application: 'Simulador',
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: true,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, target_ids: accounts })),
    },
  };
}

/** `GET /{app-id}/subscriptions` */
export function listAppSubscriptions(context: SimulatorContext): JsonObject {
  const own = context.webhooks.subscriptions.find(
    (each) => each.wabaId === undefined && each.phoneNumberId === undefined,
  );
  if (!own) return { data: [] };
  const fields = webhookFields.map((name) => ({ name, version: 'v25.0' }));
  return {
    data: [{ object: 'whatsapp_business_account', callback_url: own.callbackUrl, active: true, fields }],
  };
}

/** `POST /{app-id}/subscriptions`: the callback of the app, verified at once. */
export async function subscribeAppCallback(context: SimulatorContext, body: unknown): Promise<JsonObject> {
  const { object, callback_url: callbackUrl, verify_token: verifyToken } = isObject(body) ? body : {};
  if (object !== 'whatsapp_business_account') {
    throw new GraphRefusal(100, { message: '(#100) Param object must be one of {WHATSAPP_BUSINESS_ACCOUNT}.' });
  }
  if (typeof callbackUrl !== 'string' || !URL.canParse(callbackUrl)) {
    throw new GraphRefusal(100, { message: '(#100) Param callback_url must be a valid URL.' });
  }
  const { subscriptions } = context.webhooks;
  await takeCallback(context, { callbackUrl, verifyToken: typeof verifyToken === 'string' ? verifyToken : '' });
  const before = subscriptions.findIndex(
    (each, index) => index < subscriptions.length - 1 && each.wabaId === undefined && each.phoneNumberId === undefined,
  );
  if (before >= 0) subscriptions.splice(before, 1);
  return { success: true };
}
