import type { ProsaClient } from '@prosa/core';
import type { Agent, Conversation, ConversationTransfer, Queue } from '@prosa/core/contract';
import { DialogController, errorText, iconQueue, iconSearch, iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { avatar } from '../list/avatar.ts';

export interface TransferDialogView {
  readonly locale: Locale;
  readonly myId: string | null;
  readonly busy: boolean;
}

export interface TransferDialogOptions {
  readonly client: () => ProsaClient | null;
  readonly onConfirm: (conversation: Conversation, params: ConversationTransfer) => void;
}

/** Most workspaces have fewer; who has more finds the rest by connecting the panel to its own directory. */
const mostTargets = 500;

/** Hands a conversation to a person, or back to a queue. */
export class TransferDialog {
  readonly #host: ReactiveControllerHost;
  readonly #dialog: DialogController;
  readonly #options: TransferDialogOptions;
  #conversation: Conversation | null = null;
  #agents: readonly Agent[] | null = null;
  #queues: readonly Queue[] = [];
  #error: unknown = null;
  #search = '';
  #chosen: string | null = null;
  #reason = '';

  constructor(host: ReactiveControllerHost, options: TransferDialogOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new DialogController(host, 'transfer');
  }

  show(conversation: Conversation, opener: EventTarget | null): void {
    this.#conversation = conversation;
    this.#agents = null;
    this.#search = '';
    this.#chosen = null;
    this.#reason = '';
    this.#dialog.show(opener);
    void this.#load();
  }

  render(view: TransferDialogView): unknown {
    const { t } = view.locale;
    return this.#dialog.render(() => ({
      title: t.transferTitle,
      closeLabel: t.close,
      onSubmit: () => {
        this.#confirm(view);
      },
      body: this.#body(view),
      foot: html`<button
          class="button"
          type="button"
          @click=${() => {
            this.#dialog.close();
          }}
        >
          ${t.cancel}
        </button>
        <button
          class="button primary"
          type="submit"
          aria-disabled=${this.#chosen === null || view.busy ? 'true' : 'false'}
        >
          ${t.transfer}
        </button>`,
    }));
  }

  #body(view: TransferDialogView): TemplateResult {
    const { t } = view.locale;
    return html`
      <div class="search">
        ${iconSearch}
        <input
          class="input"
          type="search"
          autocomplete="off"
          placeholder=${t.transferSearch}
          aria-label=${t.transferSearch}
          .value=${this.#search}
          @input=${(event: Event & { target: HTMLInputElement }) => {
            this.#search = event.target.value;
            this.#host.requestUpdate();
          }}
        />
      </div>
      <div class="choices scroller">${this.#targets(view)}</div>
      <div class="field">
        <label for="transfer-reason">${t.reason} <span class="optional">(${t.optional})</span></label>
        <textarea
          class="input"
          id="transfer-reason"
          rows="2"
          maxlength="500"
          placeholder=${t.reasonHint}
          .value=${this.#reason}
          @input=${(event: Event & { target: HTMLTextAreaElement }) => {
            this.#reason = event.target.value;
          }}
        ></textarea>
      </div>
    `;
  }

  #targets({ locale, myId }: TransferDialogView): TemplateResult {
    const { t } = locale;
    if (this.#error) {
      return html`<div class="empty" role="alert">
        ${iconWarning}
        <p class="detail">${errorText(t, this.#error)}</p>
        <button class="button" type="button" @click=${() => void this.#load()}>${t.tryAgain}</button>
      </div>`;
    }
    if (!this.#agents) {
      return html`<div role="status" aria-label=${t.loading}>
        ${[0, 1, 2].map(
          (i) =>
            html`<div class="choice">
              <span class="bone round avatar-bone"></span><span class="bone name-bone b${i}"></span>
            </div>`,
        )}
      </div>`;
    }
    const matches = matcher(this.#search);
    const agents = this.#agents.filter(({ id, name }) => id !== myId && matches(name));
    const queues = this.#queues.filter(({ name }) => matches(name));
    if (agents.length + queues.length === 0) return html`<div class="empty"><p class="detail">${t.noTargets}</p></div>`;
    return html`
      ${
        agents.length > 0
          ? html`<fieldset>
              <legend>${t.agents}</legend>
              ${agents.map(({ id, name, email }) => this.#choice(id, name, email, avatar(name, { size: 'compact' })))}
            </fieldset>`
          : nothing
      }
      ${
        queues.length > 0
          ? html`<fieldset>
              <legend>${t.queues}</legend>
              ${queues.map(({ id, name }) =>
                this.#choice(id, name, null, html`<span class="avatar compact">${iconQueue}</span>`),
              )}
            </fieldset>`
          : nothing
      }
    `;
  }

  #choice(id: string, name: string, detail: string | null, figure: TemplateResult): TemplateResult {
    return html`<label class="choice">
      ${figure}
      <span class="choice-text">
        <span class="choice-name">${name}</span>
        ${detail ? html`<span class="choice-detail">${detail}</span>` : nothing}
      </span>
      <input
        type="radio"
        name="transfer-target"
        .value=${id}
        .checked=${this.#chosen === id}
        @change=${() => {
          this.#chosen = id;
          this.#host.requestUpdate();
        }}
      />
    </label>`;
  }

  async #load(): Promise<void> {
    const client = this.#options.client();
    if (!client) return;
    this.#error = null;
    this.#host.requestUpdate();
    try {
      const [agents, queues] = await Promise.all([
        firstOf(client.agents.list({ active: true, limit: 100 })),
        firstOf(client.queues.list({ limit: 100 })),
      ]);
      this.#agents = agents;
      this.#queues = queues;
    } catch (error) {
      this.#error = error;
    }
    this.#host.requestUpdate();
  }

  #confirm({ busy }: TransferDialogView): void {
    const conversation = this.#conversation;
    const id = this.#chosen;
    if (!conversation || id === null || busy) return;
    const to = this.#queues.some((queue) => queue.id === id) ? { queueId: id } : { agentId: id };
    const reason = this.#reason.trim();
    this.#dialog.close();
    this.#options.onConfirm(conversation, { to, ...(reason !== '' && { reason }) });
  }
}

async function firstOf<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
    if (items.length >= mostTargets) break;
  }
  return items;
}

/** Without regard to case and accents: `joao` finds João. */
function matcher(search: string): (name: string) => boolean {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(search.trim());
  return (name) => plain(name).includes(wanted);
}
