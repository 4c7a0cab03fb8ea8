import { formatPhone } from '@prosa/core/brazil';
import type { Contact } from '@prosa/core/contract';
import { DialogController, errorText, iconSearch, iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { avatar } from '../list/avatar.ts';
import type { CustomerRecord, CustomerSource } from './customer-source.ts';
import { hideDocument } from './document-input.ts';

export interface LinkDialogOptions {
  readonly source: () => CustomerSource | null;
  readonly locale: () => Locale;
  readonly onLinked: (customer: CustomerRecord) => void;
  readonly onError: (error: unknown) => void;
}

/** Long enough for a name to be typed on, short enough to feel immediate. */
const searchDelayMs = 220;

/** Finds an existing customer for a contact: typed for, picked from a list with keys or pointer, then linked. */
export class LinkDialog {
  readonly #host: ReactiveControllerHost;
  readonly #dialog: DialogController;
  readonly #options: LinkDialogOptions;
  #contact: Contact | null = null;
  #search = '';
  #results: readonly CustomerRecord[] | null = null;
  #active = -1;
  #chosen: CustomerRecord | null = null;
  #error: unknown = null;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | null = null;

  constructor(host: ReactiveControllerHost, options: LinkDialogOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new DialogController(host, 'link-customer');
  }

  show(contact: Contact, opener: EventTarget | null): void {
    this.#contact = contact;
    this.#search = '';
    this.#results = null;
    this.#active = -1;
    this.#chosen = null;
    this.#error = null;
    this.#busy = false;
    this.#dialog.show(opener);
  }

  render(): unknown {
    const { t } = this.#options.locale();
    return this.#dialog.render(() => ({
      title: t.linkCustomer,
      closeLabel: t.close,
      onSubmit: () => void this.#link(),
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
        <button class="button primary" type="submit" aria-disabled=${this.#chosen && !this.#busy ? 'false' : 'true'}>
          ${t.link}
        </button>`,
    }));
  }

  #body(): TemplateResult {
    const { t } = this.#options.locale();
    const open = (this.#results?.length ?? 0) > 0;
    return html`
      ${
        this.#error
          ? html`<p class="form-error" role="alert">${iconWarning}<span>${errorText(t, this.#error)}</span></p>`
          : nothing
      }
      <div class="search">
        ${iconSearch}
        <input
          class="input"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder=${t.searchCustomer}
          aria-label=${t.searchCustomer}
          aria-autocomplete="list"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${open ? 'customer-results' : nothing}
          aria-activedescendant=${open && this.#active >= 0 ? `customer-result-${this.#active}` : nothing}
          .value=${this.#search}
          @input=${(event: Event & { target: HTMLInputElement }) => {
            this.#type(event.target.value);
          }}
          @keydown=${this.#onKeydown}
        />
      </div>
      <div class="results-area scroller">${this.#list()}</div>
      <div class="sr-only" role="status">${this.#results ? t.results(this.#results.length) : ''}</div>
    `;
  }

  #list(): TemplateResult {
    const { t } = this.#options.locale();
    const results = this.#results;
    if (!results) return html`<p class="empty-hint">${t.searchCustomerHint}</p>`;
    if (results.length === 0) return html`<p class="empty-hint">${t.noCustomers(this.#search.trim())}</p>`;
    return html`<ul
      class="results"
      id="customer-results"
      role="listbox"
      aria-label=${t.linkCustomer}
      @click=${this.#onClick}
      @keydown=${this.#onKeydown}
    >
      ${results.map((customer, i) => {
        const { name, document, phone, email } = customer;
        const about = [document && hideDocument(document), phone && formatPhone(phone), !phone && email];
        return html`<li
          class="choice ${i === this.#active ? 'active' : ''}"
          id="customer-result-${i}"
          role="option"
          aria-selected=${customer.id === this.#chosen?.id ? 'true' : 'false'}
          data-index=${i}
        >
          ${avatar(name, { size: 'compact' })}
          <span class="choice-text">
            <span class="choice-name">${name}</span>
            <span class="choice-detail numeric">${about.filter(Boolean).join(' · ')}</span>
          </span>
        </li>`;
      })}
    </ul>`;
  }

  #type(text: string): void {
    this.#search = text;
    clearTimeout(this.#timer);
    this.#aborter?.abort();
    if (text.trim() === '') {
      this.#results = null;
      this.#chosen = null;
      this.#host.requestUpdate();
      return;
    }
    this.#timer = setTimeout(() => void this.#find(text.trim()), searchDelayMs);
  }

  async #find(text: string): Promise<void> {
    const source = this.#options.source();
    if (!source) return;
    const aborter = new AbortController();
    this.#aborter = aborter;
    try {
      const results = await source.search(text, { signal: aborter.signal });
      if (aborter.signal.aborted) return;
      this.#results = results;
      this.#error = null;
      this.#active = -1;
      this.#chosen = results.find(({ id }) => id === this.#chosen?.id) ?? null;
    } catch (error) {
      if (aborter.signal.aborted) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  readonly #onClick = (event: Event): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (row) this.#choose(Number(row.dataset['index']));
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const count = this.#results?.length ?? 0;
    if (count === 0 || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#active = (this.#active + step + count + (this.#active === -1 && step === -1 ? 1 : 0)) % count;
      this.#host.requestUpdate();
      return;
    }
    const active = this.#results?.[this.#active];
    // The first Enter picks, the second one links.
    if (event.key === 'Enter' && active && active.id !== this.#chosen?.id) {
      event.preventDefault();
      this.#choose(this.#active);
    }
  };

  #choose(index: number): void {
    this.#active = index;
    this.#chosen = this.#results?.[index] ?? null;
    this.#host.requestUpdate();
  }

  async #link(): Promise<void> {
    const source = this.#options.source();
    const contact = this.#contact;
    const customer = this.#chosen;
    if (!source || !contact || !customer || this.#busy) return;
    this.#busy = true;
    this.#host.requestUpdate();
    try {
      await source.link(contact, customer.id);
      this.#dialog.close();
      this.#options.onLinked(customer);
    } catch (error) {
      this.#error = error;
      this.#options.onError(error);
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  }
}
