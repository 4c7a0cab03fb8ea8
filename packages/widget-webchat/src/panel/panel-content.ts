import type { WebchatSnapshot } from '@prosa/core/webchat';
import type { WebchatConfig } from '@prosa/core/contract';
import { iconDown } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerController } from '../composer/composer-controller.ts';
import type { Words } from '../locales/words.ts';
import type { StartForm } from '../start/start-form.ts';
import { startView } from '../start/start-view.ts';
import type { SurveyController } from '../survey/survey-controller.ts';
import { surveyView } from '../survey/survey-view.ts';
import type { FileLinks } from '../thread/file-links.ts';
import type { ScrollController } from '../thread/scroll-controller.ts';
import { threadView } from '../thread/thread-view.ts';
import { connectionLine } from './connection-line.ts';
import { footer } from './footer.ts';
import { header } from './header.ts';

export interface PanelView {
  readonly words: Words;
  readonly value: WebchatSnapshot;
  readonly config: WebchatConfig;
  readonly now: number;
  readonly form: StartForm;
  readonly scroll: ScrollController;
  readonly links: FileLinks;
  readonly composer: ComposerController;
  readonly survey: SurveyController;
  readonly isEnding: boolean;
  readonly onChange: () => void;
  /** `null`: it cannot be closed. */
  readonly onClose: (() => void) | null;
  readonly onReconnect: () => void;
  readonly onEarlier: () => void;
  readonly onRetry: (clientId: string) => void;
  readonly onDiscard: (clientId: string) => void;
  readonly onAskEnd: () => void;
  readonly onEnd: (confirmed: boolean) => void;
  readonly onStartOver: () => void;
  readonly onError: (error: unknown) => void;
}

/** Nothing was said yet. */
export function isStarting({ conversation, pending }: WebchatSnapshot): boolean {
  return conversation === null && pending.length === 0;
}

/** From top to bottom: who attends, what was said, where one writes. */
export function panelContent(view: PanelView): TemplateResult {
  const { words, value, config, composer, isEnding, onClose, onAskEnd, onEnd, onStartOver } = view;
  const { conversation, pending, connection } = value;
  return html`${header({ words, config, conversation, onClose, onEnd: onAskEnd })}
    ${connectionLine(words, connection, pending.length, view.onReconnect)}
    <div class="body">
      ${log(view)}
      ${
        view.scroll.isAtEnd
          ? nothing
          : html`<button
              class="to-end"
              type="button"
              aria-label=${words.toEnd}
              @click=${() => {
                view.scroll.toEnd();
              }}
            >
              ${iconDown}
            </button>`
      }
      ${composer.isDropping ? html`<div class="drop">${words.dropHere}</div>` : nothing}
    </div>
    <div class="foot">${footer({ words, conversation, composer, isEnding, onEnd, onStartOver })}</div>`;
}

function log(view: PanelView): TemplateResult {
  const { words, value, config, scroll, form, onChange } = view;
  const survey = value.conversation?.survey;
  return html`<div
    class="log scroller"
    role="log"
    aria-live="off"
    aria-label=${config.title}
    tabindex="0"
    @scroll=${scroll.onScroll}
  >
    ${
      isStarting(value)
        ? startView({ words, config, visitor: value.visitor, form, onChange })
        : threadView({ ...view, ...value, config, onMediaLoad: scroll.onGrowth })
    }
    ${survey ? surveyView(words, survey, view.survey) : nothing}
  </div>`;
}
