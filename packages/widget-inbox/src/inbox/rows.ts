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
  const { locale, now, myId, canResend, canAnswer, contactName, extras } = context;
  const seen = [
    item,
    locale,
    item.day === null ? 0 : now,
    myId,
    canResend,
    canAnswer,
    contactName,
    extras,
    item.kind === 'message' && context.resent.has(item.message.id),
    ...attachmentsOf(context, item).flatMap((file) => [context.media.of(file), context.audio.of(file.id)]),
    onPrevious !== null,
    item.kind === 'events' && areRareEventsHere(),
  ];
  return guard(seen, () =>
    onPrevious
      ? html`${showPrevious(locale, onPrevious)}${threadRow(context, item)}`
      : html`${nothing}${threadRow(context, item)}`,
  );
}

function attachmentsOf(context: MessageContext, item: ThreadItem): readonly Attachment[] {
  if (item.kind === 'events') return [];
  if (item.kind === 'message') {
    const { content } = item.message;
    const own = 'attachment' in content && content.attachment ? [content.attachment] : [];
    const ofCards = 'cards' in content ? (content.cards ?? []).flatMap(({ attachment }) => attachment ?? []) : [];
    return [...own, ...ofCards];
  }
  const { message } = item.pending;
  const id = 'attachmentId' in message ? message.attachmentId : undefined;
  const file = id === undefined ? undefined : context.localFile(id)?.attachment;
  return file ? [file] : [];
}
