import { createClient, type ProsaClient } from '@prosa/core';
import '@prosa/widget-inbox/define';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { crmUsers, isCrmUserId, type CrmUserId } from '../crm/agents.ts';
import { askToLeave } from './ask-to-leave.ts';
import './customer-list.ts';
import { cacau, icons } from './icons.ts';
import { openSession } from './session.ts';
import './theme-toggle.ts';

const views = { atendimento: 'Atendimento', clientes: 'Clientes' } as const;
type View = keyof typeof views;

/** A made-up CRM with the inbox embedded. What a host has to do is all in `#enter`. */
export class CacauCrm extends LitElement {
  static override properties = {
    user: { state: true },
    view: { state: true },
    client: { state: true },
    failed: { state: true },
  };
  declare user: CrmUserId;
  declare view: View;
  declare client: ProsaClient | undefined;
  declare failed: boolean;

  readonly #onHash = (): void => {
    this.view = currentView();
  };

  constructor() {
    super();
    this.user = currentUser();
    this.view = currentView();
    this.failed = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#onHash);
    void this.#enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#onHash);
    this.client?.destroy();
    this.client = undefined;
  }

  async #enter(): Promise<void> {
    const { user } = this;
    this.client?.destroy();
    this.client = undefined;
    this.failed = false;
    try {
      const { gatewayUrl } = await openSession(user);
      if (user !== this.user || !this.isConnected) return;
      this.client = createClient({ baseUrl: gatewayUrl, token: async () => (await openSession(user)).token });
    } catch {
      this.failed = true;
    }
  }

  async #onUser(event: Event): Promise<void> {
    const select = event.target as HTMLSelectElement;
    const { value } = select;
    if (!isCrmUserId(value) || value === this.user) return;
    if (!(await this.#leave())) {
      select.value = this.user;
      return;
    }
    this.user = value;
    const url = new URL(location.href);
    url.searchParams.set('agent', value);
    history.replaceState(null, '', url);
    void this.#enter();
  }

  /** Whoever goes leaves nothing behind in this browser, and is asked before something is lost. */
  async #leave(): Promise<boolean> {
    try {
      return (await this.client?.logout({ confirm: ({ length }) => askToLeave(length) })) ?? true;
    } catch {
      // Nobody knows yet who was here: there is nothing of theirs.
      return true;
    }
  }

  override render(): TemplateResult {
    return html`
      <header class="topbar">
        <a class="brand" href="#atendimento"
          >${cacau}<span>Cacau <b>CRM</b></span></a
        >
        <span class="grow"></span>
        <theme-toggle></theme-toggle>
        ${this.#userMenu()}
      </header>
      <nav class="rail" aria-label="Cacau CRM">
        ${this.#link('atendimento', icons.chats)} ${this.#link('clientes', icons.people)}
      </nav>
      <main class="stage" aria-label=${views[this.view]}>
        ${
          this.failed
            ? html`<p class="empty" role="alert">
                Não foi possível entrar.
                <button type="button" class="link" @click=${() => this.#enter()}>Tentar de novo</button>
              </p>`
            : nothing
        }
        ${this.view === 'atendimento' ? html`<h1 class="visually-hidden">Atendimento</h1>` : nothing}
        <prosa-inbox .client=${this.client} ?hidden=${this.view !== 'atendimento' || this.failed}></prosa-inbox>
        ${this.view === 'clientes' ? html`<customer-list .client=${this.client}></customer-list>` : nothing}
      </main>
    `;
  }

  #link(view: View, icon: unknown): TemplateResult {
    return html`<a href=${`#${view}`} aria-current=${view === this.view ? 'page' : nothing}>
      ${icon}<span>${views[view]}</span>
    </a>`;
  }

  #userMenu(): TemplateResult {
    const { name } = crmUsers[this.user];
    return html`<label class="user">
      <span class="avatar" aria-hidden="true">${initials(name)}</span>
      <span class="visually-hidden">Usuário do CRM</span>
      <select @change=${this.#onUser}>
        ${Object.values(crmUsers).map(
          ({ id, name: label }) => html`<option value=${id} ?selected=${id === this.user}>${label}</option>`,
        )}
      </select>
      ${icons.chevron}
    </label>`;
  }
}

function currentUser(): CrmUserId {
  const asked = new URLSearchParams(location.search).get('agent');
  return isCrmUserId(asked) ? asked : 'ana';
}

function currentView(): View {
  return location.hash === '#clientes' ? 'clientes' : 'atendimento';
}

function initials(name: string): string {
  const words = name.split(' ');
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`;
}

customElements.define('cacau-crm', CacauCrm);
