import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { BusinessNumber } from '../state/business-number.ts';
import { shakeHands } from '../webhooks/subscription.ts';
import { GraphRefusal } from './refusal.ts';

const numberFields = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'id',
];

/** `GET /{phone-number-id}` */
export function describeNumber(number: BusinessNumber, query: URLSearchParams): JsonObject {
  const all: JsonObject = {
    verified_name: number.verifiedName,
    code_verification_status: 'VERIFIED',
    display_phone_number: number.displayPhoneNumber,
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: 'CONNECTED',
    account_mode: 'LIVE',
    messaging_limit_tier: 'TIER_2K',
    is_official_business_account: false,
    id: number.phoneNumberId,
  };
  const asked =
    query
      .get('fields')
      ?.split(',')
      .map((field) => field.trim()) ?? numberFields;
  return Object.fromEntries(
    [...new Set([...asked, 'id'])].filter((field) => field in all).map((field) => [field, all[field]]),
  );
}

/** `POST /{waba}/subscribed_apps`, with an optional callback of its own that is verified like any other. */
export async function subscribeApp(context: SimulatorContext, wabaId: string, body: unknown): Promise<JsonObject> {
  if (isObject(body) && typeof body.override_callback_uri === 'string') {
    try {
      const subscription = await shakeHands(context.fetch, {
        callbackUrl: body.override_callback_uri,
        verifyToken: typeof body.verify_token === 'string' ? body.verify_token : '',
        wabaId,
      });
      context.webhooks.subscriptions.push(subscription);
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      throw new GraphRefusal(2200, { message: `(#2200) Callback verification failed: ${error.message}` });
    }
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

export function listSubscribedApps(context: SimulatorContext, wabaId: string): JsonObject {
  const app = { whatsapp_business_api_data: { id: '1000000000000001', name: 'Simulador', link: context.origin() } };
  return { data: context.state.subscribedAccounts.has(wabaId) ? [app] : [] };
}
