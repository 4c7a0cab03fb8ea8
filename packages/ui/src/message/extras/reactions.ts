import type { Message, Reaction } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { iconWarning } from '../../icons/icons.ts';
import { failureReason } from '../error-text.ts';
import type { MessageContext } from '../message-context.ts';
import { extraWords } from './words.ts';

/** The company has one reaction to a message, whoever of it gave it last. */
export function ownReaction({ reactions }: Message): string | null {
  return reactions.find(({ by }) => by.kind !== 'customer')?.emoji || null;
}

/** What people answered with an emoji, and why ours was not taken. */
export function reactionsLine(context: MessageContext, message: Message): TemplateResult {
  const { t } = context.locale;
  const w = extraWords(t);
  const { failure, direction } = message;
  const groups = new Map<string, Reaction[]>();
  for (const reaction of message.reactions) {
    if (reaction.emoji !== '') groups.set(reaction.emoji, [...(groups.get(reaction.emoji) ?? []), reaction]);
  }
  return html`${
    groups.size === 0
      ? nothing
      : html`<ul class="reactions" part="reactions">
          ${[...groups].map(([emoji, reactions]) => {
            const told = reactions.map((reaction) => w.reactedWith(nameOf(context, reaction), emoji)).join(', ');
            return html`<li class="reaction numeric" title=${told}>
              <span aria-hidden="true">${emoji}${reactions.length > 1 ? html` ${reactions.length}` : nothing}</span
              ><span class="sr-only">${told}</span>
            </li>`;
          })}
        </ul>`
  }${
    failure && direction === 'inbound'
      ? html`<div class="send-problem">
          ${iconWarning}<span>${w.reactionFailed} ${failureReason(t, failure)}</span>
        </div>`
      : nothing
  }`;
}

function nameOf({ contactName, myId, locale: { t } }: MessageContext, { by }: Reaction): string {
  const w = extraWords(t);
  switch (by.kind) {
    case 'customer':
      return by.name ?? contactName;
    case 'agent':
      return by.id !== undefined && by.id === myId ? t.you : (by.name ?? w.team);
    case 'phone':
      return by.name ? w.viaPhoneOf(by.name) : w.viaPhone;
    default:
      return by.name ?? t.viaApi;
  }
}
