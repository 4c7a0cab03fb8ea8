import type { ProsaClient } from '@prosa/core';
import { normalizePhone } from '@prosa/core/brazil';
import type { Conversation, TemplateUse } from '@prosa/core/contract';
import { DialogController, dialogStyles, iconWarning, type Locale, type Translation } from '@prosa/ui';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { adopt } from '../dialogs/adopt.ts';
import { TemplatePicker } from '../hsm/template-picker.ts';
import { maskPhone } from './phone-input.ts';
import { isTemplateGone, openConversationOf, startErrors, type StartErrors } from './start-refusal.ts';
import { startStyles } from './start.styles.ts';

export interface StartDialogOptions {
  readonly client: () => ProsaClient | null;
  readonly onStarted: (conversation: Conversation) => void;
  /** To the open conversation that the contact is in. */
  readonly onOpen: (conversationId: string) => void;
  readonly onError: (error: unknown) => void;
}

export interface StartDialogView {
  readonly locale: Locale;
  readonly myId: string | null;
}

/** Begins a conversation with a number: whom, which template, what it says. */
export class StartDialog {
  readonly #host: LitElement;
  readonly #dialog: DialogController;
  readonly #options: StartDialogOptions;
  readonly #picker: TemplatePicker;
  #phone = '';
  #name = '';
  #errors: StartErrors = {};
  /** What was chosen when the template was found wanting: another choice is another matter. */
  #refusedChoice: unknown = null;
  /** The conversation that the contact is in already, where it can be opened. */
  #openId: string | null = null;
  /** The request on its way; none of a dialog that was closed meanwhile. */
  #sending: symbol | null = null;

  constructor(host: LitElement, options: StartDialogOptions) {
    adopt(host, dialogStyles, startStyles);
    this.#host = host;
    this.#options = options;
    this.#dialog = new DialogController(host, 'start');
    this.#picker = new TemplatePicker(host, 'start');
  }

  show(opener: EventTarget | null): void {
    this.#phone = '';
    this.#name = '';
    this.#errors = {};
    this.#openId = null;
    this.#sending = null;
    this.#picker.reset();
    this.#dialog.show(opener);
  }

