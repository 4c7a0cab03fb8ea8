import { minute, second } from '../clock.ts';
import { isSendable } from '../domain/hsm.ts';
import type { RecipientRow } from '../store/dispatch-recipients.ts';
import { getDispatch, underWayOf, type DispatchRow } from '../store/dispatches.ts';
import { componentsOf, type TemplateRow } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import { cancelRest } from './cancel-dispatch.ts';
import { reach } from './dispatch-reach.ts';
import { reachFreeAgain } from './messaging-limit.ts';
import { awaitsTemplates } from './save-template.ts';

/**
 * So many messages of a dispatch are handed to delivery and have not left: few, so that cancelling stops nearly all of it
 * and what people write does not stand in a long line; enough, so that delivery is never without.
 */
export const mostUnderWay = 20;

/** After so many errors of ours a line is given up, and the next one has its turn. */
const mostAttempts = 3;

/**
 * Does the next thing of a dispatch: begins it, writes to one more person, or ends it. Of several processes one does it;
 * the others pass over a dispatch that is locked.
 * @returns whether there may be more to do at once
 */
export async function dispatchNext(unit: Unit, dispatchId: string): Promise<boolean> {
  const dispatch = await takeDispatch(unit, dispatchId);
  if (!dispatch) return false;
  if (dispatch.status === 'scheduled') {
    await change(unit, dispatch, { status: 'running', startedAt: unit.now });
    return true;
  }
  const channel = await unit.tx
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', dispatch.channelId)
    .executeTakeFirst();
  const template = await findTemplate(unit, dispatch);
  if (!channel || !template) {
    await cancelRest(unit, dispatch, 'template_deleted', null);
    return false;
  }
  // Nothing is written that could not be sent: it would stand in conversations as if it were on its way.
  if (channel.pausedVersion === channel.version) return await wait(unit, dispatch, unit.now + 5 * second);
  if (!isSendable(template.status, componentsOf(template))) return await wait(unit, dispatch, unit.now + 10 * second);

  // Meta has just refused a template of this number: the rest waits for what it says of it.
  if (await awaitsTemplates(unit, channel.id)) return await wait(unit, dispatch, unit.now + second);

  const underWay = await underWayOf(unit.tx, dispatch.id);
  if (underWay >= mostUnderWay) return await wait(unit, dispatch, unit.now);
  const recipient = await nextRecipient(unit, dispatch.id);
  if (!recipient) {
    if (underWay > 0) return await wait(unit, dispatch, unit.now);
    await change(unit, dispatch, { status: 'finished', finishedAt: unit.now });
    return false;
  }
  const freeAt = await reachFreeAgain(unit, channel);
  if (freeAt !== null) {
    // Meta may raise the limit before that.
    return await wait(unit, dispatch, Math.min(freeAt, unit.now + minute), freeAt);
  }
  const reached = await reach(unit, { dispatch, channel, template }, recipient);
  await unit.tx.updateTable('dispatchRecipients').set(reached).where('id', '=', recipient.id).execute();
  return true;
}

/** A dispatch that has got on comes after those that have not: few are looked at in a round. */
export async function comesAfterOthers(unit: Unit, dispatchId: string): Promise<void> {
  const dispatch = await takeDispatch(unit, dispatchId);
  if (dispatch) await wait(unit, dispatch, unit.now);
}

/** Something of ours went wrong with the next line: it is tried again a little later, and not for ever. */
export async function noteDispatchError(unit: Unit, dispatchId: string): Promise<void> {
  const dispatch = await takeDispatch(unit, dispatchId);
  if (!dispatch) return;
  const recipient = await nextRecipient(unit, dispatchId);
  if (!recipient) {
    await wait(unit, dispatch, unit.now + second);
    return;
  }
  const attempts = recipient.attempts + 1;
  const isOver = attempts >= mostAttempts;
  await unit.tx
    .updateTable('dispatchRecipients')
    .set({ attempts, ...(isOver && { state: 'failed', problem: 'internal' }) })
    .where('id', '=', recipient.id)
    .execute();
  await wait(unit, dispatch, unit.now + second * attempts);
}

async function takeDispatch(unit: Unit, dispatchId: string): Promise<DispatchRow | undefined> {
  const query = unit.tx
    .selectFrom('dispatches')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', dispatchId)
    .where('status', 'in', ['scheduled', 'running'])
    .where('nextAt', '<=', unit.now);
  return await unit.db.lockFree(query).executeTakeFirst();
}

async function findTemplate(unit: Unit, { templateId }: DispatchRow): Promise<TemplateRow | undefined> {
  return await unit.tx
    .selectFrom('messageTemplates')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', templateId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
}

async function nextRecipient(unit: Unit, dispatchId: string): Promise<RecipientRow | undefined> {
  return await unit.tx
    .selectFrom('dispatchRecipients')
    .selectAll()
    .where('dispatchId', '=', dispatchId)
    .where('state', '=', 'waiting')
    .orderBy('place')
    .limit(1)
    .executeTakeFirst();
}

async function wait(unit: Unit, { id }: DispatchRow, nextAt: number, limitedUntil: number | null = null) {
  await unit.tx.updateTable('dispatches').set({ nextAt, limitedUntil }).where('id', '=', id).execute();
  return false;
}

/** What people are told of. */
async function change(
  unit: Unit,
  { id, version }: DispatchRow,
  changes: Partial<Pick<DispatchRow, 'status' | 'startedAt' | 'finishedAt'>>,
): Promise<void> {
  await unit.tx
    .updateTable('dispatches')
    .set({ ...changes, updatedAt: unit.now, version: version + 1 })
    .where('id', '=', id)
    .execute();
  unit.emit('dispatch.updated', { dispatch: await getDispatch(unit.tx, unit.workspaceId, id, unit.now) });
}
