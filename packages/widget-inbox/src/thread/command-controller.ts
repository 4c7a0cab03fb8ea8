import { hasCode, isProsaError, type ProsaClient, type ProsaError } from '@prosa/core';
import type { ClosingOutcome, Conversation, ConversationTransfer } from '@prosa/core/contract';
import { errorText, type Translation } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Notice {
  readonly tone: 'info' | 'danger';
  readonly text: string;
}

export interface CommandOptions {
  readonly client: () => ProsaClient | null;
  readonly translation: () => Translation;
  readonly onError: (error: unknown) => void;
  readonly onNotice: (text: string) => void;
  /** The conversation is not as it was shown. */
  readonly onStale: () => void;
}

/** Atender, Transferir, Finalizar: one at a time, and what came of it in words. */
export class CommandController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: CommandOptions;
  #busy: string | null = null;
  #notices = new Map<string, Notice>();

  constructor(host: ReactiveControllerHost, options: CommandOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  isBusy(name: string): boolean {
    return this.#busy === name;
  }

  noticeOf(conversationId: string): Notice | undefined {
    return this.#notices.get(conversationId);
  }

  dismiss(conversationId: string): void {
    this.#notices.delete(conversationId);
    this.#host.requestUpdate();
  }

  accept(conversationId: string): Promise<Conversation | null> {
    return this.#run('accept', conversationId, (client) => client.conversations.accept(conversationId));
  }

  transfer(conversationId: string, params: ConversationTransfer): Promise<Conversation | null> {
    return this.#run('transfer', conversationId, (client) => client.conversations.transfer(conversationId, params));
  }

  decline(conversationId: string): Promise<Conversation | null> {
    return this.#run('decline', conversationId, (client) => client.conversations.decline(conversationId));
  }

  /** The chat; or, where that is over already, the record of it. */
  close({ id, status }: Conversation, outcome: ClosingOutcome): Promise<Conversation | null> {
    return this.#run('close', id, ({ conversations }) =>
      status === 'wrap_up' ? conversations.save(id, { outcome }) : conversations.close(id, { outcome }),
    );
  }

  resend(conversationId: string, messageId: string): Promise<unknown> {
    return this.#run('resend', conversationId, (client) => client.messages.resend(conversationId, messageId));
  }

  react(conversationId: string, messageId: string, emoji: string | null): Promise<unknown> {
    return this.#run('react', conversationId, (client) => client.messages.react(conversationId, messageId, emoji));
  }

  /** Tells something about a conversation, above its messages. */
  inform(conversationId: string, text: string): void {
    this.#notices.set(conversationId, { tone: 'info', text });
    this.#options.onNotice(text);
    this.#host.requestUpdate();
  }

  hostConnected(): void {}

  async #run<T>(name: string, conversationId: string, command: (client: ProsaClient) => Promise<T>): Promise<T | null> {
    const client = this.#options.client();
    if (!client || this.#busy) return null;
    this.#busy = name;
    this.#notices.delete(conversationId);
    this.#host.requestUpdate();
    try {
      return await command(client);
    } catch (error) {
      const notice = this.#noticeOf(error);
      this.#notices.set(conversationId, notice);
      this.#options.onNotice(notice.text);
      this.#options.onError(error);
      if (isProsaError(error) && !error.retryable) this.#options.onStale();
      return null;
    } finally {
      this.#busy = null;
      this.#host.requestUpdate();
    }
  }

  /** Somebody was faster: that is news, not a failure. */
  #noticeOf(error: unknown): Notice {
    const t = this.#options.translation();
    if (hasCode(error, 'conversation_taken')) return { tone: 'info', text: t.taken(ownerOf(error)) };
    return { tone: 'danger', text: errorText(t, error) };
  }
}

function ownerOf(error: ProsaError): string | null {
  const { owner } = error as ProsaError & { readonly owner?: { readonly name: string } | null };
  return owner?.name ?? null;
}
