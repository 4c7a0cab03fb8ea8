import { visitorTextMaxLength } from '../webchat/limits.ts';
import { iconAttach, iconSend } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import type { Words } from '../locales/words.ts';
import type { ComposerController } from './composer-controller.ts';

/** As tall as what is written, up to the limit of the style sheet. */
function fit(element: Element | undefined): void {
  if (!(element instanceof HTMLTextAreaElement)) return;
  element.style.blockSize = 'auto';
  if (element.scrollHeight > 0) element.style.blockSize = `${element.scrollHeight}px`;
}

export function composerView(words: Words, composer: ComposerController): TemplateResult {
  return html`${
      composer.problems.length > 0
        ? html`<div class="problems" role="alert">${composer.problems.map((problem) => html`<p>${problem}</p>`)}</div>`
        : nothing
    }
    <form
      class="composer"
      @submit=${(event: Event) => {
        event.preventDefault();
        composer.submit();
      }}
    >
      <label class="icon-button attach" title=${words.attach}>
        ${iconAttach}
        <input class="sr-only" type="file" multiple aria-label=${words.attach} @change=${composer.onPick} />
      </label>
      <textarea
        ${ref(fit)}
        rows="1"
        enterkeyhint="send"
        maxlength=${visitorTextMaxLength}
        placeholder=${words.write}
        aria-label=${words.write}
        .value=${live(composer.text)}
        @input=${composer.onInput}
        @keydown=${composer.onKeyDown}
        @paste=${composer.onPaste}
      ></textarea>
      <button class="send" type="submit" aria-label=${words.send} aria-disabled=${composer.text.trim() === ''}>
        ${iconSend}
      </button>
    </form>`;
}
