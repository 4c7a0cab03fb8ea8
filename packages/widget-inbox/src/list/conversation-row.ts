import { serviceWindowOf } from '@prosa/core';
import type { Conversation, ConversationTab, MessagePreview } from '@prosa/core/contract';
import {
  iconMic,
  iconClock,
  iconFile,
  iconImage,
  iconLink,
  iconVideo,
  ticks,
  unmarkedText,
  type Locale,
} from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from './avatar.ts';
import { conversationName } from './contact-name.ts';

/** Kinds of which the text alone would be taken for what the customer wrote. */
const named: readonly string[] = ['location', 'contacts', 'order'];
/** A wait that should not have become so long. */
const waitWarning = 10 * 60_000;

export interface RowView {
  readonly locale: Locale;
  readonly now: number;
  readonly tab: ConversationTab;
  readonly myId: string | null;
  readonly selected: boolean;
  readonly active: boolean;
  readonly index: number;
  /** -1: not known yet. */
  readonly total: number;
  /** Customers are the gateway's own: it knows who is linked. Those of a host, only the host does. */
  readonly linksHere: boolean;
}

export function conversationRow(conversation: Conversation, view: RowView): TemplateResult {
  const { locale, now, selected, active, myId } = view;
  const { t, f } = locale;
  const { unreadCount, lastMessage, assignee, lastActivityAt } = conversation;
  const mine = assignee !== null && assignee.id === myId;
  const classes = ['row', selected ? 'selected' : '', active ? 'active' : '', unreadCount > 0 ? 'unread' : ''];
  return html`<div
    class=${classes.filter(Boolean).join(' ')}
    part="row"
    id="row-${conversation.id}"
    role="option"
    aria-selected=${selected ? 'true' : 'false'}
    aria-posinset=${view.index + 1}
    aria-setsize=${view.total}
    data-id=${conversation.id}
  >
    ${avatar(conversationName(conversation), { origin: conversation.origin })}
    <div class="row-text">
      <div class="row-line">
        <span class="row-name">${conversationName(conversation)}</span>
        <span class="row-time numeric">${f.listTime(lastMessage?.createdAt ?? lastActivityAt, now)}</span>
      </div>
      <div class="row-line">
        <span class="row-preview">${lastMessage ? preview(locale, lastMessage) : nothing}</span>
        ${
          unreadCount > 0
            ? html`<span class="count ${mine ? 'mine' : ''} numeric" aria-label=${t.unread(unreadCount)}
                >${unreadCount > 99 ? '99+' : unreadCount}</span
              >`
            : nothing
        }
      </div>
      ${chips(conversation, view)}
    </div>
  </div>`;
}

function preview(locale: Locale, message: MessagePreview): TemplateResult {
  const { t } = locale;
  const outbound = message.direction === 'outbound';
  const kind = t.previews[message.type] ?? t.previews['unsupported'] ?? '';
  const said = message.text ? unmarkedText(message.text) : kind;
  const text = said !== kind && named.includes(message.type) ? `${kind}: ${said}` : said;
  const drawing = { image: iconImage, video: iconVideo, audio: iconMic, document: iconFile }[message.type];
  return html`${outbound ? ticks(t, message.status) : nothing}${drawing ?? nothing}<span class="ellipsis"
      >${text}</span
    >`;
}

function chips(
  conversation: Conversation,
  { locale, now, tab, myId, linksHere }: RowView,
): TemplateResult | typeof nothing {
  const { t, f } = locale;
  const { status, queue, assignee, customer, waitingSince, windowExpiresAt } = conversation;
  const found: TemplateResult[] = [];
  if (status === 'queued' && waitingSince) {
    const waited = now - Date.parse(waitingSince);
    const late = waited >= waitWarning;
    found.push(
      html`<span class="chip numeric ${late ? 'warning' : ''}">
        ${iconClock}<span>${t.waitingFor(f.duration(waited))}</span>
      </span>`,
    );
  }
  if (status === 'awaiting_reply')
    found.push(html`<span class="chip state">${iconClock}<span>${t.awaitingReply}</span></span>`);
  // Until the customer answers there is no window to speak of.
  else if (windowExpiresAt) {
    const { state, remainingMs } = serviceWindowOf(windowExpiresAt, now);
    if (state === 'closed') found.push(html`<span class="chip dashed state"><span>${t.windowClosed}</span></span>`);
    else if (state === 'closing') {
      found.push(
        html`<span class="chip warning numeric"><span>${t.windowLeft(f.duration(remainingMs ?? 0))}</span></span>`,
      );
    }
  }
  if (queue) found.push(html`<span class="chip"><span>${queue.name}</span></span>`);
  if (tab === 'all' && assignee) {
    found.push(html`<span class="chip"><span>${assignee.id === myId ? t.you : assignee.name}</span></span>`);
  }
  // To say who it is falls to whoever attends; elsewhere the room is for the queue and the agent.
  if (
    linksHere &&
    !customer &&
    status !== 'queued' &&
    status !== 'awaiting_reply' &&
    (tab !== 'all' || assignee?.id === myId)
  ) {
    found.push(html`<span class="chip dashed">${iconLink}<span>${t.notLinked}</span></span>`);
  }
  return found.length > 0 ? html`<div class="chips row-chips">${found}</div>` : nothing;
}
