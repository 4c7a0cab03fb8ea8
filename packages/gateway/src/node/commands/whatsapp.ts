import type { ChannelFinding } from '@prosa/core/contract';
import { AdminError } from '../../admin/admin-error.ts';
import type { ChannelScope } from '../../admin/whatsapp-channels.ts';
import { checkNumber } from '../../channels/whatsapp/check.ts';
import { finding } from '../../channels/whatsapp/check-texts.ts';
import { openWhatsAppConfig, type WhatsAppConfig } from '../../channels/whatsapp/config.ts';
import { createDefaultWorkspace } from '../../admin/workspaces.ts';
import { numbersOf } from '../../store/channels.ts';
import { ConfigError, readConfig, type GatewayConfig } from '../config.ts';
import { hasDatabase } from '../open-database.ts';
import { runAction, type Action } from './actions.ts';
import { parse, type Command } from './command.ts';
import { withDatabase } from './in-workspace.ts';

const languages = ['en', 'pt-BR', 'es'] as const;
const marks = { ok: 'ok   ', warning: 'look ', failed: 'FIX  ' } as const;

const check: Action = async (args, { env, print, note, stop }) => {
  const { values } = parse(args, {
    options: { workspace: { type: 'string' }, channel: { type: 'string' }, lang: { type: 'string' } },
  });
  const config = readConfig(env);
  const stored = hasDatabase(config)
    ? await withDatabase(env, (scope) => storedNumbers(scope, values.workspace, values.channel))
    : [];
  const numbers = withOwn(stored, values.channel === undefined ? config.whatsapp : null);
  if (numbers.length === 0) {
    throw new ConfigError(
      'There is no WhatsApp number to check. Set the WHATSAPP_… variables, or add one: prosa-gateway channel create.',
    );
  }
  const language = languages.find((known) => known === (values.lang ?? 'en'));
  if (language === undefined) throw new ConfigError(`Set --lang to one of ${languages.join(', ')}.`);
  const publicUrl = publicUrlOf(config);
  if (config.publicUrl === null) {
    note(`PROSA_PUBLIC_URL is not set here: ${publicUrl} is tried. Run this with the variables of the gateway.`);
  }
  let failures = 0;
  for (const { name, phoneNumberId, settings } of numbers) {
    print(`${name} (phone number id ${phoneNumberId})`);
    const findings =
      typeof settings === 'string'
        ? [finding('settings_unreadable', null, settings)]
        : (await checkNumber(settings, { fetch, publicUrl, signal: stop })).findings;
    for (const found of findings) print(`  ${lineOf(found, language)}`);
    failures += findings.filter(({ outcome }) => outcome === 'failed').length;
  }
  if (failures > 0) throw new AdminError(failures === 1 ? 'One thing to fix.' : `${failures} things to fix.`);
  note('Everything that has to be right is right. Write to the number from a phone: the message appears in the inbox.');
};

interface NumberToCheck {
  readonly name: string;
  readonly phoneNumberId: string;
  /** Or why they cannot be read: the others are checked all the same. */
  readonly settings: WhatsAppConfig | string;
}

async function storedNumbers(
  scope: ChannelScope,
  workspace: string | undefined,
  channel: string | undefined,
): Promise<readonly NumberToCheck[]> {
  const workspaceId = workspace ?? (await createDefaultWorkspace(scope)).id;
  let query = numbersOf(scope.db.read, workspaceId).orderBy('createdAt').orderBy('id');
  if (channel !== undefined) query = query.where('id', '=', channel);
  const rows = await query.execute();
  if (channel !== undefined && rows.length === 0) {
    throw new AdminError(`unable to check the channel; the workspace has no WhatsApp number with the id "${channel}"`);
  }
  const { secretBox } = scope;
  if (!secretBox) throw new Error('a command has the keys');
  return Promise.all(
    rows.map(async (row) => {
      const settings = await openWhatsAppConfig(row, secretBox).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      return { name: row.name, phoneNumberId: row.externalId, settings };
    }),
  );
}

/** What the environment says of a number is what the gateway starts with. */
function withOwn(stored: readonly NumberToCheck[], own: WhatsAppConfig | null): readonly NumberToCheck[] {
  if (own === null) return stored;
  const { phoneNumberId } = own;
  const others = stored.filter((other) => other.phoneNumberId !== phoneNumberId);
  return [{ name: 'The number of the environment', phoneNumberId, settings: own }, ...others];
}

function publicUrlOf({ publicUrl, host, port }: GatewayConfig): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function lineOf({ outcome, text, detail }: ChannelFinding, language: keyof ChannelFinding['text']): string {
  return `${marks[outcome]} ${text[language]}${detail === null || detail === '' ? '' : ` (${detail})`}`;
}

export const whatsappCommand: Command = {
  name: 'whatsapp',
  summary: 'whether Meta and the gateway reach each other, and what to fix',
  usage: ['whatsapp check [--channel <id>] [--workspace <id>] [--lang en|pt-BR|es]'],
  run: (args, context) => runAction({ check }, args, context),
};
