import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PhoneChat, PhoneView } from '../phone/displays.ts';
import type { PhoneMessage } from '../state/message.ts';
import { bubble } from './bubble.ts';
import type { BubbleContext } from './bubble-context.ts';
import { cardStyles } from './card.styles.ts';
import { chatStyles } from './chat.styles.ts';
import { composerStyles } from './composer.styles.ts';
import { composer } from './composer.ts';
import type { Aim } from './composer.ts';
import { deviceStyles } from './device.styles.ts';
import { icons } from './icons.ts';
import { lockScreen } from './lock-screen.ts';
import { wordsOf } from './message-menu.ts';
import { PhoneConnection } from './phone-connection.ts';
import { PhoneSheet } from './phone-sheet.ts';
import { PhoneSheets } from './phone-sheets.ts';
import { richStyles } from './rich.styles.ts';
import { sheetStyles } from './sheet.styles.ts';
import { dayOf, startOf, timeOf } from './times.ts';
import { VoiceRecorder } from './voice-recorder.ts';

/** How long a code is said to be copied, and how long the message that a quote led to stands out. */
const noticeMs = 1600;

/**
 * A customer's phone: what the simulator shows on it, and a place to type. While its chat is open and the page is
 * visible, what arrives is read, as it would be in a hand.
 *
 * @attr base-url - address of the simulator; the page's own when absent
 * @attr wa-id - whose phone it is
 * @fires number-change - the phone has moved to another number: `detail.waId`
 */
export class WhatsAppPhone extends LitElement {
  static readonly tagName = 'whatsapp-phone';
  static override styles = [deviceStyles, chatStyles, cardStyles, richStyles, composerStyles, sheetStyles];
  static override properties = {
    baseUrl: { attribute: 'base-url' },
    waId: { attribute: 'wa-id' },
    view: { state: true },
    live: { state: true },
    locked: { state: true },
    failed: { state: true },
    copied: { state: true },
    tapped: { state: true },
    aim: { state: true },
    silent: { state: true },
  };

  declare baseUrl: string;
  declare waId: string;
  declare view: PhoneView | null;
  declare live: boolean;
  declare locked: boolean;
  declare failed: boolean;
  /** The code that was just copied. */
  declare copied: string | null;
  /** Messages whose button was tapped, until the answer is on the screen. */
  declare tapped: readonly string[];
  /** The message that the next words answer or change. */
  declare aim: Aim | null;
  /** The microphone could not be used. */
  declare silent: boolean;

