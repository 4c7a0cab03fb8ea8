import type { ProsaClient, TokenOption } from '@prosa/core';
import type { Contact } from '@prosa/core/contract';
import {
  Announcer,
  baseStyles,
  ClientController,
  ClockController,
  controlStyles,
  errorText,
  feedbackStyles,
  iconUser,
  iconWarning,
  LazyPart,
  LiveController,
  LocaleController,
  tokens,
  type Translation,
} from '@prosa/ui';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { fire } from '../inbox/inbox-events.ts';
import { notSetUp } from '../inbox/not-set-up.ts';
import { contactName } from '../list/contact-name.ts';
import type { CustomerDialogs } from './customer-dialogs.ts';
import { gatewayCustomers, type CustomerRecord, type CustomerSource } from './customer-source.ts';
import { HistoryController } from './history-controller.ts';
import { customerView, historyView, panelSkeleton, unlinkedView } from './panel-view.ts';
import { panelStyles } from './panel.styles.ts';
import { RecordController } from './record-controller.ts';

/**
 * Who the customer of a conversation is: the record, or how to find or make it, and the conversations before.
 *
 * @summary The customer of a WhatsApp conversation.
 * @fires prosa-conversation-selected - A previous conversation was picked.
 * @fires prosa-error - Something that the agent asked for did not work.
 */
export class ProsaCustomerPanel extends LitElement {
  static readonly tagName: string = 'prosa-customer-panel';

  static override readonly properties = {
    client: { attribute: false },
    baseUrl: { attribute: 'base-url' },
    token: {},
    conversationId: { attribute: 'conversation-id' },
    contactId: { attribute: 'contact-id' },
    source: { attribute: false },
    strings: { attribute: false },
    theme: { reflect: true },
  };

  static override readonly styles = [tokens, baseStyles, controlStyles, feedbackStyles, panelStyles];

  /** The client to use; wins over `base-url` and over `<prosa-provider>`. */
  declare client: ProsaClient | undefined;
  /** Address of the gateway, for an element that makes its own client. */
  declare baseUrl: string | undefined;
  /** Token of the agent, or a function that gets one. */
  declare token: TokenOption | undefined;
  /** Whose contact is shown; its row is left out of the previous conversations. */
  declare conversationId: string | undefined;
  /** The contact to show; with `conversation-id` it saves a request. */
  declare contactId: string | undefined;
  /** Where customers live; the gateway's own when it is not set. */
  declare source: CustomerSource | undefined;
  /** Words that replace those of the language. */
  declare strings: Partial<Translation> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  declare theme: 'light' | 'dark' | 'auto' | undefined;

