import { hmacHex } from '../channels/whatsapp/signature.ts';
import { webhookFields } from '../channels/whatsapp/webhook-fields.ts';
import type { Gateway } from '../options.ts';

interface Trouble {
  /** Everything that is asked of the number is refused. */
  readonly refuse?: { readonly code: number; readonly message: string };
  /** Of all that is asked, only this object is refused. */
  readonly refuseOnly?: string;
  readonly scopes?: readonly string[];
  /** Fields of the number that are different. */
  readonly number?: object;
  /** Numbers of the account. */
  readonly numbers?: readonly string[];
  readonly appSecret?: string;
  /** Apps that are subscribed. */
  readonly apps?: readonly string[];
  /** Webhook fields that the app is subscribed to. */
  readonly fields?: readonly string[];
  /** Where webhooks go; `null`: nowhere. */
  readonly callback?: string | null;
  readonly version?: string;
  /** Seconds. */
  readonly expiresAt?: number;
  /** Nobody answers. */
  readonly silent?: boolean;
}

/** Of the token, unless the trouble is that it is another's. */
export const pretendAppId = '9900000000007';

const shownNumber = '+55 83 3000-1000';

export interface PretendNumber {
  readonly fetch: typeof fetch;
  /** From now on this is different from how it should be. */
  become(trouble: Trouble): void;
  /** Who answers at the public address. */
  reach(gateway: Pick<Gateway, 'fetch'>): void;
}

/** What Meta says of one number when it is asked, and the network between it and the gateway. */
export function pretendNumber(of: {
  readonly phoneNumberId: string;
  readonly appSecrets: readonly string[];
  readonly accessToken: string;
  readonly graphUrl: string;
  readonly gatewayUrl: string;
}): PretendNumber {
  let trouble: Trouble = {};
  let gateway: Pick<Gateway, 'fetch'> | null = null;

  function answerOf(url: URL): unknown {
    const [, edge = ''] = url.pathname.split('/').slice(2);
    const [id = ''] = url.pathname.split('/').slice(2);
    if (id === 'debug_token') {
      const scopes = trouble.scopes ?? ['whatsapp_business_messaging', 'whatsapp_business_management'];
      return { data: { app_id: pretendAppId, scopes, expires_at: trouble.expiresAt ?? 0 } };
    }
    if (edge === 'phone_numbers')
      return { data: (trouble.numbers ?? [of.phoneNumberId]).map((id) => ({ id, display_phone_number: shownNumber })) };
    if (edge === 'subscribed_apps') {
      return {
        data: (trouble.apps ?? [pretendAppId]).map((app) => ({
          whatsapp_business_api_data: { id: app, name: 'Loja' },
        })),
      };
    }
    if (edge === 'subscriptions') {
      const fields = (trouble.fields ?? webhookFields).map((name) => ({ name, version: 'v25.0' }));
      return { data: [{ object: 'whatsapp_business_account', active: true, fields }] };
    }
    const callback = trouble.callback === undefined ? `${of.gatewayUrl}/webhooks/whatsapp` : trouble.callback;
    return {
      id,
      display_phone_number: shownNumber,
      verified_name: 'Cacau',
      quality_rating: 'GREEN',
      status: 'CONNECTED',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
      webhook_configuration: callback === null ? {} : { application: callback },
      ...trouble.number,
    };
  }

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (trouble.silent === true) throw new TypeError('fetch failed');
      if (url.origin === of.gatewayUrl && gateway) return await gateway.fetch(request);
      if (url.origin !== of.graphUrl) throw new TypeError('fetch failed');
      const refused = await refusalOf(url);
      const headers = { 'facebook-api-version': trouble.version ?? 'v25.0' };
      return refused
        ? Response.json({ error: refused }, { status: 400, headers })
        : Response.json(answerOf(url), { headers });
    },
    become: (next) => void (trouble = next),
    reach: (next) => void (gateway = next),
  };

  async function refusalOf(url: URL): Promise<object | null> {
    const isRefused = trouble.refuseOnly === undefined || url.pathname.endsWith(`/${trouble.refuseOnly}`);
    if (trouble.refuse && isRefused) return trouble.refuse;
    const proof = url.searchParams.get('appsecret_proof');
    const secret = trouble.appSecret ?? of.appSecrets[0] ?? '';
    if (proof === null || proof === (await hmacHex(secret, new TextEncoder().encode(of.accessToken)))) return null;
    return { code: 100, message: 'Invalid appsecret_proof provided in the API argument' };
  }
}
