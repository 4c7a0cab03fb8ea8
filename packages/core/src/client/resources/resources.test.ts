import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  commandErrors,
  commonErrors,
  isCommand,
  routes,
  splitPath,
  type Route,
  type Routes,
} from '../../contract/index.ts';
import { settle } from '../../testing/manual-clock.ts';
import { readSource } from '../../testing/read-source.ts';
import { agentOf, conversationOf, idOf } from '../../testing/samples.ts';
import { scriptedClient } from '../../testing/scripted-client.ts';
import { json } from '../../testing/scripted-server.ts';
import type { ProsaClient } from '../prosa-client.ts';

/** Webchats have a client of their own; the stream is behind `on`, `live` and `connection`. */
type Resources = Omit<Routes, 'webchat' | 'events'>;
type RouteName = { [Name in keyof Resources]: `${Name}.${keyof Resources[Name] & string}` }[keyof Resources];

const cnv = idOf('cnv', 1);
const msg = idOf('msg', 1);
const que = idOf('que', 1);
const agt = idOf('agt', 1);
const cus = idOf('cus', 1);
const ctt = idOf('ctt', 1);
const att = idOf('att', 1);
const prf = idOf('prf', 1);
const tag = idOf('tag', 1);
const hsm = idOf('hsm', 1);
const srv = idOf('srv', 1);
const chn = idOf('chn', 1);
const job = idOf('job', 1);
const dsp = idOf('dsp', 1);
const number = '20261120000042';
const text = { type: 'text', text: 'Olá!' } as const;

