import { describe, expect, it } from 'vitest';
import { hmacSha256, toHex, utf8 } from '../bytes.ts';
import { appSecret, callbackUrl, numberId, setOpenScene, setScene, token, wabaId } from '../testing/scene.ts';

const appId = '1000000000000001';
const appToken = { authorization: `Bearer ${appId}|${appSecret}` };

describe('what a set-up is checked with', () => {
  it('tells what a token is good for, and what is none', async () => {
    const { call } = await setScene();
    const told = await call('GET', `/v25.0/debug_token?input_token=${token}`, undefined, appToken);
    expect(told.body.data).toMatchObject({ app_id: appId, is_valid: true, expires_at: 0 });
    expect(told.body.data.granular_scopes[0]).toMatchObject({ target_ids: [wabaId] });
    const none = await call('GET', '/v25.0/debug_token?input_token=nada', undefined, appToken);
    expect(none).toMatchObject({ status: 200, body: { data: { is_valid: false, error: { code: 190 } } } });
    expect((await call('GET', '/v25.0/debug_token')).body.error.code).toBe(100);
  });

  it('refuses a proof of another app secret', async () => {
    const { call } = await setScene();
    const proof = async (secret: string): Promise<string> => toHex(await hmacSha256(secret, utf8(token)));
    const ask = async (secret: string): Promise<number> =>
      (await call('GET', `/v25.0/${numberId}?appsecret_proof=${await proof(secret)}`)).status;
    expect([await ask(appSecret), await ask('outro')]).toEqual([200, 400]);
  });

  it('shows a number with its quality, limit, name and callbacks', async () => {
    const { call, simulator, values } = await setScene();
    simulator.setNumberHealth(numberId, { quality: 'RED', limit: 'TIER_250' });
    simulator.setNumberHealth(numberId, { quality: 'GREEN', status: 'RESTRICTED' });
    const fields =
      'verified_name,quality_rating,throughput,status,whatsapp_business_manager_messaging_limit,webhook_configuration';
    const { body } = await call('GET', `/v25.0/${numberId}?fields=${fields}`);
    expect(body).toEqual({
      id: numberId,
      verified_name: 'Loja Cacau',
      quality_rating: 'GREEN',
      throughput: { level: 'STANDARD' },
      status: 'RESTRICTED',
      whatsapp_business_manager_messaging_limit: 'TIER_250',
      webhook_configuration: { application: callbackUrl },
    });
    await simulator.settled();
    expect(values()).toEqual([
      { display_phone_number: '558330154400', event: 'DOWNGRADE', current_limit: 'TIER_250', old_limit: 'TIER_2K' },
      { display_phone_number: '558330154400', event: 'UNFLAGGED', current_limit: 'TIER_250' },
    ]);
    const listed = await call('GET', `/v25.0/${wabaId}/phone_numbers?fields=display_phone_number`);
    expect(listed.body.data).toEqual([{ id: numberId, display_phone_number: '+55 83 3015-4400' }]);
  });

  it('subscribes an app, an account and a number, each with its own callback', async () => {
    const { call, simulator } = await setScene();
    const object = 'whatsapp_business_account';
    const own = { object, callback_url: callbackUrl, verify_token: 'abre-te-sesamo' };
    expect(
      (await call('POST', `/v25.0/${appId}/subscriptions`, { ...own, verify_token: 'x' }, appToken)).body.error.code,
    ).toBe(2200);
    expect(
      (await call('POST', `/v25.0/${appId}/subscriptions`, { ...own, object: 'page' }, appToken)).body.error.code,
    ).toBe(100);
    expect((await call('POST', '/v25.0/app/subscriptions', own, appToken)).body).toEqual({ success: true });
    const { body } = await call('GET', `/v25.0/${appId}/subscriptions`, undefined, appToken);
    expect(body.data).toMatchObject([{ object, callback_url: callbackUrl, active: true }]);
    expect(body.data[0].fields).toContainEqual({ name: 'messages', version: 'v25.0' });

    await call('DELETE', `/v25.0/${wabaId}/subscribed_apps`);
    expect((await call('GET', `/v25.0/${wabaId}/subscribed_apps`)).body).toEqual({ data: [] });
    const override = { override_callback_uri: `${callbackUrl}/conta`, verify_token: 'abre-te-sesamo' };
    await call('POST', `/v25.0/${wabaId}/subscribed_apps`, override);
    expect((await call('GET', `/v25.0/${wabaId}/subscribed_apps`)).body.data).toMatchObject([
      { whatsapp_business_api_data: { id: appId }, override_callback_uri: `${callbackUrl}/conta` },
    ]);
    const configuration = { override_callback_uri: `${callbackUrl}/numero`, verify_token: 'abre-te-sesamo' };
    await call('POST', `/v25.0/${numberId}`, { webhook_configuration: configuration });
    expect(simulator.webhooks).toEqual([]);
    expect((await call('GET', `/v25.0/${numberId}?fields=webhook_configuration`)).body.webhook_configuration).toEqual({
      phone_number: `${callbackUrl}/numero`,
      whatsapp_business_account: `${callbackUrl}/conta`,
      application: callbackUrl,
    });
  });

  it('describes the account and the app, and registers with a PIN', async () => {
    const { call } = await setScene();
    expect((await call('GET', `/v25.0/${wabaId}`)).body).toMatchObject({ id: wabaId, name: 'Loja Cacau' });
    expect((await call('GET', '/v25.0/app')).body).toMatchObject({ id: appId });
    expect(
      (await call('POST', `/v25.0/${numberId}/register`, { messaging_product: 'whatsapp', pin: '12' })).body.error.code,
    ).toBe(100);
    expect(
      (await call('POST', `/v25.0/${numberId}/register`, { messaging_product: 'whatsapp', pin: '123456' })).status,
    ).toBe(200);
  });

  it('answers without a version, as Graph does', async () => {
    const { call } = await setScene();
    expect((await call('GET', `/${numberId}`)).body.id).toBe(numberId);
  });
});

