import { formatPhone } from '@prosa/core/brazil';
import type { Contact, Conversation } from '@prosa/core/contract';
import { iconEdit, iconEye, iconEyeOff, iconLink, iconUserPlus, type Locale } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../list/avatar.ts';
import { contactName } from '../list/contact-name.ts';
import type { CustomerRecord } from './customer-source.ts';
import { formatDocument, hideDocument } from './document-text.ts';

export interface CustomerViewOptions {
  readonly locale: Locale;
  readonly revealed: boolean;
  readonly onReveal: () => void;
  readonly onEdit: (opener: EventTarget | null) => void;
}

export function customerView(customer: CustomerRecord, options: CustomerViewOptions): TemplateResult {
  const { locale, revealed, onReveal, onEdit } = options;
  const { t } = locale;
  const { name, document, phone, email, address, notes } = customer;
  const kind = document ? t.documentKinds[document.kind] : t.document;
  return html`
    <div class="person">
      ${avatar(name, { size: 'large' })}
      <div class="person-text">
        <h3 class="person-name">${name}</h3>
        <p class="person-detail">${t.customer}</p>
      </div>
      <button
        class="icon-button"
        type="button"
        aria-label=${t.editCustomer}
        title=${t.edit}
        @click=${(event: Event) => {
          onEdit(event.currentTarget);
        }}
      >
        ${iconEdit}
      </button>
    </div>
    <dl class="facts">
      ${fact(
        kind,
        document
          ? html`<span class="numeric">${revealed ? formatDocument(document) : hideDocument(document)}</span>
              <button
                class="icon-button small"
                type="button"
                aria-pressed=${revealed ? 'true' : 'false'}
                aria-label=${revealed ? t.hide(kind) : t.reveal(kind)}
                @click=${onReveal}
              >
                ${revealed ? iconEyeOff : iconEye}
              </button>`
          : null,
        locale,
      )}
      ${fact(t.phone, phone && html`<span class="numeric">${formatPhone(phone)}</span>`, locale)}
      ${fact(t.email, email && breakable(email), locale)} ${fact(t.address, address, locale)}
      ${notes ? fact(t.notes, html`<span class="notes">${notes}</span>`, locale) : nothing}
    </dl>
  `;
}

/** An address that is too long goes on after its `@`, then at a dot. */
function breakable(email: string): TemplateResult {
  return html`<span>${email.split(/(?<=@)|(?=\.)/).map((part) => html`${part}<wbr />`)}</span>`;
}

function fact(label: string, value: unknown, { t }: Locale): TemplateResult {
  return html`<div class="fact">
    <dt>${label}</dt>
    <dd>${value ? value : html`<span class="muted">${t.notInformed}</span>`}</dd>
  </div>`;
}

export interface UnlinkedViewOptions {
  readonly locale: Locale;
  /** Where it wrote from; not known before its conversations are. */
  readonly origin: Conversation['origin'] | undefined;
  readonly onCreate: (opener: EventTarget | null) => void;
  readonly onLink: (opener: EventTarget | null) => void;
}

/** A contact that nobody has said who it is. */
export function unlinkedView(
  contact: Contact,
  { locale, origin, onCreate, onLink }: UnlinkedViewOptions,
): TemplateResult {
  const { t } = locale;
  const name = contactName(contact);
  const phone = contact.phone === null ? null : formatPhone(contact.phone);
  const from = phone === null ? origin : 'whatsapp';
  // A blank keeps the line until it is known.
  const detail = (phone === name ? null : phone) ?? contact.email ?? (from ? t.contactOn[from] : '\u00a0');
  return html`
    <div class="person">
      ${avatar(name, { size: 'large' })}
      <div class="person-text">
        <h3 class="person-name">${name}</h3>
        <p class="person-detail numeric">${detail}</p>
      </div>
    </div>
    <div class="unlinked">
      <p>${t.unlinkedNotice}</p>
      <button
        class="button primary block"
        type="button"
        @click=${(event: Event) => {
          onCreate(event.currentTarget);
        }}
      >
        ${iconUserPlus}${t.createCustomer}
      </button>
      <button
        class="button block"
        type="button"
        @click=${(event: Event) => {
          onLink(event.currentTarget);
        }}
      >
        ${iconLink}${t.linkCustomer}
      </button>
    </div>
  `;
}

export interface HistoryViewOptions {
  readonly locale: Locale;
  readonly now: number;
  readonly items: readonly Conversation[] | null;
  readonly hasMore: boolean;
  readonly currentId: string | null;
  readonly onOpen: (conversationId: string) => void;
  readonly onMore: () => void;
}

export function historyView(options: HistoryViewOptions): TemplateResult {
  const { locale, now, items, hasMore, currentId, onOpen, onMore } = options;
  const { t, f } = locale;
  const others = items?.filter(({ id }) => id !== currentId) ?? [];
  return html`<section class="history" aria-label=${t.history}>
    <h3>${t.history}</h3>
    ${
      items === null
        ? html`<div class="history-bones" role="status" aria-label=${t.loading}>
            <span class="bone b2"></span><span class="bone b1"></span>
          </div>`
        : others.length === 0
          ? html`<p class="muted small">${t.noHistory}</p>`
          : html`<ul>
              ${others.map(
                ({ id, queue, status, outcome, closedAt, lastActivityAt, protocol }) =>
                  html`<li>
                    <button
                      class="history-line"
                      type="button"
                      title=${protocol ? t.protocol(protocol) : ''}
                      @click=${() => {
                        onOpen(id);
                      }}
                    >
                      <span class="history-name">${queue?.name ?? t.historyLine(null)}</span>
                      <span class="history-outcome"
                        >${status === 'closed' ? outcomeText(t, outcome) : t.inProgress}</span
                      >
                      <span class="history-date numeric">${f.shortDate(closedAt ?? lastActivityAt, now)}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
    }
    ${hasMore ? html`<button class="link-button small" type="button" @click=${onMore}>${t.showMore}</button>` : nothing}
  </section>`;
}

export function panelSkeleton(label: string): TemplateResult {
  return html`<div role="status" aria-label=${label}>
    <div class="person"><span class="bone round large-bone"></span><span class="bone person-bone"></span></div>
    <div class="history-bones">
      <span class="bone b2"></span><span class="bone b1"></span><span class="bone b2"></span
      ><span class="bone b1"></span>
    </div>
  </div>`;
}

/** Nothing for an outcome that only some desks have: the line says when it was. */
function outcomeText(t: Locale['t'], outcome: Conversation['outcome']): string {
  return (t.outcomes as Readonly<Record<string, string | undefined>>)[outcome ?? ''] ?? '';
}
