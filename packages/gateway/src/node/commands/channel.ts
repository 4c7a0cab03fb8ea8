import {
  createWebchatChannel,
  deleteWebchatChannel,
  listWebchatChannels,
  updateWebchatChannel,
  type WebchatChanges,
} from '../../admin/webchat-channels.ts';
import {
  createWhatsAppChannel,
  deleteWhatsAppChannel,
  listWhatsAppChannels,
  updateWhatsAppChannel,
} from '../../admin/whatsapp-channels.ts';
import { ConfigError, readWhatsApp, type Environment } from '../config.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, UsageError, type Command, type CommandContext } from './command.ts';
import { inWorkspace } from './in-workspace.ts';
import { day, table } from './table.ts';
import { mentionsWebchat, webchatChanges, webchatOptions } from './webchat-options.ts';

const workspace = { type: 'string' } as const;
const common = {
  workspace,
  name: { type: 'string' },
  queue: { type: 'string' },
  bot: { type: 'string' },
} as const;

interface CommonValues {
  readonly workspace?: string | undefined;
  readonly name?: string | undefined;
  readonly queue?: string | undefined;
  readonly bot?: string | undefined;
}

/** Whether an automation, through an API key, has the conversations first. */
function botOf({ bot }: CommonValues): boolean | undefined {
  if (bot === undefined) return undefined;
  if (bot !== 'on' && bot !== 'off') throw new UsageError('Give --bot one of on, off.');
  return bot === 'on';
}

const create: Action = async (args, context) => {
  const { values } = parse(args, { options: { ...common, ...webchatOptions, kind: { type: 'string' } } });
  const { kind = 'whatsapp' } = values;
  if (kind === 'webchat')
    return await createWebchat(values, { ...webchatChanges(values), bot: botOf(values) }, context);
  if (kind !== 'whatsapp') throw new UsageError('Give --kind one of whatsapp, webchat.');
  if (mentionsWebchat(values)) throw new UsageError('Those settings are of a webchat: add --kind webchat.');
  await createWhatsApp(values, context);
};

async function createWhatsApp(values: CommonValues, { env, print, note }: CommandContext): Promise<void> {
  // From the environment, because every user of the machine can read the arguments of a process.
  const settings = readWhatsApp(env);
  const bot = botOf(values);
  if (!settings) throw new ConfigError('Set the WHATSAPP_… variables of the number; prosa-gateway --help lists them.');
  const channel = await inWorkspace(env, values.workspace, (scope, { id }) =>
    createWhatsAppChannel(scope, id, { settings: { ...settings, bot }, name: values.name, queueId: values.queue }),
  );
  print(channel.id);
  note(
    'At Meta, set the webhook to <public address>/webhooks/whatsapp with the verify token, and subscribe to messages.',
  );
}

async function createWebchat(
  { workspace: of, name, queue: queueId }: CommonValues,
  settings: WebchatChanges,
  { env, print, note }: CommandContext,
): Promise<void> {
  if (settings.origins === undefined || settings.origins.length === 0) {
    throw new UsageError(
      'Give the --origin of the website, such as https://www.example.com; more than one may be given.',
    );
  }
  const webchat = await inWorkspace(env, of, (scope, { id }) =>
    createWebchatChannel(scope, id, { settings, name, queueId }),
  );
  print(`id   ${webchat.id}`);
  print(`key  ${webchat.key}`);
  note('The key goes into the markup of the website. It is no secret: it works on the listed origins only.');
}

const list: Action = async (args, { env, print }) => {
  const { values } = parse(args, { options: { workspace } });
  const rows = await inWorkspace(env, values.workspace, async (scope, { id: workspaceId }) => {
    const numbers = await listWhatsAppChannels(scope, workspaceId);
    const webchats = await listWebchatChannels(scope, workspaceId);
    return [
      ...numbers.map(({ id, name, phoneNumberId, queueId, bot, createdAt }) => [
        id,
        name,
        phoneNumberId,
        queueId ?? '',
        bot ? 'on' : '',
        day(createdAt),
        '',
      ]),
      ...webchats.map(({ id, name, key, settings, queueId, createdAt }) => [
        id,
        name,
        key,
        queueId ?? '',
        settings.bot ? 'on' : '',
        day(createdAt),
        settings.origins.join(' ') || 'no origin: switched off',
      ]),
    ];
  });
  const head = ['id', 'name', 'phone number id or key', 'queue', 'bot', 'made', 'origins'];
  print(table(head, rows, 'The workspace has no channel.'));
};

/** From the environment, because every user of the machine can read the arguments of a process. */
function secretsOf(env: Environment) {
  const settings = readWhatsApp(env);
  if (!settings) throw new ConfigError('Set the WHATSAPP_… variables of the number; prosa-gateway --help lists them.');
  const { accessToken, appSecrets, verifyToken, businessAccountId, appId } = settings;
  return { accessToken, appSecrets: [...appSecrets], verifyToken, businessAccountId, appId };
}

const update: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, {
    options: { ...common, ...webchatOptions, secrets: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [channelId = ''] = takePositionals(positionals, ['id']);
  const { name, queue: queueId } = values;
  const bot = botOf(values);
  const settings = { ...webchatChanges(values), bot };
  await inWorkspace(env, values.workspace, async (scope, { id }) => {
    const numbers = await listWhatsAppChannels(scope, id);
    if (!numbers.some((number) => number.id === channelId)) {
      await updateWebchatChannel(scope, id, channelId, { settings, name, queueId });
      return;
    }
    if (mentionsWebchat(values)) throw new UsageError('Those settings are of a webchat.');
    const secrets = values.secrets === true ? secretsOf(env) : {};
    await updateWhatsAppChannel(scope, id, channelId, { bot, name, queueId, ...secrets });
  });
  print(`${channelId} is changed.`);
};

const remove: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [channelId = ''] = takePositionals(positionals, ['id']);
  await inWorkspace(env, values.workspace, async (scope, { id }) => {
    const webchats = await listWebchatChannels(scope, id);
    const isWebchat = webchats.some((webchat) => webchat.id === channelId);
    await (isWebchat ? deleteWebchatChannel : deleteWhatsAppChannel)(scope, id, channelId);
  });
  print(`${channelId} is deleted.`);
};

const webchatUsage = [
  '      [--title <text>] [--greeting <text>] [--subtitle <text>] [--accent #0b6e4f] [--position right|left]',
  '      [--subject <text>]… [--ask-name required|optional|hidden] [--ask-email required|optional|hidden]',
];

export const channelCommand: Command = {
  name: 'channel',
  summary: 'WhatsApp numbers, and webchats of websites',
  usage: [
    'channel create [--name <name>] [--queue <id>] [--bot on|off] [--workspace <id>]   (reads the WHATSAPP_… variables)',
    'channel create --kind webchat --origin https://www.example.com… [--name <name>] [--queue <id>] [--bot on|off] [--workspace <id>]',
    ...webchatUsage,
    'channel update <id of a webchat> [--origin …]… [--name <name>] [--queue <id>] [--bot on|off]   (a list replaces the one that was)',
    ...webchatUsage,
    'channel update <id of a WhatsApp number> [--name <name>] [--queue <id>] [--bot on|off] [--secrets]',
    '      (--secrets: token, secrets, account and app from the WHATSAPP_… variables; --bot on: an automation has its conversations first)',
    'channel list [--workspace <id>]',
    'channel delete <id>',
  ],
  run: (args, context) => runAction({ create, list, update, delete: remove }, args, context),
};