describe('a resumable upload', () => {
  const start = `/v25.0/${appId}/uploads?file_length=6&file_type=image/png&file_name=a.png`;

  it.each([
    ['another app', '/v25.0/777777/uploads?file_length=6&file_type=image/png', 33],
    ['no length', `/v25.0/${appId}/uploads?file_type=image/png`, undefined],
    ['a type that no header takes', `/v25.0/${appId}/uploads?file_length=6&file_type=text/html`, undefined],
  ])('is refused for %s', async (_name, path, subcode) => {
    const { call } = await setScene();
    const { body } = await call('POST', path);
    expect([body.error.code, body.error.error_subcode]).toEqual([100, subcode]);
  });

  it('goes on where it stopped, and ends with a handle', async () => {
    const { call, simulator } = await setScene();
    const { id } = (await call('POST', start)).body;
    const send = async (offset: number, text: string): Promise<Response> =>
      simulator.fetch(
        new Request(`http://graph.example/v25.0/${id}`, {
          method: 'POST',
          headers: { authorization: `OAuth ${token}`, file_offset: String(offset) },
          body: text,
        }),
      );
    expect(await (await send(0, 'abcd')).json()).toEqual({ id, file_offset: 4 });
    expect((await call('GET', `/v25.0/${id}`)).body).toEqual({ id, file_offset: 4 });
    expect((await send(0, 'abcd')).status).toBe(400);
    expect(await (await send(4, 'ef')).json()).toEqual({ h: expect.stringMatching(/^4::/) });
    expect((await send(6, 'g')).status).toBe(400);
  });
});

describe('blocking', () => {
  const block = (user: string): object => ({ messaging_product: 'whatsapp', block_users: [{ user }] });

  it('is for people who wrote in the last day, and keeps what they write away', async () => {
    const { call, marina, simulator, values } = await setOpenScene();
    const path = `/v25.0/${numberId}/block_users`;
    expect((await call('POST', path, block('+55 11 99999-0000'))).body.error.code).toBe(139100);
    expect((await call('POST', path, block('5583999142210'))).body.block_users.added_users).toMatchObject([
      { wa_id: '558399142210' },
    ]);
    expect((await call('GET', path)).body.data).toMatchObject([{ wa_id: '558399142210' }]);
    await marina.says('Oi?');
    await simulator.settled();
    expect(values()).toEqual([]);
    await call('DELETE', path, block('5583999142210'));
    await marina.says('E agora?');
    await simulator.settled();
    expect(values()).toMatchObject([{ messages: [{ text: { body: 'E agora?' } }] }]);
  });
});
