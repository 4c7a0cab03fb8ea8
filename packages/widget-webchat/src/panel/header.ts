import type { VisitorConversation, WebchatConfig } from '@prosa/core/contract';
import { icon, initials, stroke } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

export const iconFold = icon(stroke('m5 8 5 5 5-5'));

export interface HeaderView {
  readonly words: Words;
  readonly config: WebchatConfig;
  readonly conversation: VisitorConversation | null;
  /** `null`: it cannot be closed. */
  readonly onClose: (() => void) | null;
  readonly onEnd: () => void;
}

/** Who one talks to, and the number to quote later. */
export function header({ words, config, conversation, onClose, onEnd }: HeaderView): TemplateResult {
  return html`<div class="head">
    <span class="mark" aria-hidden="true">${initials(config.title) ?? '•'}</span>
    <div class="who">
      <h2 id="title">${config.title}</h2>
      <p>${statusOf(words, config, conversation)}</p>
      ${conversation?.protocol ? html`<p class="numeric">${words.protocol(conversation.protocol)}</p>` : nothing}
    </div>
    ${
      conversation && conversation.status !== 'ended'
        ? html`<button
            class="head-button words"
            type="button"
            data-action="end"
            aria-label=${words.endConversation}
            @click=${onEnd}
          >
            ${words.endConfirm}
          </button>`
        : nothing
    }
    ${
      onClose
        ? html`<button class="head-button" type="button" data-action="close" aria-label=${words.fold} @click=${onClose}>
            ${iconFold}
          </button>`
        : nothing
    }
  </div>`;
}

function statusOf(words: Words, config: WebchatConfig, conversation: VisitorConversation | null): string {
  if (!conversation) return config.subtitle ?? words.noAgentYet;
  if (conversation.status === 'ended') return words.ended;
  return conversation.agentName === null ? words.waiting : words.attending(conversation.agentName);
}
