import { formatPhone } from '@prosa/core/brazil';
import type { Contact } from '@prosa/core/contract';
import { DialogController, iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerRecord, CustomerSource } from './customer-source.ts';
import { caretAfterMask, documentKindOf, formatDocument, maskDocument } from './document-input.ts';
import {
  bodyOf,
  checkForm,
  fieldNames,
  problemOf,
  serverErrors,
  type FieldName,
  type FormErrors,
  type FormValues,
} from './form-errors.ts';

export interface CustomerFormOptions {
  readonly source: () => CustomerSource | null;
  readonly locale: () => Locale;
  /** The record was written; a new one is linked already. */
  readonly onSaved: (customer: CustomerRecord) => void;
  readonly onError: (error: unknown) => void;
}

const empty: FormValues = { name: '', document: '', phone: '', email: '', address: '', notes: '' };

/** Makes a customer for a contact, or changes one. */
export class CustomerForm {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement };
  readonly #dialog: DialogController;
  readonly #options: CustomerFormOptions;
  #values: FormValues = empty;
  #errors: FormErrors = {};
  #editing: CustomerRecord | null = null;
  #contact: Contact | null = null;
  /** Made, but not linked yet: trying again must not make a second one. */
  #made: CustomerRecord | null = null;
  #takenBy: string | null = null;
  #saving = false;

  constructor(
    host: ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement },
    options: CustomerFormOptions,
  ) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new DialogController(host, 'customer-form');
  }

  create(contact: Contact, name: string, opener: EventTarget | null): void {
    const phone = contact.phone === null ? '' : formatPhone(contact.phone);
    this.#open({ ...empty, name: /\p{L}/u.test(name) ? name : '', phone }, null, contact, opener);
  }

  edit(customer: CustomerRecord, opener: EventTarget | null): void {
    const { name, document, phone, email, address, notes } = customer;
    this.#open(
      {
        name,
        document: document ? formatDocument(document) : '',
        phone: phone === null ? '' : formatPhone(phone),
        email: email ?? '',
        address: address ?? '',
        notes: notes ?? '',
      },
      customer,
      null,
      opener,
    );
  }

  render(): unknown {
    const { t } = this.#options.locale();
    return this.#dialog.render(() => ({
      title: this.#editing ? t.editCustomer : t.createCustomer,
      closeLabel: t.close,
      onSubmit: () => void this.#save(),
      body: this.#body(),
      foot: html`<button
          class="button"
          type="button"
          @click=${() => {
            this.#dialog.close();
          }}
        >
          ${t.cancel}
        </button>
        <button class="button primary" type="submit" aria-disabled=${this.#saving ? 'true' : 'false'}>
          ${this.#saving ? t.saving : t.save}
        </button>`,
    }));
  }

  #open(values: FormValues, editing: CustomerRecord | null, contact: Contact | null, opener: EventTarget | null): void {
    this.#values = values;
    this.#errors = {};
    this.#editing = editing;
    this.#contact = contact;
    this.#made = null;
    this.#takenBy = null;
    this.#saving = false;
    this.#dialog.show(opener);
  }

  #body(): TemplateResult {
    const { t } = this.#options.locale();
    const kind = documentKindOf(this.#values.document);
    return html`
      ${
        this.#errors.form
          ? html`<p class="form-error" role="alert">${iconWarning}<span>${this.#errors.form}</span></p>`
          : nothing
      }
      ${this.#field('name', t.name, { required: true })}
      <div class="pair">
        ${this.#field('document', this.#values.document === '' ? t.document : t.documentKinds[kind], {
          hint: this.#takenBy !== null && this.#contact ? this.#linkTaken(this.#takenBy) : nothing,
        })}
        ${this.#field('phone', t.phone, { type: 'tel' })}
      </div>
      ${this.#field('email', t.email, { type: 'email' })} ${this.#field('address', t.address)}
      ${this.#field('notes', t.notes, { lines: 2 })}
    `;
  }

  #field(
    name: FieldName,
    label: string,
    options: {
      readonly type?: string;
      readonly required?: boolean;
      readonly lines?: number;
      readonly hint?: unknown;
    } = {},
  ): TemplateResult {
    const { t } = this.#options.locale();
    const { type = 'text', required = false, lines, hint = nothing } = options;
    const error = this.#errors[name];
    const id = `customer-${name}`;
    const describedBy = error ? `${id}-error` : nothing;
    return html`<div class="field">
      <label for=${id}>${label}${required ? html` <span class="optional">(${t.required})</span>` : nothing}</label>
      ${
        lines === undefined
          ? html`<input
              class="input"
              id=${id}
              type=${type}
              autocomplete="off"
              spellcheck=${name === 'name' || name === 'address' ? nothing : 'false'}
              ?required=${required}
              aria-invalid=${error ? 'true' : 'false'}
              aria-describedby=${describedBy}
              .value=${live(this.#values[name])}
              @input=${(event: Event & { target: HTMLInputElement }) => {
                this.#input(name, event.target);
              }}
              @blur=${() => {
                this.#check(name);
              }}
            />`
          : html`<textarea
              class="input"
              id=${id}
              rows=${lines}
              aria-invalid=${error ? 'true' : 'false'}
              aria-describedby=${describedBy}
              .value=${live(this.#values[name])}
              @input=${(event: Event & { target: HTMLTextAreaElement }) => {
                this.#input(name, event.target);
              }}
            ></textarea>`
      }
      ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing} ${hint}
    </div>`;
  }

  #linkTaken(customerId: string): TemplateResult {
    const { t } = this.#options.locale();
    return html`<button class="link-button" type="button" @click=${() => void this.#link(customerId)}>
      ${t.linkThatOne}
    </button>`;
  }

  #input(name: FieldName, target: HTMLInputElement | HTMLTextAreaElement): void {
    let { value } = target;
    if (name === 'document') {
      const caret = target.selectionStart ?? value.length;
      const masked = maskDocument(value);
      const at = caretAfterMask(value, caret, masked);
      value = masked;
      target.value = masked;
      target.setSelectionRange(at, at);
      this.#takenBy = null;
    }
    this.#values = { ...this.#values, [name]: value };
    if (this.#errors[name] || name === 'document') {
      this.#errors = { ...this.#errors };
      delete this.#errors[name];
      this.#host.requestUpdate();
    }
  }

  /** On leaving a field: only what was filled in wrongly, not what is still to be filled in. */
  #check(name: FieldName): void {
    if (this.#values[name].trim() === '' || this.#errors[name]) return;
    const errors = checkForm(this.#options.locale().t, this.#values, name);
    if (!errors[name]) return;
    this.#errors = { ...this.#errors, ...errors };
    this.#host.requestUpdate();
  }

  async #save(): Promise<void> {
    const source = this.#options.source();
    if (!source || this.#saving) return;
    this.#errors = checkForm(this.#options.locale().t, this.#values);
    this.#host.requestUpdate();
    if (Object.keys(this.#errors).length > 0) {
      void this.#focusFirstError();
      return;
    }
    await this.#attempt(async () => {
      const body = bodyOf(this.#values);
      if (this.#editing) return source.update(this.#editing.id, body);
      this.#made ??= await source.create(body);
      if (this.#contact) await source.link(this.#contact, this.#made.id);
      return this.#made;
    });
  }

  async #link(customerId: string): Promise<void> {
    const source = this.#options.source();
    const contact = this.#contact;
    if (!source || !contact || this.#saving) return;
    await this.#attempt(async () => {
      await source.link(contact, customerId);
      return { ...this.#values, id: customerId, document: null };
    });
  }

  async #attempt(work: () => Promise<CustomerRecord>): Promise<void> {
    this.#saving = true;
    this.#host.requestUpdate();
    try {
      const saved = await work();
      this.#dialog.close();
      this.#options.onSaved(saved);
    } catch (error) {
      const problem = problemOf(error);
      this.#errors = serverErrors(this.#options.locale().t, error);
      this.#takenBy = problem?.code === 'document_taken' ? (problem.customerId ?? null) : null;
      this.#options.onError(error);
      void this.#focusFirstError();
    } finally {
      this.#saving = false;
      this.#host.requestUpdate();
    }
  }

  async #focusFirstError(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const name = fieldNames.find((field) => this.#errors[field]);
    if (name) this.#host.renderRoot.querySelector<HTMLElement>(`#customer-${name}`)?.focus();
  }
}
