import { once } from 'node:events';
import { createLog } from '../console-log.ts';
import { readConfig, type GatewayConfig } from '../config.ts';
import { describeDatabase } from '../open-database.ts';
import { startGateway, type RunningGateway } from '../start-gateway.ts';
import { version } from '../../version.ts';
import { parse, type Command } from './command.ts';

export const startCommand: Command = {
  name: 'start',
  summary: 'run the gateway (what it does without a command)',
  usage: ['start'],
  async run(args, { env, print, note, stop }) {
    parse(args, { options: {} });
    const config = readConfig(env);
    const log = createLog(config.logFormat, (line) => note(line));
    const running = await startGateway({ ...config, log });
    for (const line of summary(config, running)) print(line);
    if (!stop.aborted) await once(stop, 'abort');
    log('info', 'stopping');
    await running.close();
    log('info', 'stopped');
  },
};

function summary(config: GatewayConfig, { url, publicUrl, workspace, agentKey, whatsapp }: RunningGateway): string[] {
  const lines = [
    `Prosa gateway ${version}`,
    `  listens on   ${url}`,
    `  reached at   ${publicUrl}`,
    `  database     ${describeDatabase(config)}`,
    `  media        ${config.mediaDir}`,
    `  workspace    ${workspace.name} (${workspace.id})`,
    `  agent key    ${agentKey.kid}, ${secretOf(config, agentKey)}`,
    whatsapp
      ? `  WhatsApp     phone number id ${whatsapp.phoneNumberId}, webhook ${publicUrl}/webhooks/whatsapp`
      : '  WhatsApp     no number in the environment; see prosa-gateway channel --help',
  ];
  if (agentKey.revoked) {
    lines.push('The agent key is revoked. Make another one: prosa-gateway key create, or set a new PROSA_AUTH_SECRET.');
  }
  return lines;
}

function secretOf(config: GatewayConfig, { path }: RunningGateway['agentKey']): string {
  if (config.authSecret !== null) return 'secret in PROSA_AUTH_SECRET';
  return path === null ? 'its secret was shown or kept where it was made' : `secret in ${path}`;
}
