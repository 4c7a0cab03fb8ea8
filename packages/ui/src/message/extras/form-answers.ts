import type { MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { messageText } from '../message-text.ts';
import { iconForm } from './icons.ts';
import { extraWords } from './words.ts';

type Form = Extract<MessageContent, { readonly type: 'form' }>;

/** What the customer filled in, field by field. */
export function formAnswers({ locale: { t } }: MessageContext, { name, text, fields }: Form): TemplateResult {
  const w = extraWords(t);
  return html`<div class="info-block">
      <div class="info-head">${iconForm}<span class="info-title">${name ?? w.form}</span></div>
      ${
        fields.length === 0
          ? html`<p class="info-about">${w.noAnswers}</p>`
          : html`<dl class="form-fields">
              ${fields.map(
                (field) =>
                  html`<div>
                    <dt>${labelOf(field.name)}</dt>
                    <dd>${field.value === '' ? '–' : field.value}</dd>
                  </div>`,
              )}
            </dl>`
      }
    </div>
    ${text ? html`<span class="text caption">${messageText(text)}</span>` : nothing}`;
}

/** Forms name their fields for programs: `nome_completo` → `Nome completo`. */
function labelOf(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
