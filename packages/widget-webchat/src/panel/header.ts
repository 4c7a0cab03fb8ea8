import type { VisitorConversation, WebchatConfig } from '@prosa/core/contract';
import { icon, initials, stroke } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

export const iconFold = icon(stroke('m5 8 5 5 5-5'));
const iconLeave = icon(
  stroke(
    'M8.500 4H6a1.800 1.800 0 0 0-1.800 1.800v8.400A1.800 1.800 0 0 0 6 16h2.500M12.600 6.600 16 10l-3.400 3.400M16 10H8.600',
  ),
);

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
  return html`<header class="head">
    <span class="mark" aria-hidden="true">${initials(config.title) ?? '•'}</span>
    <div class="who">
      <h2 id="title">${config.title}</h2>
      <p>
        ${statusOf(words, config, conversation)}${
          conversation?.protocol
            ? html` · <span class="numeric protocol">${words.protocol(conversation.protocol)}</span>`
            : nothing
        }
      </p>
    </div>
    ${
      conversation && conversation.status !== 'ended'
        ? html`<button
            class="head-button"
            type="button"
            data-action="end"
            title=${words.endConversation}
            aria-label=${words.endConversation}
            @click=${onEnd}
          >
            ${iconLeave}
          </button>`
        : nothing
    }
    ${
      onClose
        ? html`<button
            class="head-button"
            type="button"
            data-action="close"
            aria-label=${words.closeChat}
            @click=${onClose}
          >
            ${iconFold}
          </button>`
        : nothing
    }
  </header>`;
}

function statusOf(words: Words, config: WebchatConfig, conversation: VisitorConversation | null): string {
  if (!conversation) return config.subtitle ?? words.noAgentYet;
  if (conversation.status === 'ended') return words.ended;
  return conversation.agentName === null ? words.waiting : words.attending(conversation.agentName);
}
