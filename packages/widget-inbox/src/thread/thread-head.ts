import type { Conversation } from '@prosa/core/contract';
import { iconBack, iconCheck, iconCopy, iconTransfer, type Locale } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../list/avatar.ts';
import { conversationName } from '../list/contact-name.ts';

export interface ThreadHeadView {
  readonly locale: Locale;
  readonly conversation: Conversation;
  readonly mine: boolean;
  readonly copied: boolean;
  readonly accepting: boolean;
  /** `null` where there is no panel to open. */
  readonly onOpenPanel: ((opener: EventTarget | null) => void) | null;
  readonly onBack: () => void;
  readonly onCopyProtocol: (protocol: string) => void;
  readonly onAccept: () => void;
  readonly onTransfer: (opener: EventTarget | null) => void;
  readonly onFinish: (opener: EventTarget | null) => void;
}

export function threadHead(view: ThreadHeadView): TemplateResult {
  const { locale, conversation, copied, onOpenPanel, onBack, onCopyProtocol } = view;
  const { t } = locale;
  const { protocol, pageUrl } = conversation;
  const name = conversationName(conversation);
  return html`<header class="pane-head thread-head" part="thread-header">
    <button class="icon-button back" type="button" aria-label=${t.back} @click=${onBack}>${iconBack}</button>
    ${avatar(name, { size: 'compact' })}
    <div class="who">
      <h2 class="who-name">
        ${
          onOpenPanel
            ? html`<button
                class="who-button"
                type="button"
                aria-label=${t.openCustomer(name)}
                @click=${(event: Event) => {
                  onOpenPanel(event.currentTarget);
                }}
              >
                ${name}
              </button>`
            : name
        }
      </h2>
      <div class="who-detail">
        <span class=${protocol ? 'who-origin' : ''} title=${pageUrl ?? ''}>${originText(view)}</span>
        ${
          protocol
            ? html`<span class="who-origin" aria-hidden="true">·</span>
                <button
                  class="protocol numeric"
                  type="button"
                  title=${t.copyProtocol}
                  aria-label="${t.protocol(protocol)}. ${copied ? t.copied : t.copyProtocol}"
                  @click=${() => {
                    onCopyProtocol(protocol);
                  }}
                >
                  <span class="ellipsis">${t.protocol(protocol)}</span>${copied ? iconCheck : iconCopy}
                </button>`
            : nothing
        }
      </div>
    </div>
    <div class="actions">${actions(view)}</div>
  </header>`;
}

/** Webchat · em loja.exemplo.com.br/cafe: the address is text from outside, never a link. */
function originText({ locale: { t }, conversation }: ThreadHeadView): string {
  const { origin, pageUrl, subject, contact, status } = conversation;
  const parts: string[] = [t.origin[origin]];
  if (subject) parts.push(subject);
  const page = pageUrl?.replace(/^https?:\/\/(www\.)?/i, '').replace(/[?#].*$|\/$/g, '');
  if (page && !subject) parts.push(page);
  if (origin === 'webchat' && contact.verified) parts.push(t.verified);
  if (status === 'awaiting_reply') parts.push(t.awaitingReply);
  return parts.join(' · ');
}

function actions(view: ThreadHeadView): TemplateResult | typeof nothing {
  const { locale, conversation, mine, accepting, onAccept, onTransfer, onFinish } = view;
  const { t } = locale;
  if (conversation.status === 'queued') {
    return html`<button
      class="button primary accept"
      type="button"
      part="accept"
      aria-disabled=${accepting ? 'true' : 'false'}
      @click=${onAccept}
    >
      ${t.accept}
    </button>`;
  }
  if (!mine || conversation.status === 'closed') return nothing;
  return html`
    ${
      conversation.status === 'active'
        ? html`<button
            class="button action"
            type="button"
            part="transfer"
            aria-label=${t.transfer}
            title=${t.transfer}
            @click=${(event: Event) => {
              onTransfer(event.currentTarget);
            }}
          >
            ${iconTransfer}<span class="action-name">${t.transfer}</span>
          </button>`
        : nothing
    }
    <button
      class="button soft action finish"
      type="button"
      part="finish"
      aria-label=${t.finish}
      title=${t.finish}
      @click=${(event: Event) => {
        onFinish(event.currentTarget);
      }}
    >
      ${iconCheck}<span class="action-name">${t.finish}</span>
    </button>
  `;
}
