import type { MessageTemplate, MessageTemplateCreate, Page } from '@prosa/core/contract';
import { createWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import { templateOf } from '../channels/whatsapp/parse/template.ts';
import { applyTemplateNews, takeTemplates } from '../commands/take-templates.ts';
import { runUnit } from '../store/unit.ts';
import type { TestDesk, TestWorkspace } from './desk.ts';

/** A made-up template with a variable in each place that can have one. */
export const orderTemplate = {
  name: 'pedido_saiu',
  category: 'UTILITY',
  language: 'pt_BR',
  components: [
    { type: 'HEADER', text: 'Pedido {{1}}', examples: ['4471'] },
    { type: 'BODY', text: 'Olá, {{1}}. Seu pedido chega {{2}}, sem falta.', examples: ['Marina', 'amanhã'] },
    { type: 'FOOTER', text: 'Cacau Digital' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Falar com alguém' },
        { type: 'URL', text: 'Acompanhar', url: 'https://loja.test/p/{{1}}', example: 'https://loja.test/p/4471' },
      ],
    },
  ],
} as const satisfies MessageTemplateCreate;

export const orderValues = { 'header.1': '5120', 'body.1': 'Tainá', 'body.2': 'na sexta', 'button.1.1': '5120' };

export const plainTemplate = {
  name: 'ola',
  category: 'MARKETING',
  language: 'pt_BR',
  components: [{ type: 'BODY', text: 'Olá! Podemos falar do seu pedido?' }],
} as const satisfies MessageTemplateCreate;

/** A template as Meta's list has it, approved: what was made there and is only sent from here. */
export async function listedTemplate(
  desk: TestDesk,
  workspace: TestWorkspace,
  name: string,
  components: readonly object[],
  category = 'UTILITY',
): Promise<MessageTemplate> {
  const template = templateOf({ id: `7412${name}`, name, language: 'pt_BR', category, status: 'APPROVED', components });
  if (template === null) throw new Error('Meta would list no such template');
  const scope = { db: desk.database, clock: desk.clock };
  const place = { channelId: workspace.channel.id, askedAt: desk.clock.now() };
  await runUnit(scope, workspace.id, (unit) => takeTemplates(unit, [template], place));
  const { body } = await workspace.server.call<Page<MessageTemplate>>('GET', `/v1/hsm?search=${name}`);
  const [listed] = body.data;
  if (!listed) throw new Error('it was not taken');
  return listed;
}

/** A template that Meta has approved, as its webhook would say. */
export async function approvedTemplate(
  desk: TestDesk,
  workspace: TestWorkspace,
  wanted: MessageTemplateCreate = plainTemplate,
): Promise<MessageTemplate> {
  const { body } = await workspace.server.call<MessageTemplate>('POST', '/v1/hsm', wanted);
  await judge(desk, workspace, body, 'approved');
  return (await workspace.server.call<MessageTemplate>('GET', `/v1/hsm/${body.id}`)).body;
}

export async function judge(
  desk: TestDesk,
  workspace: TestWorkspace,
  { name, language }: Pick<MessageTemplate, 'name' | 'language'>,
  status: MessageTemplate['status'],
  reason: string | null = null,
): Promise<void> {
  const scope = { db: desk.database, clock: desk.clock };
  const { channel } = workspace;
  const news = { channel, providerId: null, name, language, at: desk.clock.now(), status, reason };
  await runUnit(scope, workspace.id, (unit) => applyTemplateNews(unit, news));
}

/** A second number of the same workspace, of another business account. Returns its id. */
export async function otherChannel({ database, clock }: TestDesk, { id, channel }: TestWorkspace): Promise<string> {
  const created = await createWhatsAppChannel({ db: database, clock }, id, {
    settings: {
      phoneNumberId: `10900099${channel.externalId?.slice(-6) ?? ''}`,
      businessAccountId: '10800000000002',
      accessToken: 'test-token',
      appSecrets: ['another-app-secret'],
      verifyToken: 'test-verify-token',
      baseUrl: 'http://graph.test',
      graphVersion: 'v25.0',
    },
  });
  return created.id;
}
