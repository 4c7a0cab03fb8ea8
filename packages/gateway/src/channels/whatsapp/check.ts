import type { ChannelFinding } from '@prosa/core/contract';
import { toBase64Url } from '../../base64url.ts';
import type { ChannelTrouble } from '../channel.ts';
import { finding, type FindingCode } from './check-texts.ts';
import type { WhatsAppConfig } from './config.ts';
import { graphClient, type GraphClient, type GraphOptions } from './graph.ts';
import { refusalOf, successOf, type GraphReply } from './graph-reply.ts';
import { fieldsOf, idOf, isFields, lineOf, listOf, textOf, type Fields } from './parse/fields.ts';
import { hmacHex } from './signature.ts';
import { missingFields } from './webhook-fields.ts';

export interface CheckOptions extends GraphOptions {
  /** Where Meta should reach the gateway. */
  readonly publicUrl: string;
  readonly signal: AbortSignal;
}

export interface Checked {
  readonly findings: readonly ChannelFinding[];
  /** What the number says of itself; `null`: it could not be asked. */
  readonly number: Fields | null;
  /** What the provider has against the channel; `null`: nothing, or it could not be asked. */
  readonly trouble: (ChannelTrouble & { readonly text: string }) | null;
}

const numberFields =
  'id,display_phone_number,verified_name,quality_rating,status,throughput,webhook_configuration,whatsapp_business_manager_messaging_limit';
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** Looks at everything that has to be right between Meta and the gateway. Sends nothing to anybody. */
export async function checkNumber(config: WhatsAppConfig, options: CheckOptions): Promise<Checked> {
  const callback = `${options.publicUrl}/webhooks/whatsapp`;
  const findings: ChannelFinding[] = [];
  const { baseUrl, graphVersion, businessAccountId } = config;
  const subscribe = `${baseUrl}/${graphVersion}/${businessAccountId}/subscribed_apps`;
  const places = { callback, graph: baseUrl, subscribe };
  const add = (code: FindingCode, detail?: string | null) => void findings.push(finding(code, places, detail));
  const graph = graphClient(config, options);
  const reply = await askNumber(graph, config, options);
  const number = successOf(reply) === null ? null : fieldsOf(successOf(reply));
  if (number === null) {
    const others = refusedAs(reply) === 'number_not_found' ? await numbersOfAccount(graph, config, options) : null;
    if (others === null) add(refusedAs(reply), detailOf(reply));
    else add('number_other_id', others);
  } else {
    add('token_ok');
    judgeNumber(number, add);
    judgeVersion(reply, config, add);
    const app = await checkToken(graph, config, options, add);
    await checkAccount(graph, config, options, add);
    await checkSecrets(graph, config, options, add);
    await checkSubscription(graph, config, app, options, add);
    await checkFields(config, config.appId ?? app, options, add);
    judgeCallback(number, callback, add);
  }
  await checkAddress(config, callback, options, add);
  const refusal = number === null ? refusalOf(reply) : null;
  const trouble = refusal?.outcome === 'failed' && refusal.trouble ? refusal.trouble : null;
  return { findings, number, trouble: trouble && { ...trouble, text: detailOf(reply) } };
}

type Add = (code: FindingCode, detail?: string | null) => void;
type Asking = Pick<CheckOptions, 'signal'>;

/** Fields come and go with versions: one that is not there must not look like a number that is not. */
async function askNumber(graph: GraphClient, { phoneNumberId }: WhatsAppConfig, options: Asking): Promise<GraphReply> {
  const reply = await graph.get(phoneNumberId, { fields: numberFields }, options);
  if (!/nonexisting field/i.test(messageOf(reply))) return reply;
  return await graph.get(phoneNumberId, { fields: 'id,display_phone_number,verified_name,quality_rating' }, options);
}

/** Who takes the phone number for its id finds the id among these; `null`: the account is not seen, or has none. */
async function numbersOfAccount(graph: GraphClient, config: WhatsAppConfig, options: Asking): Promise<string | null> {
  const query = { fields: 'id,display_phone_number', limit: '20' };
  const reply = await graph.get(`${config.businessAccountId}/phone_numbers`, query, options);
  const numbers = listOf(fieldsOf(successOf(reply))['data']).map((each) => {
    const { id, display_phone_number: shown } = fieldsOf(each);
    return [idOf(id), lineOf(shown, 40)].filter((part) => part !== null).join(': ');
  });
  return numbers.length === 0 ? null : numbers.join('; ');
}

