import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { iconAttach, iconClose, iconMic, iconRetry, iconSend, iconTemplate, iconWarning } from '../icons/icons.ts';
import type { Upload } from '@prosa/core/headless';
import type { Locale } from '../locales/locale.ts';
import { errorText } from '../message/error-text.ts';
import { extensionOf, familyOf } from '../message/message-media.ts';
import type { ComposerController } from './composer-controller.ts';
import type { ComposerTools } from './composer-part.ts';
import { voiceWords } from './voice/voice-words.ts';

export { ComposerController } from './composer-controller.ts';

/** Where a message is written. Files come by the button, by dropping and by pasting. */
export function composer(
  locale: Locale,
  controller: ComposerController,
  { onTemplate = null, quote }: ComposerTools = {},
): TemplateResult {
  const { t } = locale;
  const { uploads, voice } = controller;
  return html`<form
    class="composer ${controller.dragging ? 'dragging' : ''}"
    part="composer"
    @submit=${(event: Event) => {
      event.preventDefault();
      controller.send();
    }}
  >
    ${quote}${
      uploads.length > 0
        ? html`<ul class="uploads" aria-label=${t.attachments}>
            ${repeat(
              uploads,
              ({ id }) => id,
              (upload) => uploadRow(locale, controller, upload),
            )}
          </ul>`
        : nothing
    }
    ${voice.render(locale) ?? writing(locale, controller, onTemplate)}
    <div class="sr-only" role="status">${voice.told(locale)}</div>
    ${controller.dragging ? html`<div class="drop-hint" aria-hidden="true">${iconAttach}${t.dropFiles}</div>` : nothing}
  </form>`;
}

function writing(
  locale: Locale,
  controller: ComposerController,
  onTemplate: NonNullable<ComposerTools['onTemplate']> | null,
): TemplateResult {
  const { t } = locale;
  const { uploads, voice } = controller;
  const { text, excess, canSend, blockedBy } = controller.value;
  const note = uploads.some((upload) => upload.voice) ? voice.note(locale) : null;
  const blocked = blockText(locale, controller) ?? note;
  const placeholder = uploads.some((upload) => !upload.voice) ? t.writeCaption : t.writeMessage;
  return html`<textarea
      ${ref(controller.textarea)}
      rows="1"
      .value=${live(text)}
      placeholder=${placeholder}
      aria-label=${placeholder}
      aria-describedby="composer-hint"
      enterkeyhint="send"
      @input=${(event: Event & { target: HTMLTextAreaElement }) => {
        controller.setText(event.target.value);
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && controller.replyTo) controller.reply(null);
        // 229: an input method is still composing, also where isComposing came too late.
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        controller.send();
      }}
      @paste=${(event: ClipboardEvent) => {
        const files = event.clipboardData?.files;
        if (!files?.length) return;
        event.preventDefault();
        controller.addFiles(files);
      }}
    ></textarea>
    <div class="composer-tools">
      <button
        class="icon-button"
        type="button"
        aria-label=${t.attach}
        title=${t.attach}
        @click=${() => {
          controller.fileInput.value?.click();
        }}
      >
        ${iconAttach}
      </button>
      <input
        ${ref(controller.fileInput)}
        type="file"
        multiple
        hidden
        @change=${(event: Event & { target: HTMLInputElement }) => {
          controller.addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      ${
        onTemplate
          ? html`<button
              class="icon-button"
              type="button"
              aria-label=${t.sendTemplate}
              title=${t.sendTemplate}
              @click=${onTemplate}
            >
              ${iconTemplate}
            </button>`
          : nothing
      }
      <span id="composer-hint" class="composer-hint ${excess > 0 ? 'over' : ''} ${blocked === null ? 'usual' : ''}"
        >${blocked ?? t.enterHint}</span
      >
      ${blockedBy === 'empty' && voice.isOffered ? recordButton(locale, controller) : nothing}
      <button class="button primary send" type="submit" aria-disabled=${canSend ? 'false' : 'true'}>
        ${iconSend}<span>${t.send}</span>
      </button>
    </div>`;
}

