import type { Message } from '@prosa/core/contract';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { iconReply, iconSmile } from './icons.ts';
import type { ReactionPicker } from './reaction-picker.ts';
import { extraWords } from './words.ts';

/** WhatsApp takes no reaction to what is older (Meta, "Reaction messages"). */
const reactableForMs = 30 * 24 * 60 * 60_000;

/** What an agent does with one message. Which of the buttons the Tab key reaches is for {@link ActionsFocus} to say. */
export function messageActions(
  context: MessageContext,
  message: Message,
  picker: ReactionPicker,
): TemplateResult | typeof nothing {
  const { direction, status } = message;
  if (!context.canAnswer || direction === 'internal' || status === 'failed') return nothing;
  const w = extraWords(context.locale.t);
  return html`<div class="message-actions" role="toolbar" aria-label=${w.actions}>
    <button
      class="icon-button small"
      type="button"
      tabindex="-1"
      aria-label=${w.reply}
      title=${w.reply}
      @click=${() => {
        context.onReply(message);
      }}
    >
      ${iconReply}
    </button>
    ${
      isReactable(message)
        ? html`<button
            class="icon-button small"
            type="button"
            tabindex="-1"
            aria-label=${w.react}
            aria-haspopup="dialog"
            title=${w.react}
            @click=${(event: Event) => {
              picker.show(context, message, event.currentTarget as HTMLElement);
            }}
          >
            ${iconSmile}
          </button>`
        : nothing
    }
  </div>`;
}

function isReactable({ direction, revokedAt, createdAt }: Message): boolean {
  return direction === 'inbound' && revokedAt === null && Date.now() - Date.parse(createdAt) < reactableForMs;
}

/**
 * One stop of the Tab key for the actions of all messages: those of the customer's newest, or where the arrows went from
 * there. On a screen without a pointer that hovers, a press on a message shows its actions.
 */
export class ActionsFocus implements ReactiveController {
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
    host.renderRoot.addEventListener('keydown', this.#onKeydown);
    host.renderRoot.addEventListener('focusin', this.#onFocus);
    host.renderRoot.addEventListener('click', this.#onClick);
  }

  hostUpdated(): void {
    if (toolbarOf(this.#host.shadowRoot?.activeElement ?? null)) return;
    const toolbars = this.#toolbars();
    const newest = toolbars.findLast((toolbar) => toolbar.closest('.theirs')) ?? toolbars.at(-1);
    this.#makeStop(newest?.querySelector('button'));
  }

  #makeStop(stop: Element | null | undefined): void {
    for (const button of this.#host.renderRoot.querySelectorAll<HTMLElement>('.message-actions button')) {
      button.tabIndex = button === stop ? 0 : -1;
    }
  }

  #toolbars(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.message-actions')];
  }

  readonly #onFocus = ({ target }: Event): void => {
    if (toolbarOf(target)) this.#makeStop(target as HTMLElement);
  };

  readonly #onKeydown = (event: Event): void => {
    const { key, target } = event as KeyboardEvent;
    const toolbar = toolbarOf(target);
    if (!toolbar) return;
    const toolbars = this.#toolbars();
    const buttons = [...toolbar.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === target);
    const row = toolbars.indexOf(toolbar);
    let next: HTMLElement | null | undefined;
    if (key === 'ArrowRight') next = buttons[at + 1];
    else if (key === 'ArrowLeft') next = buttons[at - 1];
    else if (key === 'ArrowUp') next = toolbars[row - 1]?.querySelector('button');
    else if (key === 'ArrowDown') next = toolbars[row + 1]?.querySelector('button');
    else return;
    event.preventDefault();
    next?.focus();
    next?.closest('.message')?.scrollIntoView({ block: 'nearest' });
  };

  readonly #onClick = ({ target }: Event): void => {
    if (!(target instanceof Element) || !matchMedia('(hover: none)').matches) return;
    if (target.closest('a, button, input, video, summary')) return;
    target.closest('.bubble')?.querySelector<HTMLElement>('.message-actions button')?.focus({ preventScroll: true });
  };
}

function toolbarOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.message-actions') : null;
}
