import { hexOf } from '../channels/whatsapp/signature.ts';
import type { TestDesk, TestWorkspace } from './desk.ts';

/** Webhooks as Meta posts them, about made-up people. */

export const marinaWaId = '558399142210';

export async function signatureOf(body: Uint8Array<ArrayBuffer>, secret: string): Promise<string> {
  const raw = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `sha256=${hexOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, body)))}`;
}

/** Posts the envelope, signed over the very bytes that are sent. */
export async function postWebhook(
  desk: Pick<TestDesk, 'request'>,
  envelope: unknown,
  options: { readonly secret?: string; readonly signature?: string | null; readonly workspace?: TestWorkspace },
): Promise<Response> {
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
  const body = new TextEncoder().encode(text);
  const secret = options.secret ?? options.workspace?.appSecret ?? '';
  const signature = options.signature === undefined ? await signatureOf(body, secret) : options.signature;
  return await desk.request('/webhooks/whatsapp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature !== null && { 'x-hub-signature-256': signature }) },
    body,
  });
}

export function envelopeOf({ channel }: TestWorkspace, ...values: readonly object[]) {
  const metadata = { display_phone_number: '558330001000', phone_number_id: channel.externalId };
  const changes = values.map((value) => ({
    field: 'messages',
    value: { messaging_product: 'whatsapp', metadata, ...value },
  }));
  return { object: 'whatsapp_business_account', entry: [{ id: '10800000000001', changes }] };
}

export function textMessage(id: string, body: string, from: string = marinaWaId) {
  return { from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body } };
}

export function contactOf(name: string, waId: string = marinaWaId) {
  return { profile: { name }, wa_id: waId };
}

export function statusOf(id: string, status: string, more: object = {}) {
  return { id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: marinaWaId, ...more };
}
