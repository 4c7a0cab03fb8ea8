import { isProsaError, type Identity, type WebchatClient, type WebchatSnapshot } from '@prosa/core/webchat';
import type { WebchatConfig } from '@prosa/core/contract';
import { Announcer, baseStyles, buttonStyles, fieldStyles, tokens } from '@prosa/ui';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ComposerController } from '../composer/composer-controller.ts';
import { composerStyles } from '../composer/composer.styles.ts';
import { launcher } from '../launcher/launcher.ts';
import { launcherStyles } from '../launcher/launcher.styles.ts';
import type { Words } from '../locales/words.ts';
import { WordsController } from '../locales/words-controller.ts';
import { isStarting, panelContent } from '../panel/panel-content.ts';
import { isNarrow, PanelController } from '../panel/panel-controller.ts';
import { panelState } from '../panel/panel-state.ts';
import { panelStyles } from '../panel/panel.styles.ts';
import { StartForm } from '../start/start-form.ts';
import { startStyles } from '../start/start.styles.ts';
import { SurveyController } from '../survey/survey-controller.ts';
import { FileLinks } from '../thread/file-links.ts';
import { ScrollController } from '../thread/scroll-controller.ts';
import { threadStyles } from '../thread/thread.styles.ts';
import { AccentSheet } from './accent-sheet.ts';
import { ChatController } from './chat-controller.ts';
import { Reporter } from './reporter.ts';
import { SeenController } from './seen-controller.ts';
import { TabMemory } from './tab-memory.ts';
import {
  fire,
  listen,
  type WebchatEventDetail,
  type WebchatEventName,
  type WebchatListening,
} from './webchat-events.ts';

/**
 * The webchat of a website: a launcher in the corner, and behind it the conversation with the team.
 *
 * @summary A website's webchat in one element.
 * @fires prosa-webchat-ready - It can be used.
 * @fires prosa-webchat-opened - The panel opened.
 * @fires prosa-webchat-closed - The panel closed.
 * @fires prosa-webchat-message - The team wrote.
 * @fires prosa-webchat-unread - The number of messages that the visitor has not seen changed.
 * @fires prosa-webchat-started - The visitor began a conversation.
 * @fires prosa-webchat-ended - The conversation is over.
 * @fires prosa-before-send - A message is about to go out; `preventDefault()` keeps it in the composer.
 * @fires prosa-error - Something did not work.
 */
export class ProsaWebchat extends LitElement {
  static readonly tagName: string = 'prosa-webchat';

  static override readonly properties = {
    client: { attribute: false },
    baseUrl: { attribute: 'base-url' },
    webchatKey: { attribute: 'webchat-key' },
    identity: {},
    open: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
    strings: { attribute: false },
    theme: { reflect: true },
  };

  static override readonly styles = [
    tokens,
    baseStyles,
    buttonStyles,
    fieldStyles,
    panelStyles,
    launcherStyles,
    threadStyles,
    composerStyles,
    startStyles,
  ];

  static {
    // The log can be scrolled to its end once the panel is there: that is what the second update is.
    this.disableWarning?.('change-in-update');
  }

  /** The client to use; wins over `base-url` and `webchat-key`, and is ended by whoever made it. */
  declare client: WebchatClient | undefined;
  /** Address of the gateway. */
  declare baseUrl: string | undefined;
  /** `wck_…`: which webchat. */
  declare webchatKey: string | undefined;
  /** Who is logged in to the site: a token that its backend signed, or a function that gets one. */
  declare identity: Identity | undefined;
  /** The panel is open. */
  declare open: boolean;
  /** Fills the element's own box, without a launcher. */
  declare inline: boolean;
  /** Words that replace those of the language. */
  declare strings: Partial<Words> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  declare theme: 'light' | 'dark' | 'auto' | undefined;

  declare addEventListener: WebchatListening['addEventListener'];
  declare removeEventListener: WebchatListening['removeEventListener'];

