import type { VisitorConversation } from '@prosa/core/contract';
import { html, type TemplateResult } from 'lit';
import type { ComposerController } from '../composer/composer-controller.ts';
import { composerView } from '../composer/composer-view.ts';
import type { Words } from '../locales/words.ts';

export interface FooterView {
  readonly words: Words;
  readonly conversation: VisitorConversation | null;
  readonly composer: ComposerController;
  /** The visitor is asked whether they want to end it. */
  readonly isEnding: boolean;
  readonly onEnd: (confirmed: boolean) => void;
  readonly onStartOver: () => void;
}

/** Where one writes, or what comes in its place. */
export function footer(view: FooterView): TemplateResult {
  const { words, conversation, composer } = view;
  if (conversation?.status === 'ended') return over(view, conversation);
  return view.isEnding ? question(view) : composerView(words, composer);
}

function over({ words, onStartOver }: FooterView, { survey }: VisitorConversation): TemplateResult {
  return html`<div class="over">
    <button
      class="button ${survey?.score === null ? '' : 'primary'} block"
      type="button"
      data-action="start-over"
      @click=${onStartOver}
    >
      ${words.startNew}
    </button>
  </div>`;
}

function question({ words, onEnd }: FooterView): TemplateResult {
  return html`<div class="over" role="alertdialog" aria-labelledby="end-question">
    <p id="end-question">${words.endQuestion}</p>
    <div class="choices">
      <button
        class="button"
        type="button"
        data-action="keep"
        @click=${() => {
          onEnd(false);
        }}
      >
        ${words.endKeep}
      </button>
      <button
        class="button primary"
        type="button"
        data-action="confirm-end"
        @click=${() => {
          onEnd(true);
        }}
      >
        ${words.endConfirm}
      </button>
    </div>
  </div>`;
}
