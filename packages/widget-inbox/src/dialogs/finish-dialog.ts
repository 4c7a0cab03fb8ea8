import type { Conversation, ClosingOutcome } from '@prosa/core/contract';
import { DialogController, type Locale } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost } from 'lit';
import { finishDetail, outcomeHints } from './finish-words.ts';
import { conversationName } from '../list/contact-name.ts';

const outcomes: readonly ClosingOutcome[] = ['resolved', 'unresolved', 'no_reply', 'mistake'];

/** Asks how a conversation ended. */
export class FinishDialog {
  readonly #host: ReactiveControllerHost;
  readonly #dialog: DialogController;
  readonly #onConfirm: (conversation: Conversation, outcome: ClosingOutcome) => void;
  #conversation: Conversation | null = null;
  #outcome: ClosingOutcome | null = null;

  constructor(host: ReactiveControllerHost, onConfirm: (conversation: Conversation, outcome: ClosingOutcome) => void) {
    this.#host = host;
    this.#onConfirm = onConfirm;
    this.#dialog = new DialogController(host, 'finish');
  }

  show(conversation: Conversation, opener: EventTarget | null): void {
    this.#conversation = conversation;
    this.#outcome = null;
    this.#dialog.show(opener);
  }

  render({ t }: Locale): unknown {
    return this.#dialog.render(() => ({
      title: t.finishTitle,
      closeLabel: t.close,
      onSubmit: () => {
        this.#confirm();
      },
      body: html`
        <p class="muted">${finishDetail(t.language, this.#conversation ? conversationName(this.#conversation) : '')}</p>
        <fieldset class="outcomes">
          <legend>${t.outcome}</legend>
          ${outcomes.map(
            (outcome) =>
              html`<label class="choice">
                <input
                  type="radio"
                  name="outcome"
                  .value=${outcome}
                  .checked=${outcome === this.#outcome}
                  @change=${() => {
                    this.#outcome = outcome;
                    this.#host.requestUpdate();
                  }}
                />
                <span class="choice-text">
                  <span class="choice-name">${t.outcomes[outcome]}</span>
                  <span class="choice-detail">${outcomeHints(t.language)[outcome]}</span>
                </span>
              </label>`,
          )}
        </fieldset>
      `,
      foot: html`${
          this.#outcome === null
            ? html`<span class="submit-hint grow" id="finish-hint">${t.outcomeRequired}</span>`
            : nothing
        }
        <button
          class="button"
          type="button"
          @click=${() => {
            this.#dialog.close();
          }}
        >
          ${t.cancel}
        </button>
        <button
          class="button primary"
          type="submit"
          aria-disabled=${this.#outcome === null ? 'true' : 'false'}
          aria-describedby=${this.#outcome === null ? 'finish-hint' : nothing}
        >
          ${t.finish}
        </button>`,
    }));
  }

  #confirm(): void {
    const conversation = this.#conversation;
    const outcome = this.#outcome;
    if (outcome === null) return;
    this.#dialog.close();
    if (conversation) this.#onConfirm(conversation, outcome);
  }
}
