import type { ResponseOf, Routes } from '@prosa/core/contract';
import type { Clock } from '../../clock.ts';
import { changeChannel } from '../../commands/change-channel.ts';
import { noteTrouble, noteWell } from '../../commands/channel-health.ts';
import { notFound } from '../../domain/problems.ts';
import { channelOf, numbersOf } from '../../store/channels.ts';
import type { Database } from '../../store/database.ts';
import { standingOf } from '../../store/standing.ts';
import { runUnit } from '../../store/unit.ts';
import type { ChannelRow } from '../channel.ts';
import { openBox, type SecretBox } from '../secret-box.ts';
import { checkNumber, type Checked } from './check.ts';
import { finding } from './check-texts.ts';
import { openWhatsAppConfig } from './config.ts';
import type { GraphOptions } from './graph.ts';
import { standingAsked } from './standing.ts';

export interface TestDeps extends GraphOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly secretBox?: SecretBox | undefined;
}

type Tested = ResponseOf<Routes['channels']['test']>;

/** Checks a number of the workspace, and writes down what that tells of its health. */
export async function testChannel(
  deps: TestDeps,
  workspaceId: string,
  channelId: string,
  signal: AbortSignal,
): Promise<Tested> {
  const query = numbersOf(deps.db.read, workspaceId).where('id', '=', channelId);
  const row = (await query.executeTakeFirst()) ?? notFound('channel');
  const checked = await check(deps, row, signal);
  const now = await runUnit(deps, workspaceId, async (unit) => {
    const { number, trouble } = checked;
    if (trouble) await noteTrouble(unit, row, trouble, trouble.text);
    if (number === null) return await changeChannel(unit, channelId, () => ({}));
    await noteWell(unit, row);
    // What waited for it need not wait for the next probe.
    unit.wake({ topic: 'jobs' });
    return await changeChannel(unit, channelId, (channel) => ({
      standing: JSON.stringify(standingAsked(standingOf(channel), number)),
    }));
  });
  const { findings } = checked;
  return { ok: findings.every(({ outcome }) => outcome !== 'failed'), findings, channel: channelOf(now ?? row) };
}

async function check(deps: TestDeps, row: ChannelRow, signal: AbortSignal): Promise<Checked> {
  let config;
  try {
    config = await openWhatsAppConfig(row, deps.secretBox ?? openBox);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const trouble = { status: 'misconfigured', pauses: true, text } as const;
    return { findings: [finding('settings_unreadable', null, text)], number: null, trouble };
  }
  return await checkNumber(config, { ...deps, signal });
}
