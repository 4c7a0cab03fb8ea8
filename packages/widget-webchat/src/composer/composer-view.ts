import { visitorTextMaxLength } from '../webchat/limits.ts';
import { iconAttach, iconSend } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';
import type { ComposerController } from './composer-controller.ts';

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
        rows="1"
        enterkeyhint="send"
        maxlength=${visitorTextMaxLength}
        placeholder=${words.write}
        aria-label=${words.write}
        .value=${composer.text}
        @input=${composer.onInput}
        @keydown=${composer.onKeyDown}
        @paste=${composer.onPaste}
      ></textarea>
      <button class="send" type="submit" aria-label=${words.send} aria-disabled=${composer.text.trim() === ''}>
        ${iconSend}
      </button>
    </form>`;
}