function recordButton({ t }: Locale, { voice }: ComposerController): TemplateResult {
  const { record } = voiceWords(t.language);
  return html`<button
    class="icon-button record"
    type="button"
    aria-label=${record}
    title=${record}
    @click=${() => {
      voice.start();
    }}
  >
    ${iconMic}
  </button>`;
}

/** Why it cannot be sent, where the agent can do something about it. */
function blockText({ t }: Locale, { value, uploads }: ComposerController): string | null {
  switch (value.blockedBy) {
    case 'uploading':
      return t.waitForUploads;
    case 'uploads_failed': {
      const refused = uploads.filter(({ status }) => status === 'refused').length;
      return refused > 0 ? t.removeRefusedFiles(refused) : t.removeFailedFiles;
    }
    case 'too_long':
      return t.tooLong(value.excess);
    case 'placeholders_missing':
      return t.unfilled(value.unfilled.map((name) => `{${name}}`).join(', '));
    default:
      return null;
  }
}

/** Why a file does not go. */
function refusalText({ t, f }: Locale, { refusal, error }: Upload): string {
  switch (refusal?.reason) {
    case 'empty':
      return t.emptyFile;
    case 'type':
      return t.errors['media_type_not_allowed'] ?? t.errors.default;
    case 'too_large':
      return t.tooLarge(f.bytes(refusal.maxBytes ?? 0));
    case undefined:
      return errorText(t, error);
  }
}

function uploadRow(locale: Locale, controller: ComposerController, upload: Upload): TemplateResult {
  const { t, f } = locale;
  const { id, size, status, progress } = upload;
  const name = upload.voice ? t.voice : upload.fileName;
  const previewUrl = controller.previewOf(upload);
  const playable = controller.playableOf(upload);
  const player = playable && controller.voice.player(locale, playable.file, playable.url);
  const percent = Math.round(progress * 100);
  const kind = extensionOf(upload.fileName);
  const hasFailed = status === 'failed' || status === 'refused';
  const isOnItsWay = !hasFailed && status !== 'ready';
  return html`<li class="upload ${hasFailed ? 'failed' : isOnItsWay ? 'uploading' : 'ready'}">
    ${
      player
        ? player.button
        : previewUrl
          ? html`<img class="upload-preview" src=${previewUrl} alt="" />`
          : html`<span class="file-kind ${familyOf(kind)}" aria-hidden="true">${kind.slice(0, 4).toUpperCase()}</span>`
    }
    <span class="file-text">
      <span class="file-name">${name}</span>
      ${
        hasFailed
          ? html`<span class="upload-error">${iconWarning}${refusalText(locale, upload)}</span>`
          : html`<span class="file-about numeric"
              >${player ? `${player.about} · ` : ''}${f.bytes(size)}${isOnItsWay ? html` · ${t.uploading(percent)}` : nothing}</span
            >`
      }
      ${
        isOnItsWay
          ? html`<progress max="1" .value=${progress} aria-label=${`${name}, ${t.uploading(percent)}`}></progress>`
          : nothing
      }
    </span>
    ${
      status === 'failed'
        ? html`<button
            class="icon-button small"
            type="button"
            aria-label=${t.retryFile(name)}
            title=${t.tryAgain}
            @click=${() => {
              controller.retryUpload(id);
            }}
          >
            ${iconRetry}
          </button>`
        : nothing
    }
    <button
      class="icon-button small"
      type="button"
      aria-label=${t.removeFile(name)}
      @click=${() => {
        controller.removeUpload(id);
      }}
    >
      ${iconClose}
    </button>
  </li>`;
}

/** For the element around the composer: files may be dropped anywhere on it. */
export function dropHandlers(
  controller: ComposerController,
): Record<'over' | 'leave' | 'drop', (event: DragEvent) => void> {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  return {
    over: (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      controller.setDragging(true);
    },
    leave: (event) => {
      const { currentTarget, relatedTarget } = event;
      if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget))
        return;
      controller.setDragging(false);
    },
    drop: (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      controller.setDragging(false);
      controller.addFiles([...(event.dataTransfer?.files ?? [])]);
    },
  };
}
