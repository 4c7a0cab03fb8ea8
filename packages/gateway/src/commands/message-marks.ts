import { quoteOf } from '../domain/quoted-message.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import type { InboundMarks } from './inbound.ts';

type Marks = Pick<MessageRow, 'replyTo' | 'forwarded' | 'referral'>;

/** What a message has beside its content, as columns. Only what was said with the same contact is quoted. */
export async function marksOf(
  unit: Unit,
  place: { readonly channelId: string; readonly contactId: string },
  marks: InboundMarks | undefined,
): Promise<Partial<Marks>> {
  if (!marks) return {};
  const { replyTo, forwarded, referral } = marks;
  return {
    replyTo: replyTo && JSON.stringify(await quoted(unit, place, replyTo)),
    forwarded,
    referral: referral && JSON.stringify(referral),
  };
}

async function quoted(
  unit: Unit,
  { channelId, contactId }: { readonly channelId: string; readonly contactId: string },
  { providerId, product, outbound }: NonNullable<InboundMarks['replyTo']>,
) {
  const found =
    providerId === null
      ? undefined
      : await unit.tx
          .selectFrom('messages as m')
          .innerJoin('conversations as c', 'c.id', 'm.conversationId')
          .select(['m.id', 'm.direction', 'm.authorKind', 'm.authorName', 'm.type', 'm.content'])
          .where('m.channelId', '=', channelId)
          .where('m.providerId', '=', providerId)
          .where('c.contactId', '=', contactId)
          .executeTakeFirst();
  if (found) return quoteOf({ ...found, content: JSON.parse(found.content) as Record<string, unknown> });
  const direction = outbound === null ? null : outbound ? 'outbound' : 'inbound';
  // A product of the catalogue is asked about without a message that shows it.
  const type = product === null ? null : 'product';
  return { messageId: null, direction, authorName: null, type, text: product };
}
