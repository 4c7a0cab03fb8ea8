import type { InboundContent, InboundMarks, MessageChangeKind } from '../../../commands/inbound.ts';
import { addressOf, isSamePhone } from '../identity.ts';
import { contentOf, typeOf } from './content.ts';
import { dialledOf, fieldsOf, flagOf, idOf, lineOf, textOf, webAddressOf, type Fields } from './fields.ts';

/** What a message says, whichever way it came: as news, as an echo of the phone, or in the history. */
export type Said =
  | { readonly kind: 'content'; readonly content: InboundContent; readonly marks: InboundMarks }
  | { readonly kind: 'change'; readonly targetId: string; readonly change: MessageChangeKind };

/** @param ownNumber digits of the number that the message came to, or went from */
export function saidOf(message: Fields, ownNumber: string | null): Said {
  return changeOf(message) ?? { kind: 'content', content: contentOf(message), marks: marksOf(message, ownNumber) };
}

/** The number of ours, as people dial it. */
export function ownNumberOf(value: Fields): string | null {
  return addressOf(dialledOf(fieldsOf(value['metadata'])['display_phone_number']));
}

const emojiLength = 40;

/** `null` when it is none, or does not say about which message: then it is shown as it came. */
function changeOf(message: Fields): Said | null {
  switch (typeOf(message)) {
    case 'reaction': {
      const reaction = fieldsOf(message['reaction']);
      const targetId = idOf(reaction['message_id']);
      // Without an emoji it is taken back.
      if (targetId === null) return null;
      return { kind: 'change', targetId, change: { kind: 'reaction', emoji: lineOf(reaction['emoji'], emojiLength) } };
    }
    case 'edit': {
      const edit = fieldsOf(message['edit']);
      const targetId = idOf(edit['original_message_id']);
      const edited = fieldsOf(edit['message']);
      if (targetId === null || typeOf(edited) === null) return null;
      return { kind: 'change', targetId, change: { kind: 'edit', content: contentOf(edited) } };
    }
    case 'revoke': {
      const targetId = idOf(fieldsOf(message['revoke'])['original_message_id']);
      return targetId === null ? null : { kind: 'change', targetId, change: { kind: 'revoke' } };
    }
    default:
      return null;
  }
}

/** What a message has beside what it says. */
function marksOf(message: Fields, ownNumber: string | null): InboundMarks {
  const context = fieldsOf(message['context']);
  const many = flagOf(context['frequently_forwarded']);
  return {
    replyTo: replyToOf(context, ownNumber),
    forwarded: many ? 'many' : flagOf(context['forwarded']) ? 'once' : null,
    referral: referralOf(fieldsOf(message['referral'])),
  };
}

function replyToOf(context: Fields, ownNumber: string | null): InboundMarks['replyTo'] {
  const providerId = idOf(context['id']);
  const product = lineOf(fieldsOf(context['referred_product'])['product_retailer_id'], 200);
  if (providerId === null && product === null) return null;
  const from = addressOf(dialledOf(context['from']));
  const outbound = from === null || ownNumber === null ? null : isSamePhone(from, ownNumber);
  return { providerId, product, outbound };
}

const referralLength = 1000;

function referralOf(referral: Fields): InboundMarks['referral'] {
  const found = {
    sourceType: lineOf(referral['source_type'], 64),
    sourceId: lineOf(referral['source_id'], 200),
    sourceUrl: webAddressOf(referral['source_url']),
    headline: lineOf(referral['headline'], referralLength),
    body: textOf(referral['body'])?.slice(0, referralLength) ?? null,
    mediaUrl: firstOf([referral['image_url'], referral['video_url'], referral['thumbnail_url']], webAddressOf),
    clickId: lineOf(referral['ctwa_clid'], referralLength),
  };
  return Object.values(found).every((value) => value === null) ? null : found;
}

function firstOf(values: readonly unknown[], read: (value: unknown) => string | null): string | null {
  return values.map(read).find((value) => value !== null) ?? null;
}
