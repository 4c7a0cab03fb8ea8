import { hasCode, type PendingVisitorMessage } from '@prosa/core/webchat';
import { iconClock, iconClose, iconFile, messageText } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { fileSize, timeOfDay } from '../locales/times.ts';
import type { ThreadView } from './thread-view.ts';

/** What the visitor sent and the gateway does not have yet, or would not take. */
export function pendingBubble(view: ThreadView, pending: PendingVisitorMessage, follows: boolean): TemplateResult {
  const { words } = view;
  const failed = pending.state === 'failed';
  return html`<div class="line out ${follows ? 'follows' : ''}">
    <span class="sr-only">${words.you}: </span>
    <div class="bubble ${failed ? 'failed' : 'pending'}">
      ${pending.file ? pendingFile(view, pending, pending.file) : nothing}
      ${pending.text === '' ? nothing : html`<span class="text">${messageText(pending.text)}</span>`}
      <span class="stamp numeric"
        >${timeOfDay(words, pending.createdAt)}${
          failed
            ? nothing
            : html`<span class="waiting-mark"
                >${iconClock}<span class="sr-only"
                  >${pending.state === 'sending' ? words.sending : words.queued}</span
                ></span
              >`
        }</span
      >
    </div>
    ${failed ? failure(view, pending) : nothing}
  </div>`;
}

function pendingFile(
  { words, onDiscard }: ThreadView,
  { clientId, state }: PendingVisitorMessage,
  { fileName, size, progress }: NonNullable<PendingVisitorMessage['file']>,
): TemplateResult {
  const percent = Math.round(progress * 100);
  return html`<div class="file">
    ${iconFile}
    <span class="file-text"
      ><span class="file-name">${fileName}</span>${
        state === 'failed'
          ? html`<span class="quiet numeric">${fileSize(words, size)}</span>`
          : html`<progress max="100" value=${percent} aria-label=${words.uploading(percent)}></progress>`
      }</span
    >
    ${
      state === 'failed'
        ? nothing
        : html`<button
            class="icon-button small"
            type="button"
            aria-label="${words.cancel}: ${fileName}"
            @click=${() => {
              onDiscard(clientId);
            }}
          >
            ${iconClose}
          </button>`
    }
  </div>`;
}

function failure(
  { words, onRetry, onDiscard }: ThreadView,
  { clientId, error }: PendingVisitorMessage,
): TemplateResult {
  const refused = hasCode(error, 'media_type_not_allowed');
  return html`<p class="failure" role="alert">
    <span>${refused ? words.fileRefused : words.notSent}</span>
    ${
      refused
        ? nothing
        : html`<button
            class="link-button"
            type="button"
            @click=${() => {
              onRetry(clientId);
            }}
          >
            ${words.tryAgain}
          </button>`
    }
    <button
      class="link-button"
      type="button"
      @click=${() => {
        onDiscard(clientId);
      }}
    >
      ${words.discard}
    </button>
  </p>`;
}
