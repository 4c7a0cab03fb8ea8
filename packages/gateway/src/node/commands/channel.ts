import { createWhatsAppChannel, deleteWhatsAppChannel, listWhatsAppChannels } from '../../admin/whatsapp-channels.ts';
import { ConfigError, readWhatsApp } from '../config.ts';
import { runAction, type Action } from './actions.ts';
import { parse, takePositionals, type Command } from './command.ts';
import { inWorkspace } from './in-workspace.ts';
import { day, table } from './table.ts';

const workspace = { type: 'string' } as const;

const create: Action = async (args, { env, print, note }) => {
  const { values } = parse(args, { options: { workspace, name: { type: 'string' }, queue: { type: 'string' } } });
  // From the environment, because every user of the machine can read the arguments of a process.
  const settings = readWhatsApp(env);
  if (!settings) throw new ConfigError('Set the WHATSAPP_… variables of the number; prosa-gateway --help lists them.');
  const channel = await inWorkspace(env, values.workspace, (scope, { id }) =>
    createWhatsAppChannel(scope, id, { settings, name: values.name, queueId: values.queue }),
  );
  print(channel.id);
  note(
    'At Meta, set the webhook to <public address>/webhooks/whatsapp with the verify token, and subscribe to messages.',
  );
};

const list: Action = async (args, { env, print }) => {
  const { values } = parse(args, { options: { workspace } });
  const channels = await inWorkspace(env, values.workspace, (scope, { id }) => listWhatsAppChannels(scope, id));
  const rows = channels.map(({ id, name, phoneNumberId, queueId, createdAt }) => [
    id,
    name,
    phoneNumberId,
    queueId ?? '',
    day(createdAt),
  ]);
  print(table(['id', 'name', 'phone number id', 'queue', 'made'], rows, 'The workspace has no channel.'));
};

const remove: Action = async (args, { env, print }) => {
  const { values, positionals } = parse(args, { options: { workspace }, allowPositionals: true });
  const [channelId = ''] = takePositionals(positionals, ['id']);
  await inWorkspace(env, values.workspace, (scope, { id }) => deleteWhatsAppChannel(scope, id, channelId));
  print(`${channelId} is deleted.`);
};

export const channelCommand: Command = {
  name: 'channel',
  summary: 'WhatsApp numbers',
  usage: [
    'channel create [--name <name>] [--queue <id>] [--workspace <id>]   (reads the WHATSAPP_… variables)',
    'channel list [--workspace <id>]',
    'channel delete <id>',
  ],
  run: (args, context) => runAction({ create, list, delete: remove }, args, context),
};