function refusedAs(reply: GraphReply): FindingCode {
  if (reply.kind !== 'answer') return 'graph_unreachable';
  const code = codeOf(reply);
  if (code === 190 || code === 0) return 'token_invalid';
  if (code === 3 || code === 10 || code === 131005 || (code !== null && code >= 200 && code < 300)) {
    return 'token_permissions';
  }
  return code === 100 || code === 33 ? 'number_not_found' : 'graph_refused';
}

function judgeNumber(number: Fields, add: Add): void {
  const status = lineOf(number['status'], 40);
  const shown = [lineOf(number['display_phone_number'], 40), lineOf(number['verified_name'], 100)];
  const name = shown.filter((part) => part !== null).join(', ');
  if (status !== null && status !== 'CONNECTED') add('number_not_connected', `${name}: ${status}`);
  else add('number_ok', name);
  if (number['quality_rating'] === 'RED') add('number_quality_low');
}

function judgeVersion(reply: GraphReply, { graphVersion }: WhatsAppConfig, add: Add): void {
  const answered = reply.kind === 'answer' ? (reply.version ?? null) : null;
  if (answered === null) return;
  if (answered === graphVersion) add('graph_version_ok', graphVersion);
  else add('graph_version_retired', `${graphVersion} → ${answered}`);
}

/** @returns the app of the token; `null`: Meta does not tell it to this token */
async function checkToken(graph: GraphClient, config: WhatsAppConfig, options: Asking, add: Add) {
  const reply = await graph.get('debug_token', { input_token: config.accessToken }, options);
  const data = fieldsOf(fieldsOf(successOf(reply))['data']);
  const granted = listOf(data['scopes']);
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (granted.length > 0 && missing.length > 0) add('token_permissions', missing.join(', '));
  const expires = Number(data['expires_at'] ?? 0);
  if (expires > 0 && expires < 1e11) add('token_expires', new Date(expires * 1000).toISOString());
  const app = idOf(data['app_id']);
  if (config.appId === undefined) add('app_id_missing', app);
  else if (app !== null && app !== config.appId) add('app_id_wrong', `${config.appId} → ${app}`);
  return app;
}

async function checkAccount(graph: GraphClient, config: WhatsAppConfig, options: Asking, add: Add): Promise<void> {
  const { businessAccountId, phoneNumberId } = config;
  const reply = await graph.get(`${businessAccountId}/phone_numbers`, { fields: 'id', limit: '100' }, options);
  const answer = successOf(reply);
  if (answer === null) {
    add(codeOf(reply) === 100 ? 'account_not_found' : refusedAs(reply), detailOf(reply));
    return;
  }
  const { data, paging } = fieldsOf(answer);
  const isThere = listOf(data).some((each) => idOf(fieldsOf(each)['id']) === phoneNumberId);
  if (isThere) add('account_ok');
  else if (textOf(fieldsOf(paging)['next']) === null) add('account_other_number');
}

/** Meta compares a proof that is sent along with the secret of the token's app. */
async function checkSecrets(graph: GraphClient, config: WhatsAppConfig, options: Asking, add: Add): Promise<void> {
  const valid: boolean[] = [];
  for (const secret of config.appSecrets) {
    const proof = await hmacHex(secret, new TextEncoder().encode(config.accessToken));
    const reply = await graph.get(config.phoneNumberId, { fields: 'id', appsecret_proof: proof }, options);
    if (successOf(reply) !== null) valid.push(true);
    else if (/appsecret_proof/i.test(messageOf(reply))) valid.push(false);
  }
  if (valid.length === 0) return;
  if (!valid.includes(true)) add('app_secret_wrong');
  else if (valid.includes(false)) add('app_secret_former');
  else add('app_secret_ok');
}

async function checkSubscription(
  graph: GraphClient,
  { businessAccountId }: WhatsAppConfig,
  app: string | null,
  options: Asking,
  add: Add,
): Promise<void> {
  const reply = await graph.get(`${businessAccountId}/subscribed_apps`, {}, options);
  const answer = successOf(reply);
  // What is wrong with the account has been said.
  if (answer === null) return;
  const apps = listOf(fieldsOf(answer)['data']).map((each) => fieldsOf(fieldsOf(each)['whatsapp_business_api_data']));
  const isThere = app === null ? apps.length > 0 : apps.some((each) => idOf(each['id']) === app);
  const names = apps.map((each) => lineOf(each['name'], 100)).filter((name) => name !== null);
  add(isThere ? 'subscription_ok' : 'subscription_missing', names.length > 0 ? names.join(', ') : null);
}

