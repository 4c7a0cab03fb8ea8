import { html, LitElement, nothing, type TemplateResult } from 'lit';

interface ActiveFault {
  readonly id: string;
  readonly remaining: number | null;
}

/** What can go wrong at Meta, in words, with what the simulator is told. */
const faults: readonly (readonly [words: string, fault: object])[] = [
  ['Limite de envio (130429)', { kind: 'throttle', times: 3 }],
  ['Limite por cliente (131056)', { kind: 'throttle', code: 131056, times: 3 }],
  ['Limite do aplicativo (4)', { kind: 'throttle', code: 4, times: 3 }],
  ['Limite da conta (80007)', { kind: 'throttle', code: 80007, times: 3 }],
  ['Token vencido, até limpar', { kind: 'expired_token', times: null }],
  ['Resposta perdida', { kind: 'lost_answer' }],
  ['Respostas lentas', { kind: 'slow_answers', delayMs: 5000, times: 5 }],
  ['Erro 503 da Meta', { kind: 'server_error', status: 503, times: 2 }],
  ['Página de erro 502', { kind: 'server_error', status: 502, times: 2 }],
  ['Mensagem não entregue (131026)', { kind: 'fail_message', code: 131026 }],
  ['Aceita e depois descartada (130429)', { kind: 'fail_message', code: 130429 }],
  ['Webhook em dobro', { kind: 'duplicate_webhook' }],
  ['Webhook cortado no meio', { kind: 'cut_webhook' }],
  ['Status fora de ordem', { kind: 'reorder_statuses' }],
  ['Status atrasado', { kind: 'late_status', delayMs: 15_000 }],
  ['Muitos eventos em um POST', { kind: 'batch_webhooks', size: 100, withinMs: 5000 }],
];

/** Makes something go wrong at the simulated Meta, to see that the desk bears it. */
export class FaultPicker extends LitElement {
  static override properties = { armed: { state: true } };
  declare armed: number;

  constructor() {
    super();
    this.armed = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#count();
  }

  async #call(method: string, body?: object): Promise<Response> {
    return fetch('/simulator/faults', {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** Faults that have struck are gone; they are counted anew whenever somebody looks. */
  async #count(): Promise<void> {
    try {
      const { data } = (await (await this.#call('GET')).json()) as { data: readonly ActiveFault[] };
      this.armed = data.length;
    } catch {
      this.armed = 0;
    }
  }

  async #arm(event: Event): Promise<void> {
    const select = event.target as HTMLSelectElement;
    const fault = faults[Number(select.value)]?.[1];
    select.value = '';
    if (fault) await this.#call('POST', fault);
    await this.#count();
  }

  async #clear(): Promise<void> {
    await this.#call('DELETE');
    await this.#count();
  }

  override render(): TemplateResult {
    return html`<select
        aria-label="Provocar uma falha no WhatsApp simulado"
        @focus=${() => this.#count()}
        @change=${(event: Event) => this.#arm(event)}
      >
        <option value="">Provocar falha…</option>
        ${faults.map(([words], index) => html`<option value=${index}>${words}</option>`)}
      </select>
      <span aria-live="polite"
        >${
          this.armed === 0
            ? nothing
            : html`${this.armed === 1 ? '1 falha armada' : `${this.armed} falhas armadas`}
                <button type="button" class="link" @click=${() => this.#clear()}>Limpar</button>`
        }</span
      >`;
  }
}

customElements.define('fault-picker', FaultPicker);
