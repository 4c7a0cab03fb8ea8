import { noteError, noteTrouble } from '../../commands/channel-health.ts';
import { askForTemplates } from '../../commands/save-template.ts';
import { forgetUploads } from '../../delivery/forget-uploads.ts';
import { blockLimit, numberLimitId, personLimitId } from '../../delivery/send-limits.ts';
import { longestPauseMs } from '../../domain/send-limit.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import { runUnit, type Unit } from '../../store/unit.ts';
import type { ChannelRow, ReachedLimit } from '../channel.ts';
import { classOf, isFileRefusal, isTemplateRefusal, limitOf, slowMs, troubleOf } from './errors.ts';
import type { ParsedItem } from './parse/items.ts';
import type { ProcessDeps } from './process-envelope.ts';

/** An error that came by webhook, of a message that had been taken or of the number itself. */
export interface ToldError {
  readonly channel: ChannelRow;
  readonly code: string;
  readonly detail: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Meta's id of the message; `null`: it is about none. */
  readonly providerId: string | null;
}

/** What an item says went wrong; `null`: nothing. */
export function errorIn(item: ParsedItem, receivedAt: number): Omit<ToldError, 'channel'> | null {
  if (item.kind === 'error') return { code: item.code, detail: item.detail, at: receivedAt, providerId: null };
  if (item.kind !== 'status' || item.status.failure === null) return null;
  const { failure, at, providerId } = item.status;
  return { code: failure.code, detail: failure.detail, at, providerId };
}

/**
 * Errors that Meta tells later say of a number what they say in an answer (Meta, "Error codes": some come "sometimes
 * through both methods"): who sends too fast waits, an account that is locked shows, as whatever is of no message, and a
 * template or a file that was refused is looked at again. Old ones, that are repeated for days, say nothing of now. Each is a transaction of its own, after those of the messages: limits are locked before
 * conversations wherever both are. What is lost of it costs no more than one refusal.
 */
export async function heedErrors(deps: ProcessDeps, told: readonly ToldError[]): Promise<void> {
  const seen = new Set<string>();
  const attempt = async ({ channel }: ToldError, work: (unit: Unit) => Promise<void>) => {
    await runUnit(deps, channel.workspaceId, work).catch((reason: unknown) => {
      if (reason instanceof DatabaseUnavailableError) throw reason;
      deps.log('warn', 'error of a webhook not heeded', { channelId: channel.id, error: String(reason) });
    });
  };
  for (const error of told) {
    const code = Number(error.code);
    const errorClass = classOf(code, 0, false);
    const limit = limitOf(code, errorClass);
    const trouble = troubleOf(code, errorClass);
    const restricts = trouble !== undefined && !trouble.pauses;
    // Of no message: nobody else is going to show it.
    const isOfNumber = error.providerId === null;
    if (!isOfNumber && isFileRefusal(error.code)) await attempt(error, (unit) => forgetFiles(unit, error));
    if (limit === undefined && !restricts && !isOfNumber && !isTemplateRefusal(error.code)) continue;
    if (deps.clock.now() - error.at > longestPauseMs) continue;
    const about = [error.channel.id, error.code, limit === 'person' ? error.providerId : null].join(' ');
    if (seen.has(about)) continue;
    seen.add(about);
    await attempt(error, async (unit) => {
      if (limit) await slowDown(unit, error, limit, errorClass === 'slow' ? slowMs : null);
      const text = `${error.code}: ${error.detail}`;
      if (restricts) await noteTrouble(unit, error.channel, trouble, text);
      else if (isOfNumber) await noteError(unit, error.channel, text);
      if (isTemplateRefusal(error.code)) await askForTemplates(unit, error.channel.id);
    });
  }
}

async function slowDown(
  unit: Unit,
  { channel, providerId }: ToldError,
  limit: ReachedLimit,
  afterMs: number | null,
): Promise<void> {
  const contactId = limit === 'person' ? await recipientOf(unit, channel, providerId) : null;
  if (limit === 'person' && contactId === null) return;
  const id = contactId === null ? numberLimitId(channel.id) : personLimitId(channel.id, contactId);
  await blockLimit(unit.db, unit.tx, { id }, afterMs, unit.now);
}

async function forgetFiles(unit: Unit, { channel, providerId }: ToldError): Promise<void> {
  const message = await unit.tx
    .selectFrom('messages')
    .select(['content', 'attachmentId'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', channel.id)
    .where('providerId', '=', providerId)
    .where('direction', '=', 'outbound')
    .executeTakeFirst();
  if (message) await forgetUploads(unit, message);
}

async function recipientOf(unit: Unit, { id }: ChannelRow, providerId: string | null): Promise<string | null> {
  if (providerId === null) return null;
  const row = await unit.tx
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversationId')
    .select('conversations.contactId')
    .where('messages.workspaceId', '=', unit.workspaceId)
    .where('messages.channelId', '=', id)
    .where('messages.providerId', '=', providerId)
    .executeTakeFirst();
  return row?.contactId ?? null;
}