  readonly #client = new ClientController(this, () => this);
  readonly #locale = new LocaleController(this, () => this.strings);
  readonly #clock = new ClockController(this, () => this.#client.current);
  readonly #announcer = new Announcer(this);
  readonly #contact = new LiveController<ReturnType<ProsaClient['live']['contact']>>(this);
  readonly #record = new RecordController(this);
  readonly #history = new HistoryController(this);
  readonly #dialogs = new LazyPart<CustomerDialogs>(
    this,
    async () => {
      const { createCustomerDialogs } = await import('./customer-dialogs.ts');
      return createCustomerDialogs(this, {
        source: () => this.#source,
        locale: () => this.#locale.current,
        onSaved: (customer) => {
          this.#onSaved(customer);
        },
        onError: this.#onError,
      });
    },
    (error) => this.#onError(error),
  );
  #revealed = false;
  #gatewaySource: { readonly client: ProsaClient; readonly source: CustomerSource } | undefined;
  /** Found from the conversation, where no contact is given. */
  #found: { readonly conversationId: string; readonly contactId: string | null; readonly error: unknown } | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const client = this.#client.current;
    if (changed.has('conversationId') || changed.has('contactId')) this.#revealed = false;
    const contactId = this.#resolveContactId(client);
    this.#contact.bind(client && contactId ? [client, contactId] : null, () =>
      (client as ProsaClient).live.contact(contactId ?? ''),
    );
    const contact = this.#contactValue;
    this.#record.bind(this.#source, contact);
    this.#history.bind(client, contact?.id ?? null, this.source ? null : (contact?.customerId ?? null));
  }

  protected override render(): TemplateResult {
    return html`<div class="panel" part="panel">${this.#body()}</div>
      ${this.#dialogs.current?.form.render()} ${this.#dialogs.current?.link.render()} ${this.#announcer.render()}`;
  }

  get #source(): CustomerSource | null {
    if (this.source) return this.source;
    const client = this.#client.current;
    if (!client) return null;
    if (this.#gatewaySource?.client !== client) this.#gatewaySource = { client, source: gatewayCustomers(client) };
    return this.#gatewaySource.source;
  }

  get #contactValue(): Contact | null {
    return this.#contact.current?.value ?? null;
  }

  #body(): TemplateResult {
    const locale = this.#locale.current;
    const { t } = locale;
    if (this.#client.isMissing) return notSetUp(locale);
    const contact = this.#contactValue;
    const live = this.#contact.current;
    const error = this.#found?.error ?? (contact ? null : live?.status === 'error' ? live.error : null);
    if (error) return this.#problem(error, () => (this.#found?.error ? this.#retryFind() : live?.refresh()));
    if (!this.conversationId && !this.contactId) {
      return html`<div class="empty">
        ${iconUser}
        <p class="detail">${t.noContact}</p>
      </div>`;
    }
    const { state } = this.#record;
    if (!contact || state.status === 'idle' || state.status === 'loading') return panelSkeleton(t.loading);
    if (state.status === 'error') return this.#problem(state.error, this.#record.refresh);
    const { record } = state;
    return html`
      ${
        record
          ? customerView(record, {
              locale,
              revealed: this.#revealed,
              onReveal: () => {
                this.#revealed = !this.#revealed;
                this.requestUpdate();
              },
              onEdit: (opener) => {
                this.#dialogs.use(({ form }) => {
                  form.edit(record, opener);
                });
              },
            })
          : unlinkedView(contact, {
              locale,
              origin: this.#history.items?.find((item) => item.contact.id === contact.id)?.origin,
              onCreate: (opener) => {
                this.#dialogs.use(({ form }) => {
                  form.create(contact, contactName(contact), opener);
                });
              },
              onLink: (opener) => {
                this.#dialogs.use(({ link }) => {
                  link.show(contact, opener);
                });
              },
            })
      }
      ${historyView({
        locale,
        now: this.#clock.now,
        items: this.#history.items,
        hasMore: this.#history.hasMore,
        currentId: this.conversationId ?? null,
        onOpen: (conversationId) => fire(this, 'prosa-conversation-selected', { conversationId }),
        onMore: () => {
          this.#history.loadMore();
        },
      })}
    `;
  }

  #problem(error: unknown, onRetry: () => void): TemplateResult {
    const { t } = this.#locale.current;
    return html`<div class="empty" role="alert">
      ${iconWarning}
      <p class="title">${t.loadFailed}</p>
      <p class="detail">${errorText(t, error)}</p>
      <button class="button" type="button" @click=${onRetry}>${t.tryAgain}</button>
    </div>`;
  }

  readonly #onError = (error: unknown): void => {
    fire(this, 'prosa-error', { error });
  };

  #onSaved(customer: CustomerRecord): void {
    const { t } = this.#locale.current;
    this.#announcer.say(t.linked(customer.name));
    this.#record.refresh();
    this.#contact.current?.refresh();
  }

  #resolveContactId(client: ProsaClient | null): string | null {
    if (this.contactId) return this.contactId;
    const id = this.conversationId;
    if (!client || !id) return null;
    if (this.#found?.conversationId !== id) {
      this.#found = { conversationId: id, contactId: null, error: null };
      void this.#findContact(client, id);
    }
    return this.#found.contactId;
  }

  #retryFind(): void {
    this.#found = undefined;
    this.requestUpdate();
  }

  async #findContact(client: ProsaClient, conversationId: string): Promise<void> {
    let found: { contactId: string | null; error: unknown };
    try {
      found = { contactId: (await client.conversations.get(conversationId)).contact.id, error: null };
    } catch (error) {
      found = { contactId: null, error };
    }
    if (this.#found?.conversationId !== conversationId) return;
    this.#found = { conversationId, ...found };
    this.requestUpdate();
  }
}