  readonly #memory = new TabMemory();
  readonly #accent = new AccentSheet();
  readonly #form = new StartForm();
  readonly #words = new WordsController(this, () => this.strings);
  readonly #announcer = new Announcer(this);
  readonly #scroll = new ScrollController(this);
  readonly #onError = (error: unknown): void => {
    fire(this, 'prosa-error', { error });
  };
  readonly #chat = new ChatController(this, {
    settings: () => this,
    onError: this.#onError,
    onMessage: (message) => {
      const { content, author } = message;
      const words = this.#words.current;
      if (words) {
        const text = content.type === 'text' ? content.text : words.unread(1);
        this.#announcer.say(`${author.name ?? words.team}: ${text}`);
      }
      fire(this, 'prosa-webchat-message', { message });
    },
  });
  readonly #links = new FileLinks(this, () => this.#chat.current);
  readonly #survey = new SurveyController(this, {
    client: () => this.#chat.current,
    onAnswered: () => {
      this.#focusAfterwards('[data-action=start-over]');
    },
    onError: this.#onError,
  });
  readonly #panel = new PanelController(this, () => {
    if (this.#isEnding) this.#end(false);
    else this.closePanel();
  });
  readonly #composer = new ComposerController(this, {
    words: () => this.#words.current,
    maxFileBytes: () => this.#chat.value?.config?.maxFileBytes ?? 0,
    send: (text, files) => this.#send(text, files),
    onInput: (text) => {
      this.#memory.draft = text;
      this.#chat.current?.typing(text.trim() !== '');
    },
  });
  readonly #reporter = new Reporter(this);
  #isEnding = false;
  /** It was open on the page before: it comes back without taking the focus. */
  #isRestored = false;

  constructor() {
    super();
    this.open = false;
    this.inline = false;
    new SeenController(this, () => ({
      chat: this.#chat.current,
      inSight: (this.open || this.inline) && this.#scroll.isAtEnd,
    }));
  }

  /** Messages of the team that the visitor has not seen. */
  get unreadCount(): number {
    return this.#chat.value?.conversation?.unreadCount ?? 0;
  }

  openPanel(): void {
    this.open = true;
  }

  closePanel(): void {
    this.open = false;
  }

  toggle(): void {
    this.open = !this.open;
  }

  /** Shows the launcher again. */
  show(): void {
    this.hidden = false;
  }

  /** Takes launcher and panel out of the page. The conversation goes on: `unread` still tells. */
  hide(): void {
    this.open = false;
    this.hidden = true;
  }

  /**
   * Says who is logged in to the site. What was said anonymously goes along.
   * @param identity a token that the site's backend signed, or a function that gets one
   * @throws ProsaError when the gateway does not believe it
   */
  async setUser(identity: Identity): Promise<void> {
    await this.#chat.identify(identity);
  }

  /** Forgets the visitor here, and ends their session at the gateway. */
  async logout(): Promise<void> {
    this.#composer.set('');
    this.#memory.draft = '';
    this.#form.clear();
    await this.#chat.logout();
  }

  /**
   * Hears an event by its short name.
   * @returns ends the subscription
   */
  on<Name extends WebchatEventName>(name: Name, listener: (detail: WebchatEventDetail<Name>) => void): () => void {
    return listen(this, name, listener);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) this.#accent.attach(root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('webchatKey')) {
      this.#memory.bind(this.webchatKey);
      this.#composer.text = this.#memory.draft;
      this.#isRestored = this.#memory.isOpen && !this.inline && !isNarrow();
      if (this.#isRestored) this.open = true;
    } else if (changed.has('open')) {
      this.#isRestored = false;
      this.#memory.isOpen = this.open;
    }
    if (changed.has('identity') && this.identity) this.#chat.identify(this.identity).catch(this.#onError);
    const value = this.#chat.value;
    this.#accent.set(value?.config?.accent ?? null);
    this.#survey.bind(value?.conversation?.id ?? null);
    if (!isOpenConversation(value)) this.#isEnding = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.inline) this.#panel.show(this.open, { takeFocus: !this.#isRestored });
    if (changed.has('open') && this.open) {
      this.#scroll.toEnd();
      if (this.#chat.value?.status === 'failed') this.#chat.load();
    }
    this.#reporter.tell(this.#chat.value, this.open);
  }

  protected override render(): TemplateResult | typeof nothing {
    const words = this.#words.current;
    const value = this.#chat.value;
    if (!words || !value || !this.#isUsable(value)) return nothing;
    const { config, conversation } = value;
    const name = config?.title ?? words.team;
    const content = config
      ? this.#content(words, value, config)
      : panelState(words, value.status, { onRetry: this.#retryLoad, onClose: this.#closer });
    const { onDragOver, onDragLeave, onDrop } = this.#composer;
    return html`<div
      class="frame ${config?.position === 'left' ? 'left' : ''}"
      lang=${words.language}
      @dragover=${onDragOver}
      @dragleave=${onDragLeave}
      @drop=${onDrop}
    >
      ${
        this.inline
          ? html`<section class="panel inline" aria-label=${name}>${content}</section>`
          : html`<dialog
                class="panel"
                id="panel"
                tabindex="-1"
                aria-label=${name}
                @keydown=${this.#panel.onKeyDown}
                @cancel=${this.#panel.onCancel}
              >
                ${content}
              </dialog>
              ${launcher(
                words,
                this.open,
                { unread: conversation?.unreadCount ?? 0, isAsked: conversation?.survey?.score === null },
                () => {
                  this.toggle();
                },
              )}`
      }
      ${this.#announcer.render()}
    </div>`;
  }

  /** A page whose key does not work shows nothing; one without a network offers to try again. */
  #isUsable({ config, status, error }: WebchatSnapshot): boolean {
    if (config || this.inline) return true;
    return status === 'failed' ? isProsaError(error) && error.retryable : this.open;
  }

  #content(words: Words, value: WebchatSnapshot, config: WebchatConfig): TemplateResult {
    return panelContent({
      words,
      value,
      config,
      now: Date.now(),
      form: this.#form,
      scroll: this.#scroll,
      links: this.#links,
      composer: this.#composer,
      survey: this.#survey,
      isEnding: this.#isEnding,
      onChange: () => {
        this.requestUpdate();
      },
      onClose: this.#closer,
      onReconnect: () => this.#chat.current?.reconnect(),
      onEarlier: this.#loadEarlier,
      onRetry: (clientId) => this.#chat.current?.retry(clientId),
      onDiscard: (clientId) => this.#chat.current?.discard(clientId),
      onAskEnd: this.#askEnd,
      onEnd: this.#end,
      onStartOver: this.#startOver,
      onError: this.#onError,
    });
  }

  /** `null`: what is part of a page does not close. */
  get #closer(): (() => void) | null {
    return this.inline ? null : this.#close;
  }

  readonly #close = (): void => {
    this.closePanel();
  };

  readonly #retryLoad = (): void => {
    this.#chat.load();
  };

  #send(text: string, files: readonly File[]): boolean {
    const chat = this.#chat.current;
    const config = chat?.value.config;
    const words = this.#words.current;
    if (!chat || !config || !words) return false;
    const starts = isStarting(chat.value);
    const wrong = starts ? this.#form.check(config, chat.value.visitor, words) : null;
    if (wrong !== null) {
      this.requestUpdate();
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector<HTMLElement>(`[data-field=${wrong}]`)?.focus();
      });
      return false;
    }
    if (!fire(this, 'prosa-before-send', { text, files })) return false;
    if (starts) chat.setForm(this.#form.toForm(location));
    if (!isOpenConversation(chat.value)) this.#reporter.expectStart();
    // The gateway takes names of 240 characters; what kind of file it is stands at the end.
    for (const file of files) chat.sendFile(file, file.name.slice(-240));
    if (text !== '') chat.send(text);
    this.#scroll.toEnd();
    return true;
  }

  readonly #loadEarlier = (): void => {
    this.#scroll.holdPlace();
    this.#chat.current?.loadMore().catch(this.#onError);
  };

  readonly #askEnd = (): void => {
    this.#isEnding = true;
    this.#focusAfterwards('[data-action=keep]');
  };

  readonly #end = (confirmed: boolean): void => {
    this.#isEnding = false;
    this.#focusAfterwards('[data-action=end]');
    if (!confirmed) return;
    const ended = this.#chat.current?.end();
    ended
      ?.then(() => {
        this.#focusAfterwards('.survey input, [data-action=start-over]');
      })
      .catch((error: unknown) => {
        this.#announcer.say(this.#words.current?.somethingFailed ?? '');
        this.#onError(error);
      });
  };

  readonly #startOver = (): void => {
    this.#form.clear();
    this.#chat.current?.startOver();
    this.#focusAfterwards('.start input, .composer textarea');
  };

  /** What had the focus is gone with what was drawn before. */
  #focusAfterwards(selector: string): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
    });
  }
}

function isOpenConversation(value: WebchatSnapshot | null): boolean {
  return value?.conversation != null && value.conversation.status !== 'ended';
}
