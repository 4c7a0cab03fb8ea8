import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneChat, PhoneView } from '../phone/displays.ts';
import type { PhoneMessage } from '../state/message.ts';
import { bubble, lineOf, type BubbleContext } from './bubble.ts';
import { chatStyles } from './chat.styles.ts';
import { deviceStyles } from './device.styles.ts';
import { icons } from './icons.ts';
import { PhoneConnection } from './phone-connection.ts';
import { dayOf, longDate, startOf, timeOf } from './times.ts';

/**
 * A customer's phone: what the simulator shows on it, and a place to type. While its chat is open and the page is
 * visible, what arrives is read, as it would be in a hand.
 *
 * @attr base-url - address of the simulator; the page's own when absent
 * @attr wa-id - whose phone it is
 */
export class WhatsAppPhone extends LitElement {
  static readonly tagName = 'whatsapp-phone';
  static override styles = [deviceStyles, chatStyles];
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    waId: { attribute: 'wa-id' },
    view: { state: true },
    live: { state: true },
    locked: { state: true },
    failed: { state: true },
  };

  declare baseUrl: string;
  declare waId: string;
  declare view: PhoneView | null;
  declare live: boolean;
  declare locked: boolean;
  declare failed: boolean;

  #connection: PhoneConnection | null = null;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.baseUrl = '';
    this.waId = '';
    this.view = null;
    this.live = false;
    this.locked = false;
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#readWhatIsSeen);
    this.#clock = setInterval(() => this.requestUpdate(), 20_000);
    this.#connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#readWhatIsSeen);
    clearInterval(this.#clock);
    this.#connection?.close();
    this.#connection = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && (changed.has('baseUrl') || changed.has('waId'))) this.#connect();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('view') && !changed.has('locked')) return;
    this.#readWhatIsSeen();
    const log = this.renderRoot.querySelector('.chat');
    if (log) log.scrollTop = log.scrollHeight;
  }

  get #chat(): PhoneChat | undefined {
    return this.view?.chats[0];
  }

  #connect(): void {
    this.#connection?.close();
    this.view = null;
    if (this.waId === '') return;
    this.#connection = new PhoneConnection({
      baseUrl: this.baseUrl,
      waId: this.waId,
      onView: (view) => (this.view = view),
      onLive: (live) => (this.live = live),
    });
    this.#connection.open();
  }

  readonly #readWhatIsSeen = (): void => {
    if (this.locked || document.visibilityState !== 'visible' || (this.#chat?.unread ?? 0) === 0) return;
    void this.#do((connection) => connection.read());
  };

  async #do(work: (connection: PhoneConnection) => Promise<void>): Promise<boolean> {
    if (!this.#connection) return false;
    try {
      await work(this.#connection);
      this.failed = false;
      return true;
    } catch {
      this.failed = true;
      return false;
    }
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea');
    const text = field?.value.trim() ?? '';
    if (!field || text === '') return;
    field.value = '';
    if (!(await this.#do((connection) => connection.say(text)))) field.value = text;
  }

  async #sendFiles(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    for (const file of files) await this.#do((connection) => connection.sendFile(file, ''));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void this.#send(event);
  }

  protected override render(): TemplateResult {
    return html`<div class="device">
      <div class="screen ${this.locked ? 'dark' : ''}">
        <div class="status" aria-hidden="true">
          <span>${timeOf(Date.now())}</span>
          <span class="status-icons">${icons.signal}${icons.battery}</span>
        </div>
        ${this.locked ? this.#lockScreen() : this.#chatScreen()}
        <button class="home" type="button" @click=${() => (this.locked = !this.locked)}>
          <span class="home-text">${this.locked ? 'Abrir conversa' : 'Bloquear tela'}</span>
        </button>
      </div>
    </div>`;
  }

  #chatScreen(): TemplateResult {
    const chat = this.#chat;
    const name = chat?.name ?? 'Cacau';
    return html`
      <header class="head">
        <span class="avatar" aria-hidden="true">${name.slice(0, 1)}</span>
        <span class="who">
          <span class="name"
            >${name} <span class="verified" role="img" aria-label="Conta verificada">${icons.verified}</span></span
          >
          <span class="quiet">${this.#presence(chat)}</span>
        </span>
      </header>
      <div class="chat" role="log" aria-label="Conversa com ${name}" tabindex="0">
        ${this.#messages(chat?.messages ?? [])}
      </div>
      ${this.failed ? html`<p class="failed" role="alert">Não foi possível enviar. Tente de novo.</p>` : nothing}
      <form class="composer" @submit=${(event: Event) => this.#send(event)}>
        <label class="attach">
          ${icons.clip}
          <input
            type="file"
            multiple
            aria-label="Anexar foto ou documento"
            accept="image/*,audio/*,video/mp4,application/pdf,.doc,.docx,.xls,.xlsx,.txt"
            @change=${(event: Event) => this.#sendFiles(event)}
          />
        </label>
        <textarea
          rows="1"
          aria-label="Mensagem"
          placeholder="Mensagem"
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        ></textarea>
        <button class="send" type="submit" aria-label="Enviar">${icons.send}</button>
      </form>
    `;
  }

  #presence(chat: PhoneChat | undefined): string {
    if (!this.live) return 'conectando…';
    return chat?.typing === true ? 'digitando…' : 'conta comercial';
  }

  #messages(messages: readonly PhoneMessage[]) {
    if (messages.length === 0) {
      return html`<p class="hint">
        Escreva como ${this.view?.name ?? 'o cliente'}. A mensagem chega ao atendimento na hora.
      </p>`;
    }
    const context: BubbleContext = {
      fileUrl: (path) => this.#connection?.fileUrl(path) ?? path,
      tap: (messageId, choice) => void this.#do((connection) => connection.tap(messageId, choice)),
      played: (messageId) => void this.#do((connection) => connection.played(messageId)),
    };
    const now = Date.now();
    return repeat(
      messages,
      ({ id }) => id,
      (message, index) => {
        const before = messages[index - 1];
        const newDay = !before || startOf(before.at) !== startOf(message.at);
        return html`${newDay ? html`<p class="day">${dayOf(message.at, now)}</p>` : nothing}${bubble(message, context)}`;
      },
    );
  }

  #lockScreen(): TemplateResult {
    const chat = this.#chat;
    const unread = chat?.messages.filter(({ from }) => from === 'business').slice(-(chat.unread || 0)) ?? [];
    const shown = (chat?.unread ?? 0) === 0 ? [] : unread;
    return html`<div class="lock">
      <p class="lock-icon">${icons.lock}</p>
      <p class="lock-time">${timeOf(Date.now())}</p>
      <p class="lock-date">${longDate(Date.now())}</p>
      <ul class="notes" aria-label="Notificações" aria-live="polite">
        ${shown.length === 0 ? html`<li class="lock-quiet">Nenhuma mensagem nova</li>` : nothing}
        ${shown.slice(-3).map(
          ({ content, at }) =>
            html`<li class="note">
              <span class="note-head"><strong>${chat?.name}</strong><span>${timeOf(at)}</span></span>
              <span class="note-text">${lineOf(content)}</span>
            </li>`,
        )}
        ${shown.length > 3 ? html`<li class="lock-quiet">e mais ${shown.length - 3}</li>` : nothing}
      </ul>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-phone': WhatsAppPhone;
  }
}
