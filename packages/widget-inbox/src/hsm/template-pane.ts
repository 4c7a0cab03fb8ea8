import type { ProsaClient } from '@prosa/core';
import type { Conversation, MessageSend } from '@prosa/core/contract';
import { LazyPart, type Locale } from '@prosa/ui';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { TemplatePicker } from './template-picker.ts';

export interface TemplatePaneOptions {
  readonly client: () => ProsaClient | null;
  /** Asks the page, then sends; `false` when the page did not want it. */
  readonly send: (conversationId: string, message: MessageSend) => boolean;
  readonly onError: (error: unknown) => void;
}

export interface TemplatePaneView {
  readonly locale: Locale;
  readonly conversation: Conversation;
  /** The window is open: writing freely is possible. */
  readonly canGoBack: boolean;
}

/** Message templates in place of the composer: because the window is closed, or because the agent wants one. */
export class TemplatePane {
  readonly #host: LitElement;
  readonly #options: TemplatePaneOptions;
  readonly #picker: LazyPart<TemplatePicker>;
  #wantedIn: string | null = null;
  #shownIn: string | null = null;

  constructor(host: LitElement, options: TemplatePaneOptions) {
    this.#host = host;
    this.#options = options;
    this.#picker = new LazyPart(
      host,
      async () => {
        const { TemplatePicker: Picker } = await import('./template-picker.ts');
        return new Picker(host, 'template');
      },
      options.onError,
    );
  }

  /** The agent asked for it in the conversation that is shown. */
  get isWanted(): boolean {
    return this.#wantedIn !== null && this.#wantedIn === this.#shownIn;
  }

  select(conversationId: string | null): void {
    if (conversationId === this.#shownIn) return;
    this.#shownIn = conversationId;
    this.#picker.current?.reset();
  }

  want(wanted: boolean): void {
    this.#wantedIn = wanted ? this.#shownIn : null;
    this.#picker.current?.reset();
    this.#host.requestUpdate();
  }

  render(view: TemplatePaneView): TemplateResult {
    const { t } = view.locale;
    const client = this.#options.client();
    const picker = this.#picker.current;
    if (!picker) this.#picker.use(() => undefined);
    return html`<form
      class="template-form"
      part="templates"
      aria-label=${t.templates}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !view.canGoBack) return;
        event.preventDefault();
        this.want(false);
      }}
      @submit=${(event: Event) => {
        event.preventDefault();
        this.#send(view.conversation.id);
      }}
    >
      ${
        picker && client
          ? picker.render({
              locale: view.locale,
              client,
              channelId: view.conversation.channelId,
              conversation: view.conversation,
            })
          : html`<span class="bone template-bone" role="status" aria-label=${t.loading}></span>`
      }
      <div class="template-foot">
        ${
          view.canGoBack
            ? html`<button
                class="button quiet"
                type="button"
                @click=${() => {
                  this.want(false);
                }}
              >
                ${t.backToWriting}
              </button>`
            : nothing
        }
        ${
          picker?.chosen
            ? picker.renderSubmit(
                t.sendTemplate,
                picker.use !== null,
                picker.missing > 0 ? t.templateMissing(picker.missing) : null,
              )
            : nothing
        }
      </div>
    </form>`;
  }

  #send(conversationId: string): void {
    const picker = this.#picker.current;
    if (picker && !picker.use) picker.focus();
    const use = picker?.use;
    if (!use || !this.#options.send(conversationId, { type: 'template', ...use })) return;
    this.want(false);
  }
}
