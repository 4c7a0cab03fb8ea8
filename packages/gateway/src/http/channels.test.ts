import type { Channel, ChannelFinding, Conversation, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealWhatsAppChannels } from '../admin/whatsapp-channels.ts';
import { createSecretBox, type SecretBox } from '../channels/secret-box.ts';
import { processDue } from '../channels/whatsapp/envelope-worker.ts';
import { webhookFields } from '../channels/whatsapp/webhook-fields.ts';
import { silentLog } from '../log.ts';
import { openDesk, testUrl, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pretendAppId, pretendNumber, type PretendNumber } from '../testbed/pretend-number.ts';
import { contactOf, marinaWaId, postWebhook, textMessage } from '../testbed/webhooks.ts';

const sales = {
  phoneNumberId: '10900000007001',
  businessAccountId: '10800000007000',
  appId: pretendAppId,
  accessToken: 'EAAB-o-token-das-vendas-1111',
  appSecrets: ['segredo-do-app-das-vendas-2222'],
  verifyToken: 'verifique-as-vendas-3333',
};
const support = {
  ...sales,
  phoneNumberId: '10900000007002',
  accessToken: 'EAAB-o-token-do-suporte-4444',
  appSecrets: ['segredo-do-app-do-suporte-5555'],
};
const secretsOf = (number: typeof sales) => [number.accessToken, ...number.appSecrets, number.verifyToken];

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let box: SecretBox;
  let meta: PretendNumber;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let boss: Caller;

  beforeEach(async () => {
    opened = await open();
    box = await createSecretBox(['uma chave de teste, comprida o bastante']);
    meta = pretendNumber({ ...sales, graphUrl: 'http://graph.test', gatewayUrl: testUrl });
    desk = openDesk(opened.database, { secretBox: box, graphUrl: 'http://graph.test', fetch: meta.fetch });
    meta.reach(desk.gateway);
    workspace = await desk.workspace('Cacau');
    boss = await workspace.agent('chefe', { role: 'administrator' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const add = async (number: object, caller = boss) =>
    await caller.call<Channel & Problem>('POST', '/v1/channels', number);
  const read = async (id: string) => (await boss.call<Channel>('GET', `/v1/channels/${id}`)).body;
  const configs = async () =>
    (await opened.database.read.selectFrom('channels').select('config').execute()).map(({ config }) => config).join();
  const work = async () => {
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
  };
  const post = async (number: typeof sales, field: string, value: object, secret = number.appSecrets[0] ?? '') => {
    const metadata = { display_phone_number: '558330001000', phone_number_id: number.phoneNumberId };
    const change = {
      field,
      value: { messaging_product: 'whatsapp', ...(field === 'messages' && { metadata }), ...value },
    };
    const entry = [{ id: number.businessAccountId, time: Math.floor(desk.clock.now() / 1000), changes: [change] }];
    const { status } = await postWebhook(desk, { object: 'whatsapp_business_account', entry }, { secret });
    await work();
    return status;
  };

  it('refuses what Meta would never show, twice the same number, and a queue of others, and says nothing of others', async () => {
    for (const [change, path] of [
      [{ phoneNumberId: '+55 83 3000-1000' }, 'body.phoneNumberId'],
      [{ accessToken: 'with a blank' }, 'body.accessToken'],
      [{ accessToken: 'sealed1:abc:def' }, 'body.accessToken'],
      [{ appSecrets: [] }, 'body.appSecrets'],
      [{ appId: 'the app' }, 'body.appId'],
      [{ baseUrl: 'http://169.254.169.254' }, 'body.baseUrl'],
      [{ queueId: 'que_00000000000000000000000000' }, 'body.queueId'],
    ] as const) {
      const { status, body } = await add({ ...sales, ...change });
      expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
      expect(JSON.stringify(body)).not.toMatch(/EAAB|segredo/);
    }
    expect((await add(sales)).status).toBe(200);
    const other = await (await desk.workspace('Outra')).agent('outra', { role: 'administrator' });
    const taken = await add({ ...sales, appSecrets: ['outro-segredo-qualquer'] }, other);
    expect([taken.status, taken.body.code, taken.body.detail]).toEqual([409, 'number_taken', undefined]);
    expect((await add(sales)).body.code).toBe('number_taken');
    expect((await add(support, await workspace.agent('ana'))).status).toBe(403);
  });

  it('connects several numbers and apps, answers no secret of theirs and stores none in clear', async () => {
    const { body: first } = await add({ ...sales, name: 'Vendas' });
    const { body: second } = await add(support);
    expect(first).toMatchObject({
      name: 'Vendas',
      accessToken: { last4: '1111' },
      appSecrets: [{ last4: '2222' }],
      verifyToken: { last4: '3333' },
      appId: pretendAppId,
      readReceipts: 'on_open',
      health: { status: 'healthy', paused: false, quality: null, lastWebhookAt: null, lastError: null },
      version: 1,
    });
    const changed = await boss.call<Channel>('PATCH', `/v1/channels/${second.id}`, {
      name: 'Suporte',
      accessToken: 'EAAB-o-token-novo-do-suporte-6666',
      readReceipts: 'never',
    });
    expect(changed.body).toMatchObject({ name: 'Suporte', accessToken: { last4: '6666' }, readReceipts: 'never' });
    const list = await boss.call<Page<Channel>>('GET', '/v1/channels');
    expect(list.body.data.map(({ name }) => name)).toEqual([workspace.channel.name, 'Vendas', 'Suporte']);
    const events = await opened.database.read.selectFrom('events').select(['type', 'data']).execute();
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('channel.'))).toEqual([
      'channel.created',
      'channel.created',
      'channel.created',
      'channel.updated',
    ]);
    const keys = await opened.database.read.selectFrom('idempotencyKeys').selectAll().execute();
    const everything = JSON.stringify([first, second, changed.body, list.body, events, keys]) + (await configs());
    for (const secret of [...secretsOf(sales), ...secretsOf(support)]) expect(everything).not.toContain(secret);
  });

  it('disconnects a number that nobody has written to, and no other', async () => {
    const { body } = await add(sales);
    await post(sales, 'messages', { contacts: [contactOf('Marina')], messages: [textMessage('wamid.1', 'Oi')] });
    const refused = await boss.call<Problem>('DELETE', `/v1/channels/${body.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'in_use']);
    const { body: second } = await add(support);
    expect((await boss.call('DELETE', `/v1/channels/${second.id}`)).body).toEqual({ deleted: true });
    expect((await boss.call('GET', `/v1/channels/${second.id}`)).status).toBe(404);
    expect((await add(support)).status).toBe(200);
  });

  it('lets the secret of one app speak for its own numbers only', async () => {
    const other = await desk.workspace('Outra');
    const theirs = await other.agent('outra', { role: 'administrator' });
    await add(sales);
    await add(support, theirs);
    const hello = (id: string) => ({ contacts: [contactOf('Marina')], messages: [textMessage(id, 'Oi')] });
    const heard = async (caller: Caller) =>
      (await caller.call<Page<Conversation>>('GET', '/v1/conversations')).body.data.length;

    expect(await post(sales, 'messages', hello('wamid.a'), 'segredo-de-ninguem')).toBe(401);
    // Signed by an app that is known, about the number of another: taken, and nothing comes of it.
    expect(await post(support, 'messages', hello('wamid.b'), sales.appSecrets[0])).toBe(200);
    expect(await post(sales, 'messages', hello('wamid.c'), support.appSecrets[0])).toBe(200);
    expect([await heard(boss), await heard(theirs)]).toEqual([0, 0]);

    expect(await post(support, 'messages', hello('wamid.b'))).toBe(200);
    expect([await heard(boss), await heard(theirs)]).toEqual([0, 1]);
    expect(await post(sales, 'messages', hello('wamid.c'))).toBe(200);
    expect([await heard(boss), await heard(theirs)]).toEqual([1, 1]);
  });

  it('keeps two secrets while one is replaced, and forgets the former one when told to', async () => {
    const { body } = await add(sales);
    const says = (id: string, secret: string) => post(sales, 'statuses', { id: marinaWaId, posts: id }, secret);
    const change = (appSecrets: readonly string[]) => boss.call('PATCH', `/v1/channels/${body.id}`, { appSecrets });
    await change(['segredo-novo-das-vendas', ...sales.appSecrets]);
    expect(await says('1', 'segredo-novo-das-vendas')).toBe(200);
    expect(await says('2', sales.appSecrets[0] ?? '')).toBe(200);
    await change(['segredo-novo-das-vendas']);
    expect(await says('3', sales.appSecrets[0] ?? '')).toBe(401);
  });

  it('encrypts what an older version wrote in clear, goes on with a new key, and says what to do without it', async () => {
    const row = await opened.database.read.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
    expect(row.config).toContain('test-token');
    expect(await sealWhatsAppChannels({ db: opened.database }, box)).toBe(1);
    expect(await sealWhatsAppChannels({ db: opened.database }, box)).toBe(0);
    expect(await configs()).not.toMatch(/test-token|test-app-secret|test-verify/);
    expect(await read(row.id)).toMatchObject({ version: 1, health: { paused: false } });

    const renewed = await createSecretBox([
      'outra chave de teste, comprida',
      'uma chave de teste, comprida o bastante',
    ]);
    expect(await sealWhatsAppChannels({ db: opened.database }, renewed)).toBe(1);
    await expect(sealWhatsAppChannels({ db: opened.database }, box)).rejects.toThrow(
      /PROSA_SECRET_KEY.*channel update/s,
    );
    const after = await opened.database.read.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
    expect(after.version).toBe(row.version);
    const tested = await boss.call<{ findings: ChannelFinding[] }>('POST', `/v1/channels/${row.id}/test`);
    expect(tested.body.findings[0]).toMatchObject({ code: 'settings_unreadable', outcome: 'failed' });
    expect((await read(row.id)).health).toMatchObject({ status: 'misconfigured', paused: true });

    // Who lost the key gives all secrets anew.
    const some = await boss.call<Problem>('PATCH', `/v1/channels/${row.id}`, { accessToken: sales.accessToken });
    expect([some.status, some.body.errors?.map(({ path }) => path)]).toEqual([
      422,
      ['body.appSecrets', 'body.verifyToken'],
    ]);
    const { accessToken, appSecrets, verifyToken } = sales;
    const all = await boss.call<Channel>('PATCH', `/v1/channels/${row.id}`, { accessToken, appSecrets, verifyToken });
    expect(all.body.health).toMatchObject({ status: 'healthy', paused: false });
  });

  describe('health', () => {
    it('is what Meta says of the number, newest last, and is told', async () => {
      const { body } = await add(sales);
      await post(sales, 'phone_number_quality_update', { event: 'FLAGGED', current_limit: 'TIER_10K' });
      await post(sales, 'phone_number_name_update', { decision: 'REJECTED', rejection_reason: 'NAME_X' });
      await post(sales, 'account_update', {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_900_000_000 }],
      });
      await post(sales, 'account_alerts', { alert_info: { alert_type: 'LIMITS', alert_description: 'Look at it.' } });
      await post(sales, 'account_update', { event: 'NEVER_HEARD_OF' });
      await post(sales, 'business_capability_update', { max_daily_conversations_per_business: 'soon' });
      const { health, version } = await read(body.id);
      expect(health).toMatchObject({
        quality: 'low',
        messagingLimit: 10_000,
        name: { decision: 'rejected', reason: 'NAME_X' },
        restrictions: [{ type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', until: '2030-03-17T17:46:40.000Z' }],
        alert: { type: 'LIMITS', text: 'Look at it.' },
      });
      expect(version).toBe(5);
      const told = await opened.database.read.selectFrom('events').select('type').execute();
      expect(told.filter(({ type }) => type === 'channel.updated')).toHaveLength(4);
    });

    it('is of the number that the news name', async () => {
      const { body: first } = await add(sales);
      const { body: second } = await add({ ...support, appSecrets: sales.appSecrets });
      for (const [id, number] of [
        [first.id, '+55 83 3000-1000'],
        [second.id, '+55 83 3000-2000'],
      ] as const) {
        const standing = JSON.stringify({ displayPhoneNumber: number });
        await opened.database.transaction((tx) =>
          tx.updateTable('channels').set({ standing }).where('id', '=', id).execute(),
        );
      }
      const value = { display_phone_number: '558330002000', event: 'FLAGGED', current_limit: 'TIER_2K' };
      await post(sales, 'phone_number_quality_update', value);
      expect([(await read(first.id)).health.quality, (await read(second.id)).health.quality]).toEqual([null, 'low']);
    });

    it('knows when Meta was last heard of', async () => {
      const { body } = await add(sales);
      await post(sales, 'messages', { contacts: [contactOf('Marina')], messages: [textMessage('wamid.1', 'Oi')] });
      expect((await read(body.id)).health.lastWebhookAt).toBe(new Date(desk.clock.now()).toISOString());
      expect((await read(workspace.channel.id)).health.lastWebhookAt).toBeNull();
    });
  });

  describe('the test button', () => {
    const test = async (id: string) =>
      (
        await boss.call<{ ok: boolean; findings: ChannelFinding[]; channel: Channel }>(
          'POST',
          `/v1/channels/${id}/test`,
        )
      ).body;
    const codesOf = (findings: readonly ChannelFinding[], outcome?: string) =>
      findings.filter((each) => outcome === undefined || each.outcome === outcome).map(({ code }) => code);

    it('finds nothing to mend where all is right, and learns what the number says of itself', async () => {
      const { body } = await add(sales);
      const { ok, findings, channel } = await test(body.id);
      expect([ok, codesOf(findings, 'failed')]).toEqual([true, []]);
      expect(codesOf(findings)).toEqual([
        'token_ok',
        'number_ok',
        'graph_version_ok',
        'account_ok',
        'app_secret_ok',
        'subscription_ok',
        'fields_ok',
        'callback_ok',
        'public_url_ok',
        'signature_ok',
      ]);
      expect(channel).toMatchObject({
        displayPhoneNumber: '+55 83 3000-1000',
        health: { quality: 'high', messagingLimit: 2000 },
      });
      for (const secret of secretsOf(sales)) expect(JSON.stringify(findings)).not.toContain(secret);
    });

    it('says what to do about each thing that is wrong', async () => {
      const { body } = await add(sales);
      for (const [trouble, code] of [
        [{ refuse: { code: 190, message: 'Session has expired' } }, 'token_invalid'],
        [{ refuse: { code: 10, message: 'No permission' } }, 'token_permissions'],
        [{ refuse: { code: 100, message: 'Unsupported get request' } }, 'number_not_found'],
        [{ scopes: ['whatsapp_business_messaging'] }, 'token_permissions'],
        [{ number: { status: 'BANNED' } }, 'number_not_connected'],
        [{ numbers: ['10900000000999'] }, 'account_other_number'],
        [{ appSecret: 'o-segredo-de-outro-app' }, 'app_secret_wrong'],
        [{ apps: ['1'] }, 'subscription_missing'],
        [{ fields: ['account_update'] }, 'fields_without_messages'],
        [{ callback: 'https://crm.example.com/webhook' }, 'callback_elsewhere'],
        [{ callback: null }, 'callback_missing'],
      ] as const) {
        meta.become(trouble);
        const { ok, findings } = await test(body.id);
        expect([ok, codesOf(findings, 'failed')]).toEqual([false, [code]]);
        const [found] = findings.filter(({ outcome }) => outcome === 'failed');
        for (const text of Object.values(found?.text ?? {})) expect(text).toMatch(/\w{3}.*\.$/s);
        meta.become({});
      }
      meta.become({ version: 'v30.0', expiresAt: 1_900_000_000 });
      const { ok, findings } = await test(body.id);
      expect([ok, codesOf(findings, 'warning')]).toEqual([true, ['graph_version_retired', 'token_expires']]);
    });

    it('names what a newcomer has to put right: the id of the number, the address to subscribe at', async () => {
      const { body } = await add(sales);
      meta.become({ refuse: { code: 100, message: 'Unsupported get request' }, refuseOnly: body.phoneNumberId });
      const [unknown] = (await test(body.id)).findings;
      expect(unknown).toMatchObject({ code: 'number_other_id', detail: `${body.phoneNumberId}: +55 83 3000-1000` });
      meta.become({ apps: [] });
      const missing = (await test(body.id)).findings.find(({ code }) => code === 'subscription_missing');
      expect(missing?.text.en).toContain(`/v25.0/${body.businessAccountId}/subscribed_apps -H`);
      meta.become({ silent: true });
      const [unreached] = (await test(body.id)).findings;
      expect(unreached?.text['pt-BR']).toContain('http://graph.test');
    });

    it('names the webhook fields that are missing, and an app that is not the one of the token', async () => {
      const { body } = await add({ ...sales, appId: undefined });
      expect(body.appId).toBeNull();
      meta.become({ fields: webhookFields.filter((field) => field !== 'user_preferences') });
      const warned = (await test(body.id)).findings.filter(({ outcome }) => outcome === 'warning');
      expect(warned.map(({ code, detail }) => [code, detail])).toEqual([
        ['app_id_missing', pretendAppId],
        ['fields_missing', 'user_preferences'],
      ]);
      await boss.call('PATCH', `/v1/channels/${body.id}`, { appId: '9900000000008' });
      meta.become({ apps: ['9900000000008'] });
      const { ok, findings, channel } = await test(body.id);
      expect([ok, channel.appId]).toEqual([false, '9900000000008']);
      expect(codesOf(findings, 'failed')).toContain('app_id_wrong');
    });

    it('pauses a number whose token is refused, and lets it in as soon as it is well', async () => {
      const { body } = await add(sales);
      meta.become({ refuse: { code: 190, message: 'Session has expired' } });
      expect((await test(body.id)).channel.health).toMatchObject({ status: 'token_invalid', paused: true });
      meta.become({});
      expect((await test(body.id)).channel.health).toMatchObject({
        status: 'healthy',
        paused: false,
        lastError: { text: '190: Session has expired' },
      });
    });

    it('answers while Meta and the public address are silent', async () => {
      const { body } = await add(sales);
      meta.become({ silent: true });
      const { ok, findings, channel } = await test(body.id);
      expect([ok, codesOf(findings)]).toEqual([false, ['graph_unreachable', 'public_url_unreachable']]);
      expect(channel.health.status).toBe('healthy');
      const strangers = await (await desk.workspace('Outra')).agent('outra', { role: 'administrator' });
      expect((await strangers.call('POST', `/v1/channels/${body.id}/test`)).status).toBe(404);
    });
  });
});
