import type { Customer, ProsaClient } from '@prosa/core';
import { formatCnpj, formatCpf, formatPhone } from '@prosa/core/brazil';

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from './icons.ts';

/** The CRM's own list of customers, over the same records that the inbox links conversations to. */
export class CustomerList extends LitElement {
  static override properties = {
    client: { attribute: false },
    customers: { state: true },
    search: { state: true },
    failed: { state: true },
  };
  declare client: ProsaClient | undefined;
  declare customers: readonly Customer[] | undefined;
  declare search: string;
  declare failed: boolean;

  #unsubscribe: (() => void)[] = [];
  #loading: AbortController | undefined;

  constructor() {
    super();
    this.search = '';
    this.failed = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  #follow(): void {
    this.#stop();
    const { client } = this;
    if (!client) return;
    const reload = (): void => void this.#load();
    this.#unsubscribe = [client.on('customer.created', reload), client.on('customer.updated', reload)];
    reload();
  }

  #stop(): void {
    this.#loading?.abort();
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    try {
      const page = await this.client?.customers.list({ search: this.search || undefined, limit: 100 }, { signal });
      if (signal.aborted) return;
      this.customers = page?.data ?? [];
      this.failed = false;
    } catch {
      this.failed = !signal.aborted;
    }
  }

  #onSearch(event: InputEvent): void {
    this.search = (event.target as HTMLInputElement).value.trim();
    void this.#load();
  }

  override render(): TemplateResult {
    return html`
      <div class="sheet">
        <header class="sheet-head">
          <h1>Clientes</h1>
          <label class="search">
            ${icons.search}
            <span class="visually-hidden">Buscar cliente</span>
            <input type="search" placeholder="Nome, CPF, CNPJ, telefone" @input=${this.#onSearch} />
          </label>
        </header>
        ${
          this.failed
            ? html`<p class="empty" role="alert">Não foi possível carregar os clientes.</p>`
            : this.customers === undefined
              ? html`<p class="empty">Carregando…</p>`
              : this.customers.length === 0
                ? html`<p class="empty">Nenhum cliente encontrado.</p>`
                : this.#table(this.customers)
        }
      </div>
    `;
  }

  #table(customers: readonly Customer[]): TemplateResult {
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Clientes">
      <table>
        <thead>
          <tr>
            <th scope="col">Nome</th>
            <th scope="col">Documento</th>
            <th scope="col">Telefone</th>
            <th scope="col">E-mail</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            customers,
            ({ id }) => id,
            ({ name, document, phone, email }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>
                  ${document ? html`<span class="kind">${document.kind}</span> ${documentText(document)}` : nothing}
                </td>
                <td>${phone ? formatPhone(phone) : nothing}</td>
                <td>${email ?? nothing}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function documentText({ kind, value }: NonNullable<Customer['document']>): string {
  return kind === 'cpf' ? formatCpf(value) : formatCnpj(value);
}

customElements.define('customer-list', CustomerList);
