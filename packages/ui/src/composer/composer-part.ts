import type { ProsaClient } from '@prosa/core';
import type { Agent, Conversation, Message, MessageSend } from '@prosa/core/contract';
import type { LitElement, TemplateResult } from 'lit';
import { html } from 'lit';
import { LazyPart } from '../controllers/lazy-part.ts';
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
  readonly #part: LazyPart<Loaded>;

  constructor(host: LitElement, options: ComposerOptions) {
    this.#host = host;
    this.#part = new LazyPart(
      host,
      async () => {
        const { ComposerController: Controller, composer: draw, dropHandlers: drop } = await import('./composer.ts');
        const controller = new Controller(host, options);
        return { controller, draw, drop: drop(controller) };
      },
      () => undefined,
    );
  }

  /** For the element around the composer: files may be dropped anywhere on it. */
  get drop(): Loaded['drop'] | null {
    return this.#part.current?.drop ?? null;
  }

  /** The message that is answered. */
  get replyTo(): Message | null {
    return this.#part.current?.controller.replyTo ?? null;
  }

  /** Follows what is open; `null`: nothing, or nobody knows yet who writes. */
  bind(client: ProsaClient | null, conversation: Conversation | null, agent: ComposerPlace['agent'] | null): void {
    const part = client ? this.#part.wanted : this.#part.current;
    part?.controller.bind(client && conversation && agent && { client, conversation, agent });
  }

  localFile(attachmentId: string): LocalFile | undefined {
    return this.#part.current?.controller.localFile(attachmentId);
  }

  /** Answers a message of the conversation; `null`: none in particular. */
  reply(message: Message | null): void {
    this.#part.current?.controller.reply(message);
  }

  /** A text that did not go is written on, before what is there by now. */
  putBack(text: string): void {
    this.#part.current?.controller.putBack(text);
  }

  focus(): void {
    const isHere = this.#part.current !== null;
    this.#part.use(({ controller }) => {
      if (isHere) {
        controller.focus();
        return;
      }
      // Its field is drawn first.
      this.#host.requestUpdate();
      void this.#host.updateComplete.then(() => {
        controller.focus();
      });
    });
  }

  render(locale: Locale, tools: ComposerTools): TemplateResult {
    const part = this.#part.current;
    return part?.draw(locale, part.controller, tools) ?? html`<div class="composer-loading"></div>`;
  }
}
