import type { MessageStatus } from '@prosa/core/contract';
import { advanceStatus } from '../domain/message-status.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { applyChange } from './change-message.ts';
import { openConversation, saveConversation } from './conversation-draft.ts';
import type { InboundStatus } from './inbound.ts';
import { stopMarketing } from './opt-out.ts';
import { takeReactionBack } from './react-to-message.ts';
import { sendAgainByItself } from './send-again.ts';

const timeColumns = {
  sent: 'sentAt',
  delivered: 'deliveredAt',
  read: 'readAt',
  played: 'playedAt',
  failed: 'failedAt',
} as const satisfies Record<InboundStatus['status'], keyof MessageRow>;

/**
 * News about a message that went out. It may come before the answer to the send itself; then it is found by our own id
 * that the provider echoes, or kept until the answer says which message it is about.
 */
export async function applyStatus(unit: Unit, news: InboundStatus): Promise<'applied' | 'unchanged' | 'kept'> {
  const found = await findMessage(unit, news);
  if (!found) return await applyToReaction(unit, news);
  // Contacts before conversations, as for whatever a customer does.
  if (Number(news.failure?.code) === 131050) await stopMarketing(unit, found.conversationId);
  // The conversation is locked first, as every command does; then the message is read again under that lock.
  const draft = await openConversation(unit, found.conversationId);
  const message = await unit.tx.selectFrom('messages').selectAll().where('id', '=', found.id).executeTakeFirstOrThrow();
  const changes = changesFrom(message, news);
  if (!changes) return 'unchanged';
  await applyChange(unit, draft, message, changes, 'message.status');
  const failsNow = changes.status === 'failed' && message.status !== 'failed';
  if (failsNow && news.again) await sendAgainByItself(unit, draft, message, news.again);
  await saveConversation(unit, draft);
  return 'applied';
}

async function findMessage(unit: Unit, { channel, providerId, messageId }: InboundStatus) {
  const outbound = unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', channel.id)
    .where('direction', '=', 'outbound');
  const byProvider = await outbound.where('providerId', '=', providerId).executeTakeFirst();
  if (byProvider || messageId === null) return byProvider;
  // With the provider's id too: the answer to the send may have been recorded between the two look-ups.
  return await outbound
    .where('id', '=', messageId)
    .where((eb) => eb.or([eb('providerId', 'is', null), eb('providerId', '=', providerId)]))
    .executeTakeFirst();
}

/**
 * A reaction of ours is a message to the provider, with a status of its own: only that it failed is of interest. Our id
 * that it echoes is the one of the message that it is about.
 */
async function applyToReaction(unit: Unit, news: InboundStatus): Promise<'applied' | 'unchanged' | 'kept'> {
  const { channel, providerId, messageId, status, failure } = news;
  const inbound = unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', channel.id)
    .where('direction', '=', 'inbound');
  const target = await inbound.where('reactionProviderId', '=', providerId).executeTakeFirst();
  if (target) {
    if (status !== 'failed' || failure === null) return 'unchanged';
    return (await takeReactionBack(unit, target, { emoji: null, failure })) ? 'applied' : 'unchanged';
  }
  const isReaction = messageId !== null && (await inbound.where('id', '=', messageId).executeTakeFirst());
  if (isReaction && status !== 'failed') return 'unchanged';
  await keepForLater(unit, news);
  return 'kept';
}

async function keepForLater(unit: Unit, news: InboundStatus): Promise<void> {
  const { channel, providerId, status, at, failure, again, pricing } = news;
  const data = JSON.stringify({ at, failure, again, pricing });
  await unit.tx
    .insertInto('earlyStatuses')
    .values({ channelId: channel.id, providerId, status, data, receivedAt: unit.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** `null` when the news changes nothing: it is a repetition. */
function changesFrom(message: MessageRow, news: InboundStatus): Partial<MessageRow> | null {
  const column = timeColumns[news.status];
  const status = advanceStatus(message.status as MessageStatus, news.status);
  const pricing = pricingFrom(message, news, status);
  const known = message.providerId !== null && message[column] !== null && status === message.status;
  if (known && pricing === message.pricing) return null;
  return {
    status,
    providerId: message.providerId ?? news.providerId,
    [column]: message[column] ?? news.at,
    pricing,
    // A failure after a delivery is kept in the row, but the message did arrive.
    ...(news.failure && { failure: JSON.stringify(news.failure) }),
  };
}

/** As it was reported last; several statuses of a message say it, and an older one that comes later says nothing new. */
function pricingFrom({ pricing }: MessageRow, news: InboundStatus, status: MessageStatus): string | null {
  if (!news.pricing) return pricing;
  return pricing === null || status === news.status ? JSON.stringify(news.pricing) : pricing;
}
