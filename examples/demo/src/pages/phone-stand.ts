import { formatPhone, phoneForms } from '@prosa/core/brazil';
import '@prosa/whatsapp-simulator/phone/define';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { icons } from './icons.ts';
import './fault-picker.ts';
import './theme-toggle.ts';

interface PhoneOwner {
  readonly waId: string;
  readonly name: string;
}

const lastChoice = 'cacau-phone';
/** The visitor's own, ready to write. */
const visitor = '558399142210';
const newNames = ['Iara Monteiro', 'Benedito Lima', 'Jussara Prado', 'Caetano Duarte', 'Luzia Farias', 'Davi Sampaio'];

/** A customer's phone, and the choice of whose it is. */
export class PhoneStand extends LitElement {
  static override properties = {
    owners: { state: true },
    waId: { state: true },
    failed: { state: true },
  };
  declare owners: readonly PhoneOwner[];
  declare waId: string;
  declare failed: boolean;

  constructor() {
    super();
    this.owners = [];
    this.waId = new URLSearchParams(location.search).get('phone') ?? sessionStorage.getItem(lastChoice) ?? visitor;
    this.failed = false;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const response = await fetch('/simulator/phones');
      const { data } = (await response.json()) as { data: readonly PhoneOwner[] };
      this.owners = data;
      if (!data.some(({ waId }) => waId === this.waId)) this.waId = data[0]?.waId ?? visitor;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  #choose(waId: string): void {
    this.waId = waId;
    sessionStorage.setItem(lastChoice, waId);
  }

  /** The phone has another number now; the list of phones is read again. */
  #moved(waId: string): void {
    this.#choose(waId);
    void this.#load();
  }

  async #add(): Promise<void> {
    const name = newNames.find((each) => !this.owners.some((owner) => owner.name === each)) ?? 'Número novo';
    const digits = String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0).padStart(10, '7');
    const response = await fetch('/simulator/phones', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, waId: `55119${7 + (Number(digits[0]) % 3)}${digits.slice(-7)}` }),
    });
    if (!response.ok) return;
    const owner = (await response.json()) as PhoneOwner;
    await this.#load();
    this.#choose(owner.waId);
  }

  override render(): TemplateResult {
    return html`
      <aside class="stand" aria-label="Celular do cliente">
        <header class="stand-head">
          <h2 class="visually-hidden">Celular do cliente</h2>
          <label class="owner">
            <span class="visually-hidden">Celular de</span>
            ${icons.phone}
            <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
              ${this.owners.map(
                ({ waId, name }) => html`<option value=${waId} ?selected=${waId === this.waId}>${name}</option>`,
              )}
            </select>
            ${icons.chevron}
          </label>
          <button type="button" class="new-number" @click=${this.#add}>${icons.plus}<span>Novo número</span></button>
        </header>
        ${
          this.failed
            ? html`<p class="empty" role="alert">
                O simulador não respondeu.
                <button type="button" class="link" @click=${() => this.#load()}>Tentar de novo</button>
              </p>`
            : nothing
        }
        <whatsapp-phone
          base-url=${location.origin}
          wa-id=${this.waId}
          @number-change=${(event: CustomEvent<{ waId: string }>) => this.#moved(event.detail.waId)}
        ></whatsapp-phone>
        <footer class="stand-note">
          <span>${spoken(this.waId)} · WhatsApp simulado</span>
          <fault-picker></fault-picker>
        </footer>
      </aside>
    `;
  }
}

/** The number as people write it, with its ninth digit. */
function spoken(waId: string): string {
  const forms = phoneForms(`+${waId}`);
  return formatPhone(forms.reduce((a, b) => (b.length > a.length ? b : a), `+${waId}`));
}

customElements.define('phone-stand', PhoneStand);
