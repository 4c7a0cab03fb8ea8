import type { Attachment, Conversation } from '@prosa/core/contract';
import { areRareEventsHere, threadRow, type MessageContext, type ThreadItem } from '@prosa/ui';
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { conversationRow, type RowView } from '../list/conversation-row.ts';
import { showPrevious } from '../thread/thread-pane.ts';

/** A row of the list, drawn again only when something that it shows changed. */
export function listRow(conversation: Conversation, view: RowView): unknown {
  const { locale, now, tab, myId, selected, active, index, total, linksHere } = view;
  return guard([conversation, locale, now, tab, myId, selected, active, index, total, linksHere], () =>
    conversationRow(conversation, view),
  );
}

/** An item of the thread, likewise. */
export function messageRow(context: MessageContext, item: ThreadItem, onPrevious: (() => void) | null): unknown {
  const { locale, now, myId, canResend, contactName } = context;
  const attachment = attachmentOf(context, item);
  const seen = [
    item,
    locale,
    item.day === null ? 0 : now,
    myId,
    canResend,
    contactName,
    item.kind === 'message' && context.resent.has(item.message.id),
    attachment && context.media.of(attachment),
    attachment && context.audio.of(attachment.id),
    onPrevious !== null,
    item.kind === 'events' && areRareEventsHere(),
  ];
  return guard(seen, () =>
    onPrevious
      ? html`${showPrevious(locale, onPrevious)}${threadRow(context, item)}`
      : html`${nothing}${threadRow(context, item)}`,
  );
}

function attachmentOf(context: MessageContext, item: ThreadItem): Attachment | null {
  if (item.kind === 'events') return null;
  if (item.kind === 'message')
    return 'attachment' in item.message.content ? (item.message.content.attachment ?? null) : null;
  const { message } = item.pending;
  return 'attachmentId' in message && message.attachmentId !== undefined
    ? (context.localFile(message.attachmentId)?.attachment ?? null)
    : null;
}