/** Only the app itself is told what it is subscribed to: its own token is its id and its secret. */
async function checkFields(config: WhatsAppConfig, app: string | null, options: CheckOptions, add: Add): Promise<void> {
  if (app === null) return;
  for (const secret of config.appSecrets) {
    const graph = graphClient({ ...config, accessToken: `${app}|${secret}` }, options);
    const { data } = fieldsOf(successOf(await graph.get(`${app}/subscriptions`, {}, options)));
    const own = listOf(data)
      .map(fieldsOf)
      .filter(({ object }) => object === 'whatsapp_business_account');
    // A former secret is told nothing, and an app without a callback has nothing to tell.
    if (own.length === 0) continue;
    const fields = own.flatMap((subscription) => listOf(subscription['fields']));
    const missing = missingFields(new Set(fields.map((field) => (isFields(field) ? field['name'] : field))));
    if (missing.length === 0) add('fields_ok');
    else add(missing.includes('messages') ? 'fields_without_messages' : 'fields_missing', missing.join(', '));
    return;
  }
}

/** The narrowest one wins: the number's, then the account's, then the app's. */
function judgeCallback(number: Fields, callback: string, add: Add): void {
  const configuration = number['webhook_configuration'];
  if (configuration === undefined) return;
  const { phone_number: own, whatsapp_business_account: account, application } = fieldsOf(configuration);
  const url = textOf(own) ?? textOf(account) ?? textOf(application);
  if (url === null) add('callback_missing');
  else if (url.replace(/\/+$/, '') === callback) add('callback_ok', url);
  else add('callback_elsewhere', url);
}

const addressTimeoutMs = 10_000;

/** What Meta does: a handshake, then a signed delivery, of nothing. */
async function checkAddress(
  { verifyToken, appSecrets, baseUrl }: WhatsAppConfig,
  callback: string,
  { fetch, signal, publicUrl }: CheckOptions,
  add: Add,
): Promise<void> {
  const { protocol, hostname } = new URL(publicUrl);
  const isLocal = protocol !== 'https:' || /^(localhost|127\.|\[::1\])/.test(hostname);
  if (isLocal && new URL(baseUrl).hostname === 'graph.facebook.com') add('public_url_local', publicUrl);

  const challenge = toBase64Url(crypto.getRandomValues(new Uint8Array(12)));
  const query = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': verifyToken,
    'hub.challenge': challenge,
  });
  const limit = () => AbortSignal.any([signal, AbortSignal.timeout(addressTimeoutMs)]);
  try {
    const response = await fetch(`${callback}?${query.toString()}`, { redirect: 'manual', signal: limit() });
    const echoed = response.status === 200 ? (await response.text()).trim() : '';
    if (echoed !== challenge) {
      add('public_url_refused', `HTTP ${response.status}`);
      return;
    }
    add('public_url_ok', callback);
    const [secret] = appSecrets;
    if (secret === undefined) return;
    const body = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}');
    const signature = `sha256=${await hmacHex(secret, body)}`;
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature };
    const delivered = await fetch(callback, { method: 'POST', headers, body, redirect: 'manual', signal: limit() });
    await delivered.body?.cancel();
    if (delivered.status === 200) add('signature_ok');
    else add('signature_refused', `HTTP ${delivered.status}`);
  } catch (error) {
    add('public_url_unreachable', lineOf(reasonOf(error), 200));
  }
}

/** `fetch` says only that it failed; why is in what caused it: no such host, a certificate that has expired… */
function reasonOf(error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  if (!(cause instanceof Error)) return message;
  return `${message}: ${'code' in cause ? String(cause.code) : cause.message}`;
}

function errorOf(reply: GraphReply): Fields {
  return fieldsOf(fieldsOf(reply.kind === 'answer' ? reply.body : null)['error']);
}

function codeOf(reply: GraphReply): number | null {
  const code = Number(idOf(errorOf(reply)['code']) ?? Number.NaN);
  return Number.isSafeInteger(code) ? code : null;
}

function messageOf(reply: GraphReply): string {
  return lineOf(errorOf(reply)['message'], 300) ?? '';
}

function detailOf(reply: GraphReply): string {
  if (reply.kind !== 'answer') return reply.detail;
  const code = codeOf(reply);
  return code === null ? `HTTP ${reply.status}` : `${code}: ${messageOf(reply)}`;
}
