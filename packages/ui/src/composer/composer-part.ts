import type { ProsaClient } from '@prosa/core';
import type { Agent, Conversation, Message, MessageSend } from '@prosa/core/contract';
import type { LitElement, TemplateResult } from 'lit';
import { html } from 'lit';
import type { Locale } from '../locales/locale.ts';
import type { LocalFile } from '../message/message-context.ts';
import type { ComposerController } from './composer-controller.ts';
import type { composer, dropHandlers } from './composer.ts';

export interface ComposerOptions {
  /** Asks the page; `false` keeps the draft as it is. */
  readonly beforeSend: (conversationId: string, message: MessageSend) => boolean;
  /** The agent changed what is being written. */
  readonly onInput: (text: string) => void;
  readonly onError: (error: unknown) => void;
  readonly onSent: () => void;
}

/** Where, and as whom. */
export interface ComposerPlace {
  readonly client: ProsaClient;
  readonly conversation: Conversation;
  readonly agent: Pick<Agent, 'id' | 'name'>;
}

export interface ComposerTools {
  /** Offers message templates; `null` where there are none. */
  readonly onTemplate?: (() => void) | null;
  /** Above the field: the message that is answered. */
  readonly quote?: unknown;
}

interface Loaded {
  readonly controller: ComposerController;
  readonly draw: typeof composer;
  readonly drop: ReturnType<typeof dropHandlers>;
}

/** Where a message is written. It is asked for with the client, and is there before an agent has read what to answer. */
export class ComposerPart {
  readonly #host: LitElement;
  readonly #options: ComposerOptions;
  #loaded: Loaded | null = null;
  #loading: Promise<void> | null = null;
  #place: ComposerPlace | null = null;
  #wantsFocus = false;

  constructor(host: LitElement, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** For the element around the composer: files may be dropped anywhere on it. */
  get drop(): Loaded['drop'] | null {
    return this.#loaded?.drop ?? null;
  }

  /** The message that is answered. */
  get replyTo(): Message | null {
    return this.#loaded?.controller.replyTo ?? null;
  }

  /** Follows what is open; `null`: nothing, or nobody knows yet who writes. */
  bind(client: ProsaClient | null, conversation: Conversation | null, agent: ComposerPlace['agent'] | null): void {
    if (client && !this.#loaded) void this.#load();
    this.#place = client && conversation && agent && { client, conversation, agent };
    this.#loaded?.controller.bind(this.#place);
  }

  localFile(attachmentId: string): LocalFile | undefined {
    return this.#loaded?.controller.localFile(attachmentId);
  }

  /** Answers a message of the conversation; `null`: none in particular. */
  reply(message: Message | null): void {
    this.#loaded?.controller.reply(message);
  }

  /** A text that did not go is written on, before what is there by now. */
  putBack(text: string): void {
    this.#loaded?.controller.putBack(text);
  }

  focus(): void {
    if (this.#loaded) this.#loaded.controller.focus();
    else this.#wantsFocus = true;
  }

  render(locale: Locale, tools: ComposerTools): TemplateResult {
    return this.#loaded?.draw(locale, this.#loaded.controller, tools) ?? html`<div class="composer-loading"></div>`;
  }

  #load(): Promise<void> {
    return (this.#loading ??= import('./composer.ts').then(
      async ({ ComposerController: Controller, composer: draw, dropHandlers: drop }) => {
        const controller = new Controller(this.#host, this.#options);
        this.#loaded = { controller, draw, drop: drop(controller) };
        controller.bind(this.#place);
        this.#host.requestUpdate();
        await this.#host.updateComplete;
        if (this.#wantsFocus) controller.focus();
      },
      () => {
        // Without a connection; the next drawing asks again.
        this.#loading = null;
      },
    ));
  }
}