/** How each route is called: one that is added to the contract and not to the client does not compile here. */
const uses: Readonly<Record<RouteName, (client: ProsaClient) => unknown>> = {
  'conversations.list': ({ conversations }) => conversations.list({ tab: 'waiting', queueId: que, limit: 10 }),
  'conversations.counts': ({ conversations }) => conversations.counts({ queueId: que }),
  'conversations.get': ({ conversations }) => conversations.get(cnv),
  'conversations.accept': ({ conversations }) => conversations.accept(cnv),
  'conversations.decline': ({ conversations }) => conversations.decline(cnv),
  'conversations.transfer': ({ conversations }) => conversations.transfer(cnv, { to: { queueId: que } }),
  'conversations.invite': ({ conversations }) => conversations.invite(cnv, agt),
  'conversations.join': ({ conversations }) => conversations.join(cnv),
  'conversations.leave': ({ conversations }) => conversations.leave(cnv),
  'conversations.park': ({ conversations }) => conversations.park(cnv),
  'conversations.resume': ({ conversations }) => conversations.resume(cnv),
  'conversations.close': ({ conversations }) => conversations.close(cnv),
  'conversations.save': ({ conversations }) => conversations.save(cnv, { category: 'Entrega' }),
  'conversations.discard': ({ conversations }) => conversations.discard(cnv, 'engano'),
  'conversations.reopen': ({ conversations }) => conversations.reopen(cnv),
  'conversations.handOver': ({ conversations }) => conversations.handOver(cnv),
  'conversations.resolve': ({ conversations }) => conversations.resolve(cnv),
  'conversations.convert': ({ conversations }) => conversations.convert(cnv, { queueId: que }),
  'conversations.setTags': ({ conversations }) => conversations.setTags(cnv, [tag]),
  'conversations.position': ({ conversations }) => conversations.position(cnv),
  'conversations.start': ({ conversations }) =>
    conversations.start({ to: { phone: '+5583999142210' }, template: { templateId: hsm } }),
  'conversations.read': ({ conversations }) => conversations.markRead(cnv),
  'conversations.typing': ({ conversations }) => conversations.typing(cnv, true),
  'conversations.viewing': ({ conversations }) => conversations.viewing(cnv, false),
  'messages.list': ({ messages }) => messages.list(cnv, { around: msg }),
  'messages.get': ({ messages }) => messages.get(cnv, msg),
  'messages.send': ({ messages }) => messages.send(cnv, text),
  'messages.resend': ({ messages }) => messages.resend(cnv, msg),
  'messages.react': ({ messages }) => messages.react(cnv, msg, '👍'),
  'customers.list': ({ customers }) => customers.list({ search: 'sol' }),
  'customers.get': ({ customers }) => customers.get(cus),
  'customers.create': ({ customers }) => customers.create({ name: 'Padaria Sol Nascente' }),
  'customers.update': ({ customers }) => customers.update(cus, { notes: null }),
  'contacts.list': ({ contacts }) => contacts.list({ customerId: cus }),
  'contacts.get': ({ contacts }) => contacts.get(ctt),
  'contacts.link': ({ contacts }) => contacts.link(ctt, cus),
  'contacts.unlink': ({ contacts }) => contacts.unlink(ctt),
  'queues.list': ({ queues }) => queues.list(),
  'queues.get': ({ queues }) => queues.get(que),
  'queues.create': ({ queues }) => queues.create({ name: 'Financeiro' }),
  'queues.update': ({ queues }) => queues.update(que, { routing: 'offer' }),
  'agents.list': ({ agents }) => agents.list({ active: true }),
  'agents.me': ({ agents }) => agents.me(),
  'agents.permissions': ({ agents }) => agents.permissions(),
  'agents.presence': ({ agents }) => agents.setPresence({ state: 'online' }),
  'agents.pause': ({ agents }) => agents.setPresenceOf(agt, { state: 'paused' }),
  'agents.get': ({ agents }) => agents.get(agt),
  'agents.update': ({ agents }) => agents.update(agt, { active: false }),
  'attachments.upload': ({ attachments }) => attachments.upload(new Blob(['x']), { fileName: 'nota.txt' }),
  'attachments.get': ({ attachments }) => attachments.get(att),
  'attachments.url': ({ attachments }) => attachments.url(att),
  'protocols.get': ({ protocols }) => protocols.get(number),
  'protocols.history': ({ protocols }) => protocols.history(number),
  'protocols.export': ({ protocols }) => protocols.export(number),
  'profiles.list': ({ profiles }) => profiles.list(),
  'profiles.get': ({ profiles }) => profiles.get(prf),
  'profiles.create': ({ profiles }) => profiles.create({ name: 'Plantão', permissions: [] }),
  'profiles.update': ({ profiles }) => profiles.update(prf, { name: 'Plantão' }),
  'profiles.delete': ({ profiles }) => profiles.delete(prf),
  'tags.list': ({ tags }) => tags.list({ queueId: que }),
  'tags.create': ({ tags }) => tags.create({ name: 'Troca' }),
  'tags.update': ({ tags }) => tags.update(tag, { queueIds: [que] }),
  'tags.delete': ({ tags }) => tags.delete(tag),
  'settings.get': ({ settings }) => settings.get(),
  'settings.update': ({ settings }) => settings.update({ retentionDays: 180 }),
  'search.conversations': ({ search }) => search.conversations('segunda via', { status: 'closed' }),
  'hsm.list': ({ hsm: templates }) => templates.list({ status: 'approved' }),
  'hsm.get': ({ hsm: templates }) => templates.get(hsm),
  'hsm.create': ({ hsm: templates }) =>
    templates.create({
      name: 'entrega_a_caminho',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Seu pedido saiu.' }],
    }),
  'hsm.update': ({ hsm: templates }) => templates.update(hsm, { replyQueueId: que }),
  'hsm.delete': ({ hsm: templates }) => templates.delete(hsm),
  'hsm.sync': ({ hsm: templates }) => templates.sync(),
  'dispatches.list': ({ dispatches }) => dispatches.list(),
  'dispatches.get': ({ dispatches }) => dispatches.get(dsp),
  'dispatches.create': ({ dispatches }) =>
    dispatches.create({ name: 'Avisos', template: { templateId: hsm }, recipients: [{ to: { contactId: ctt } }] }),
  'dispatches.cancel': ({ dispatches }) => dispatches.cancel(dsp),
  'dispatches.recipients': ({ dispatches }) => dispatches.recipients(dsp, { state: 'failed' }),
  'dispatches.report': ({ dispatches }) => dispatches.report(dsp),
  'surveys.list': ({ surveys }) => surveys.list(),
  'surveys.get': ({ surveys }) => surveys.get(srv),
  'surveys.create': ({ surveys }) => surveys.create({ instrument: 'csat', name: 'Depois' }),
  'surveys.update': ({ surveys }) => surveys.update(srv, { active: false }),
  'surveys.send': ({ surveys }) => surveys.send(cnv, { instrument: 'nps' }),
  'surveys.responses': ({ surveys }) => surveys.responses({ conversationId: cnv }),
  'surveys.results': ({ surveys }) => surveys.results({ instrument: 'nps', from: '2026-11-01T00:00:00.000Z' }),
  'channels.list': ({ channels }) => channels.list(),
  'channels.get': ({ channels }) => channels.get(chn),
  'channels.create': ({ channels }) =>
    channels.create({
      phoneNumberId: '106540352242922',
      businessAccountId: '102290129340398',
      accessToken: 'EAAJB0123456789ab',
      appSecrets: ['0123456789abcdef'],
      verifyToken: 'verify-it-please',
    }),
  'channels.update': ({ channels }) => channels.update(chn, { accessToken: 'EAAJC0123456789ab' }),
  'channels.delete': ({ channels }) => channels.delete(chn),
  'channels.test': ({ channels }) => channels.test(chn),
  'deadLetters.list': ({ deadLetters }) => deadLetters.list(),
  'deadLetters.redrive': ({ deadLetters }) => deadLetters.redrive(job),
};