  render(view: StartDialogView): unknown {
    const { t } = view.locale;
    const client = this.#options.client();
    if (!client) return nothing;
    return this.#dialog.render(() => ({
      title: t.newConversation,
      closeLabel: t.close,
      className: 'start',
      onSubmit: () => void this.#submit(client, view),
      body: this.#body(client, view),
      foot: html`<button
          class="button"
          type="button"
          @click=${() => {
            this.#dialog.close();
          }}
        >
          ${t.cancel}
        </button>
        ${this.#picker.renderSubmit(t.send, this.#isReady, this.#missing(t))}`,
    }));
  }

  #body(client: ProsaClient, { locale }: StartDialogView): TemplateResult {
    const { t } = locale;
    const { form } = this.#errors;
    const template =
      this.#picker.chosen === this.#refusedChoice && !this.#picker.use ? this.#errors.template : undefined;
    return html`
      <p class="muted">${detailIn(t.language)}</p>
      ${form ? html`<p class="form-error" role="alert">${iconWarning}<span>${form}</span></p>` : nothing}
      <div class="who-to">${this.#phoneField(locale)} ${this.#nameField(locale)}</div>
      <div class="field template-part" role="group" aria-labelledby="start-template-label">
        <span class="label" id="start-template-label">${t.template}</span>
        ${template ? html`<p class="error" role="alert">${template}</p>` : nothing}
        ${this.#picker.render({ locale, client })}
      </div>
    `;
  }

  get #isReady(): boolean {
    return !this.#sending && this.#picker.use !== null && normalizePhone(this.#phone) !== null;
  }

  /** Told at the button until it is told where it is missing. */
  #missing(t: Translation): string | null {
    const { missing } = this.#picker;
    return missing > 0 && this.#errors.template === undefined ? t.templateMissing(missing) : null;
  }

  #phoneField({ t }: Locale): TemplateResult {
    const { phone: error } = this.#errors;
    return html`<div class="field">
      <label for="start-phone">${t.phone} <span class="optional">(${t.required})</span></label>
      <input
        class="input numeric"
        id="start-phone"
        type="tel"
        autocomplete="off"
        required
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${error ? 'start-phone-error' : 'start-phone-hint'}
        .value=${live(this.#phone)}
        @input=${(event: Event & { target: HTMLInputElement }) => {
          this.#typePhone(event.target);
        }}
        @blur=${() => {
          if (this.#phone !== '') this.#checkPhone(t);
        }}
      />
      ${
        error
          ? html`<p class="error" id="start-phone-error">${error}</p>`
          : html`<p class="hint" id="start-phone-hint">${t.phoneHint}</p>`
      }
      ${
        error && this.#openId !== null
          ? html`<button class="link-button" type="button" @click=${this.#openExisting}>${t.openConversation}</button>`
          : nothing
      }
    </div>`;
  }

  #nameField({ t }: Locale): TemplateResult {
    const { name: error } = this.#errors;
    return html`<div class="field">
      <label for="start-name">${t.name} <span class="optional">(${t.optional})</span></label>
      <input
        class="input"
        id="start-name"
        autocomplete="off"
        maxlength="100"
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${error ? 'start-name-error' : nothing}
        .value=${live(this.#name)}
        @input=${(event: Event & { target: HTMLInputElement }) => {
          this.#name = event.target.value;
          this.#clear('name');
        }}
      />
      ${error ? html`<p class="error" id="start-name-error">${error}</p>` : nothing}
    </div>`;
  }

  #typePhone(input: HTMLInputElement): void {
    const { value, caret } = maskPhone(input.value, input.selectionStart ?? input.value.length);
    input.value = value;
    input.setSelectionRange(caret, caret);
    this.#phone = value;
    this.#openId = null;
    this.#clear('phone');
  }

  #clear(field: 'phone' | 'name'): void {
    const { [field]: known, ...others } = this.#errors;
    if (known !== undefined) this.#errors = others;
    this.#host.requestUpdate();
  }

  /** Leaves alone what the gateway said about the same number. */
  #checkPhone(t: Translation): string | null {
    const phone = normalizePhone(this.#phone);
    if (phone === null && this.#errors.phone === undefined) {
      this.#errors = { ...this.#errors, phone: this.#phone.trim() === '' ? t.phoneRequired : t.phoneInvalid };
      this.#host.requestUpdate();
    }
    return phone;
  }

  async #submit(client: ProsaClient, { locale: { t }, myId }: StartDialogView): Promise<void> {
    if (this.#sending) return;
    const { use, chosen, missing } = this.#picker;
    this.#errors = use ? {} : { template: missing > 0 ? t.templateMissing(missing) : t.templateRequired };
    this.#refusedChoice = chosen;
    this.#openId = null;
    const phone = this.#checkPhone(t);
    if (phone === null || !use || !chosen) {
      this.#host.requestUpdate();
      await this.#focusError();
      return;
    }
    const sending = (this.#sending = Symbol('start'));
    this.#host.requestUpdate();
    try {
      const conversation = await this.#start(client, phone, use);
      if (this.#sending !== sending || !this.#dialog.isOpen) return;
      this.#dialog.close();
      this.#options.onStarted(conversation);
    } catch (error) {
      this.#options.onError(error);
      if (this.#sending !== sending || !this.#dialog.isOpen) return;
      this.#errors = startErrors(t, error, myId);
      if (isTemplateGone(error)) {
        this.#picker.reset();
        this.#refusedChoice = null;
      }
      void this.#focusError();
      this.#openId = openConversationOf(error);
    } finally {
      if (this.#sending === sending) this.#sending = null;
      this.#host.requestUpdate();
    }
  }

  #start(client: ProsaClient, phone: string, template: TemplateUse): Promise<Conversation> {
    const name = this.#name.trim();
    return client.conversations.start({ to: { phone, ...(name !== '' && { name }) }, template });
  }

  readonly #openExisting = (): void => {
    const id = this.#openId;
    this.#dialog.close();
    if (id !== null) this.#options.onOpen(id);
  };

  async #focusError(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const { phone, name, template } = this.#errors;
    const field = phone !== undefined ? '#start-phone' : name !== undefined ? '#start-name' : null;
    if (field !== null) this.#host.shadowRoot?.querySelector<HTMLElement>(field)?.focus();
    else if (template !== undefined) this.#picker.focus();
  }
}

function detailIn(language: string): string {
  return language.startsWith('en')
    ? 'On WhatsApp, the first message of a company is always an approved template.'
    : 'No WhatsApp, a primeira mensagem da empresa é sempre um modelo aprovado.';
}
