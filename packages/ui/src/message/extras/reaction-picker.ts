import type { Message } from '@prosa/core/contract';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { MessageContext } from '../message-context.ts';
import { ownReaction } from './reactions.ts';
import { extraWords } from './words.ts';

const columns = 6;
const gap = 6;

interface Shown {
  readonly context: MessageContext;
  readonly message: Message;
  readonly opener: HTMLElement;
}

/** A few emojis beside a message. The browser closes it with Escape and with a press elsewhere. */
export class ReactionPicker implements ReactiveController {
  readonly #host: LitElement;
  readonly #popover = createRef<HTMLElement>();
  #shown: Shown | null = null;
  #opened = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  show(context: MessageContext, message: Message, opener: HTMLElement): void {
    this.#shown = { context, message, opener };
    this.#opened = false;
    this.#host.requestUpdate();
  }

  hide(): void {
    this.#popover.value?.hidePopover();
    this.#forget();
  }

  hostUpdated(): void {
    const popover = this.#popover.value;
    if (!this.#shown || this.#opened || !popover?.isConnected) return;
    const { opener } = this.#shown;
    if (!opener.isConnected) {
      this.#forget();
      return;
    }
    this.#opened = true;
    popover.showPopover();
    place(popover, opener.getBoundingClientRect());
    (popover.querySelector<HTMLElement>('[aria-pressed=true]') ?? popover.querySelector('button'))?.focus();
  }

  hostDisconnected(): void {
    this.#shown = null;
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#shown) return nothing;
    const { context, message } = this.#shown;
    const w = extraWords(context.locale.t);
    const own = ownReaction(message);
    const known = Object.keys(w.emojis);
    const emojis = own === null || known.includes(own) ? known : [own, ...known.slice(0, -1)];
    return html`<div
      ${ref(this.#popover)}
      class="reaction-picker"
      popover="auto"
      role="dialog"
      aria-label=${w.react}
      @keydown=${this.#onKeydown}
      @toggle=${(event: ToggleEvent) => {
        if (event.newState === 'closed' && this.#opened) this.#forget();
      }}
    >
      ${emojis.map((emoji) => {
        const name = w.emojis[emoji] ?? emoji;
        const isOwn = emoji === own;
        return html`<button
          type="button"
          aria-pressed=${isOwn ? 'true' : 'false'}
          aria-label=${isOwn ? w.takeBack(name) : name}
          title=${isOwn ? w.takeBack(name) : name}
          @click=${() => {
            this.hide();
            context.onReact(message, isOwn ? null : emoji);
          }}
        >
          ${emoji}
        </button>`;
      })}
    </div>`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(this.#popover.value?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === event.target);
    buttons[Math.min(Math.max(0, at + step), buttons.length - 1)]?.focus();
  };

  #forget(): void {
    if (!this.#shown) return;
    const { opener } = this.#shown;
    this.#shown = null;
    // Whoever pressed something else is there already.
    const { activeElement } = this.#host.renderRoot as ShadowRoot;
    if (activeElement === null || this.#popover.value?.contains(activeElement)) opener.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }
}

/** Above the button where there is room, and always inside the window. */
function place(popover: HTMLElement, { left, top, bottom, width }: DOMRect): void {
  const { offsetWidth, offsetHeight } = popover;
  const x = Math.min(Math.max(8, left + width / 2 - offsetWidth / 2), innerWidth - offsetWidth - 8);
  const above = top - offsetHeight - gap;
  popover.style.left = `${x}px`;
  popover.style.top = `${above >= 8 ? above : bottom + gap}px`;
}