/** Methods that are not called as their route is. */
const otherNames: Readonly<Record<string, string>> = {
  read: 'markRead',
  presence: 'setPresence',
  pause: 'setPresenceOf',
};

const entries = Object.entries(routes).flatMap(([resource, group]) =>
  resource === 'webchat' || resource === 'events'
    ? []
    : Object.entries(group as Record<string, Route>).map(([name, route]) => ({
        name: `${resource}.${name}` as RouteName,
        resource,
        method: otherNames[name] ?? name,
        route,
      })),
);

describe('every route of the contract', () => {
  it.each(entries)('$name has a method, which asks for what the route takes', async ({ name, route }) => {
    const { client, server } = scriptedClient();
    server.always(route.path, () => json({ ...agentOf(), ...conversationOf(1), data: [], nextCursor: null }));
    const asked = uses[name](client) as PromiseLike<unknown>;
    // A list asks once it is awaited; what comes back is not what this is about.
    asked.then(null, () => undefined);
    await settle();
    const [request] = server.requestsTo(route.path);
    expect(request?.method).toBe(splitPath(route.path).method);
    if (!request) return;
    expect(route.params?.safeParse(request.params).error).toBeUndefined();
    expect((route.query ?? noQuery).safeParse(Object.fromEntries(request.query)).error).toBeUndefined();
    if (!route.binary) expect(route.body?.safeParse(request.body).error).toBeUndefined();
    if (!route.body && !route.binary) expect(request.body).toBeUndefined();
    expect(request.headers.has('idempotency-key')).toBe(
      isCommand(route) || route.signal === true || route.asks === true,
    );
    client.destroy();
  });

  it.each(entries)('$name is documented, with what it rejects with', ({ resource, method, route }) => {
    const { doc, about } = docOf(resource, method);
    expect(doc).toMatch(/[a-z]/);
    const usual = new Set<string>([...commonErrors, ...commandErrors]);
    for (const code of route.errors.filter((each) => !usual.has(each))) expect(about + doc).toContain(`\`${code}\``);
    if (!route.callers.includes('api_key')) expect(doc).toMatch(/Agents only|an API key is nobody/);
    if (!route.callers.includes('agent')) expect(doc).toContain('API keys only');
  });

  it.each(Object.keys(routes).filter((name) => name !== 'webchat' && name !== 'events'))(
    '%s has an example',
    (resource) => {
      expect(sourceOf(resource)).toContain('@example');
    },
  );
});

/** Takes nothing: a query that nobody reads would be a mistake of the method. */
const noQuery = z.strictObject({});

function sourceOf(resource: string): string {
  const file = resource.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return readSource(new URL(`./${file}.ts`, import.meta.url));
}

/** What stands above the method, and above the interface that it is of. */
function docOf(resource: string, method: string): { readonly doc: string; readonly about: string } {
  const [, about = '', body = ''] =
    /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?export interface \w+Resource \{\n([^]*?)\n\}/.exec(sourceOf(resource)) ?? [];
  const [, doc = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\n {2}${method}\\(`).exec(body) ?? [];
  return { doc: doc.replaceAll(/\s+\* /g, ' '), about };
}