  #connection: PhoneConnection | null = null;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #sheet = new PhoneSheet(this);
  readonly #sheets = new PhoneSheets(this.#sheet, {
    view: () => this.view,
    chat: () => this.#chat,
    waId: () => this.waId,
    run: (work) => this.#do(work),
    choose: (messageId, rowId) => this.#tap(messageId, rowId),
    answered: (messageId, given) => this.#mark(messageId, given),
    aim: (aim) => this.#take(aim),
    takeReply: () => this.#takeReply(),
    changeNumber: (waId) => this.#changeNumber(waId),
  });
  readonly #recorder = new VoiceRecorder(this);

  constructor() {
    super();
    this.baseUrl = '';
    this.waId = '';
    this.view = null;
    this.live = false;
    this.locked = false;
    this.failed = false;
    this.copied = null;
    this.tapped = [];
    this.aim = null;
    this.silent = false;
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
    this.tapped = [];
    this.aim = null;
    this.#sheet.close();
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
    const { aim } = this;
    field.value = '';
    this.aim = null;
    const sent = await this.#do((connection) =>
      aim?.kind === 'edit' ? connection.edit(aim.message.id, text) : connection.say(text, aim?.message.id),
    );
    if (sent) return;
    field.value = text;
    this.aim = aim;
  }

  async #sendFiles(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    const replyTo = this.#takeReply();
    for (const file of files) await this.#do((connection) => connection.sendFile(file, { replyTo }));
  }

  /** The message that what is sent now answers; the next one answers nothing. */
  #takeReply(): string | undefined {
    const { aim } = this;
    this.aim = null;
    return aim?.kind === 'reply' ? aim.message.id : undefined;
  }

  async #record(): Promise<void> {
    this.silent = false;
    if (this.#recorder.isRecording) {
      const file = await this.#recorder.stop();
      const replyTo = this.#takeReply();
      if (file) await this.#do((connection) => connection.sendFile(file, { replyTo }));
      return;
    }
    try {
      await this.#recorder.start();
    } catch {
      this.silent = true;
    }
  }

  #tap(messageId: string, choice: string): Promise<boolean> {
    return this.#do((connection) => connection.tap(messageId, choice));
  }

  /** A button works once; after a failure it works again. */
  async #answer(messageId: string, choice: string): Promise<void> {
    if (this.tapped.includes(messageId)) return;
    this.#mark(messageId, true);
    if (!(await this.#tap(messageId, choice))) this.#mark(messageId, false);
  }

  #mark(messageId: string, answered: boolean): void {
    const others = this.tapped.filter((id) => id !== messageId);
    this.tapped = answered ? [...others, messageId] : others;
  }

  #take(aim: Aim): void {
    this.aim = aim;
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector<HTMLTextAreaElement>('textarea');
      if (!field) return;
      if (aim.kind === 'edit') field.value = wordsOf(aim.message) ?? '';
      field.focus();
    });
  }

  async #changeNumber(waId: string): Promise<void> {
    if (!(await this.#do((connection) => connection.changeNumber(waId)))) return;
    this.waId = waId;
    this.dispatchEvent(new CustomEvent('number-change', { detail: { waId }, bubbles: true }));
  }

  async #copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      return;
    }
    this.copied = code;
    setTimeout(() => (this.copied = null), noticeMs);
  }

  #goTo(messageId: string): void {
    const target = this.renderRoot.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`);
    if (!target) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    target.classList.add('pointed');
    setTimeout(() => target.classList.remove('pointed'), noticeMs);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void this.#send(event);
  }

  readonly #toggleLock = (): void => {
    this.locked = !this.locked;
  };

  protected override render(): TemplateResult {
    return html`<div class="device">
      <div class="screen">
        <div class="page ${this.locked ? 'dark' : ''}" ?inert=${this.#sheet.isOpen}>
          <div class="status" aria-hidden="true">
            <span>${timeOf(Date.now())}</span>
            <span class="status-icons">${icons.signal}${icons.battery}</span>
          </div>
          ${this.locked ? lockScreen(this.#chat, Date.now()) : this.#chatScreen()}
          <button class="home" type="button" @click=${this.#toggleLock}>
            <span class="home-text">${this.locked ? 'Abrir conversa' : 'Bloquear tela'}</span>
          </button>
        </div>
        ${this.#sheet.render()}
      </div>
    </div>`;
  }

  #chatScreen(): TemplateResult {
    const chat = this.#chat;
    const name = chat?.name ?? 'Cacau';
    return html`
      <header class="head">
        <span class="avatar" aria-hidden="true">${name.slice(0, 1)}</span>
        <button class="who" type="button" aria-haspopup="dialog" @click=${() => this.#sheets.openProfile()}>
          <span class="name"
            >${name} <span class="verified" role="img" aria-label="Conta verificada">${icons.verified}</span></span
          >
          <span class="quiet">${this.#presence(chat)}</span>
        </button>
      </header>
      <div class="chat" role="log" aria-label="Conversa com ${name}" tabindex="0">
        ${this.#messages(chat?.messages ?? [])}
      </div>
      ${this.failed ? html`<p class="failed" role="alert">Não foi possível enviar. Tente de novo.</p>` : nothing}
      ${this.silent ? html`<p class="failed" role="alert">O microfone não está disponível.</p>` : nothing}
      ${composer({
        aim: this.aim,
        businessName: name,
        recording: this.#recorder.isRecording ? this.#recorder.length : null,
        onSubmit: (event) => void this.#send(event),
        onFiles: (event) => void this.#sendFiles(event),
        onKey: (event) => this.#onKey(event),
        onExtras: () => this.#sheets.openExtras(),
        onDropAim: () => (this.aim = null),
        onRecord: () => void this.#record(),
        onCancelRecording: () => this.#recorder.cancel(),
      })}
    `;
  }

  #presence(chat: PhoneChat | undefined): string {
    if (!this.live) return 'conectando…';
    if (this.view?.online === false) return 'sem conexão';
    return chat?.typing === true ? 'digitando…' : 'conta comercial';
  }

  #bubbleContext(messages: readonly PhoneMessage[]): BubbleContext {
    const answered = new Set(this.tapped);
    for (const { content, replyTo } of messages) {
      if (content.type === 'reply' && content.kind !== 'list_reply' && replyTo !== undefined) answered.add(replyTo);
    }
    return {
      businessName: this.#chat?.name ?? '',
      find: (messageId) => messages.find(({ id }) => id === messageId),
      isAnswered: (messageId) => answered.has(messageId),
      isCopied: (code) => this.copied === code,
      fileUrl: (path) => this.#connection?.fileUrl(path) ?? path,
      tap: (messageId, choice) => void this.#answer(messageId, choice),
      openSheet: (message, kind) => this.#sheets.openAnswer(message, kind),
      openMenu: (message) => this.#sheets.openMenu(message),
      copy: (code) => void this.#copy(code),
      goTo: (messageId) => this.#goTo(messageId),
      played: (messageId) => void this.#do((connection) => connection.played(messageId)),
    };
  }

  #messages(messages: readonly PhoneMessage[]) {
    if (messages.length === 0) {
      return html`<p class="hint">
        Escreva como ${this.view?.name ?? 'o cliente'}. A mensagem chega ao atendimento na hora.
      </p>`;
    }
    const context = this.#bubbleContext(messages);
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
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-phone': WhatsAppPhone;
  }
}
