import { safeHref } from '@prosa/core';
import { formatPhone } from '@prosa/core/brazil';
import type { ContactCard } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { iconCheck, iconCopy } from '../../icons/icons.ts';
import { initials } from '../initials.ts';
import type { MessageContext } from '../message-context.ts';
import { extraWords } from './words.ts';

const shownAtOnce = 3;
const copiedForMs = 1600;

/** Cards of an address book. Many of them open on demand. */
export function contactCards(context: MessageContext, contacts: readonly ContactCard[]): TemplateResult {
  const w = extraWords(context.locale.t);
  const rest = contacts.slice(shownAtOnce);
  return html`<div class="contact-cards" role="group" aria-label=${w.contacts(contacts.length)}>
    ${contacts.slice(0, shownAtOnce).map((card) => contactCard(context, card))}
    ${
      rest.length === 0
        ? nothing
        : html`<details>
            <summary>${w.more(rest.length)}</summary>
            ${rest.map((card) => contactCard(context, card))}
          </details>`
    }
  </div>`;
}

function contactCard(context: MessageContext, { name, organization, phones, emails }: ContactCard): TemplateResult {
  return html`<div class="contact-card">
    <div class="contact-head">
      <span class="contact-avatar" aria-hidden="true">${initials(name)}</span>
      <span class="file-text">
        <span class="info-title">${name}</span>
        ${organization ? html`<span class="info-about">${organization}</span>` : nothing}
      </span>
    </div>
    ${phones.map(({ phone, kind }) => {
      const number = phone.replace(/[^\d+]/g, '');
      return line(context, formatPhone(number.startsWith('+') ? number : phone), `tel:${number}`, kind);
    })}
    ${emails.map((email) => line(context, email, `mailto:${email}`, null))}
  </div>`;
}

function line(context: MessageContext, value: string, link: string, kind: string | null): TemplateResult {
  const w = extraWords(context.locale.t);
  const href = safeHref(link);
  return html`<div class="contact-line numeric">
    ${
      href === null
        ? html`<span class="ellipsis">${value}</span>`
        : html`<a class="ellipsis" href=${href} rel="noopener noreferrer">${value}</a>`
    }
    ${kind ? html`<span class="contact-kind ellipsis">${kind.toLowerCase()}</span>` : nothing}
    <button
      class="icon-button small"
      type="button"
      aria-label=${w.copy(value)}
      title=${w.copy(value)}
      @click=${(event: Event) => {
        void copy(context, value, event.currentTarget as HTMLElement);
      }}
    >
      ${iconCopy}${iconCheck}
    </button>
  </div>`;
}

async function copy({ say, locale: { t } }: MessageContext, value: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    // The page may not write to the clipboard; the value can still be selected.
    return;
  }
  button.classList.add('done');
  say(extraWords(t).copied);
  setTimeout(() => {
    button.classList.remove('done');
  }, copiedForMs);
}
