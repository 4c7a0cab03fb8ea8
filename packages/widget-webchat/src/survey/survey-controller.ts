import type { WebchatClient } from '@prosa/core/webchat';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface SurveyOptions {
  readonly client: () => WebchatClient | null;
  readonly onAnswered: () => void;
  readonly onError: (error: unknown) => void;
}

/** The answer that is being given. */
export class SurveyController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: SurveyOptions;
  #conversationId: string | null = null;
  score: number | null = null;
  comment = '';
  isSending = false;
  failed = false;

  constructor(host: ReactiveControllerHost, options: SurveyOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Another conversation has an answer of its own. */
  bind(conversationId: string | null): void {
    if (conversationId === this.#conversationId) return;
    this.#conversationId = conversationId;
    this.score = null;
    this.comment = '';
    this.failed = false;
  }

  choose(score: number): void {
    this.score = score;
    this.#host.requestUpdate();
  }

  async send(): Promise<void> {
    if (this.score === null || this.isSending) return;
    this.isSending = true;
    this.failed = false;
    this.#host.requestUpdate();
    try {
      await this.#options.client()?.answerSurvey(this.score, this.comment);
      this.#options.onAnswered();
    } catch (error) {
      this.failed = true;
      this.#options.onError(error);
    }
    this.isSending = false;
    this.#host.requestUpdate();
  }
}
