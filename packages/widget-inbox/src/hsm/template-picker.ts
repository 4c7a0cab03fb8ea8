import { missingVariables, templatePreview, type ProsaClient, type TemplatePreview } from '@prosa/core';
import type { Conversation, MessageTemplate, TemplateUse } from '@prosa/core/contract';
import { placeholderValues } from '@prosa/core/headless';
import {
  errorText,
  fieldStyles,
  iconSearch,
  iconSend,
  iconWarning,
  templateContent,
  templateTextStyles,
  unmarkedText,
  type Locale,
} from '@prosa/ui';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { adopt } from '../dialogs/adopt.ts';
import { HeaderFile, headerFileOf } from './header-file.ts';
import { TemplateList } from './template-list.ts';
import { templateStyles } from './template.styles.ts';

export interface TemplatePickerView {
  readonly locale: Locale;
  readonly client: ProsaClient;
  /** Absent: the templates of all channels. */
  readonly channelId?: string | undefined;
  /** What is known of the conversation is offered for the variables. */
  readonly conversation?: Conversation | undefined;
}

/** Chooses a template and fills in its variables, with a preview of what the customer will receive. */
export class TemplatePicker {
  readonly #host: LitElement;
  readonly #list: TemplateList;
  readonly #id: string;
  readonly #file: HeaderFile;
  #known: Readonly<Record<string, string | null>> = {};
  #search = '';
  #chosen: MessageTemplate | null = null;
  #variables: Readonly<Record<string, string>> = {};

  /** @param id of its fields, unique in the element */
  constructor(host: LitElement, id: string) {
    adopt(host, fieldStyles, templateTextStyles, templateStyles);
    this.#host = host;
    this.#id = id;
    this.#file = new HeaderFile(host, `${id}-file`);
    this.#list = new TemplateList(host);
  }

  /** What was chosen, once every variable has a text, and the header its file. */
  get use(): TemplateUse | null {
    const template = this.#chosen;
    if (!template || this.missing > 0) return null;
    const { attachmentId } = this.#file;
    return { templateId: template.id, variables: this.#variables, ...(attachmentId !== null && { attachmentId }) };
  }

  get chosen(): MessageTemplate | null {
    return this.#chosen;
  }

  /** How many variables still need a text, and the header its file. */
  get missing(): number {
    if (!this.#chosen) return 0;
    return missingVariables(this.#chosen, this.#variables).length + (this.#needsFile(this.#chosen) ? 1 : 0);
  }

  /** To where something is still to be done: the search, the file, or the first variable without a text. */
  focus(): void {
    const [key] = this.#chosen ? missingVariables(this.#chosen, this.#variables) : [];
    if (this.#chosen && this.#needsFile(this.#chosen)) this.#focus(`#${this.#id}-file`);
    else this.#focus(key === undefined ? `#${this.#id}-search` : `#${this.#fieldId(key)}`);
  }

  reset(): void {
    this.#search = '';
    this.#chosen = null;
    this.#variables = {};
    this.#file.reset();
    this.#list.forget();
  }

  render(view: TemplatePickerView): TemplateResult {
    this.#list.bind(view.client, view.channelId);
    this.#known = view.conversation ? placeholderValues({ conversation: view.conversation }) : {};
    return this.#chosen ? this.#filling(view, this.#chosen) : this.#choosing(view);
  }

  /** The button that sends, dimmed while something is missing; pressed all the same, the form says what. */
  renderSubmit(words: string, isReady: boolean, missing: string | null): TemplateResult {
    return html`${missing === null ? nothing : html`<span class="submit-hint">${missing}</span>`}
      <button class="button primary send" type="submit" aria-disabled=${isReady ? 'false' : 'true'}>
        ${iconSend}<span>${words}</span>
      </button>`;
  }

  #choosing(view: TemplatePickerView): TemplateResult {
    const { t } = view.locale;
    const { templates, error } = this.#list;
    if (error) {
      return html`<div class="empty" role="alert">
        ${iconWarning}
        <p class="detail">${errorText(t, error)}</p>
        <button
          class="button"
          type="button"
          @click=${() => {
            this.#list.load(view.client, view.channelId);
          }}
        >
          ${t.tryAgain}
        </button>
      </div>`;
    }
    if (!templates) {
      return html`<div class="template-choices" role="status" aria-label=${t.loading}>
        <span class="bone template-bone"></span><span class="bone template-bone"></span>
      </div>`;
    }
    if (templates.length === 0) {
      return html`<div class="empty">
        <p class="title">${t.noTemplates}</p>
        <p class="detail">${t.noTemplatesDetail}</p>
      </div>`;
    }
    const wanted = plain(this.#search.trim());
    const found = templates.filter((template) => plain(`${template.name} ${bodyOf(template)}`).includes(wanted));
    return html`
      <div class="search">
        ${iconSearch}
        <input
          class="input"
          id="${this.#id}-search"
          type="search"
          autocomplete="off"
          placeholder=${t.templateSearch}
          aria-label=${t.templateSearch}
          .value=${this.#search}
          @input=${(event: Event & { target: HTMLInputElement }) => {
            this.#search = event.target.value;
            this.#host.requestUpdate();
          }}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            // The form is not finished: Enter takes what the search found.
            event.preventDefault();
            const [first] = found;
            if (first && wanted !== '') this.#choose(first);
          }}
        />
      </div>
      ${
        found.length === 0
          ? html`<div class="empty"><p class="detail">${t.noTemplateFound(this.#search.trim())}</p></div>`
          : html`<ul class="template-choices scroller" aria-label=${t.templates}>
              ${found.map((template) => html`<li>${this.#choice(view.locale, template)}</li>`)}
            </ul>`
      }
    `;
  }

  #choice(locale: Locale, template: MessageTemplate): TemplateResult {
    const { t } = locale;
    return html`<button
      class="template-choice"
      type="button"
      @click=${() => {
        this.#choose(template);
      }}
    >
      <span class="template-line">
        <span class="template-name">${titleOf(template)}</span>
        <span class="chip"><span>${t.templateCategories[template.category]}</span></span>
        ${template.language === 'pt_BR' ? nothing : html`<span class="chip"><span>${template.language}</span></span>`}
      </span>
      <span class="template-body">${unmarkedText(this.#preview(locale, template, {}).text)}</span>
    </button>`;
  }

  #filling({ locale, client }: TemplatePickerView, template: MessageTemplate): TemplateResult {
    const { t } = locale;
    const kind = headerFileOf(template);
    const known = [...new Set(Object.values(this.#known))].filter((value) => value !== null);
    return html`
      <div class="template-line">
        <span class="template-name grow">${titleOf(template)}</span>
        <button
          class="link-button"
          type="button"
          @click=${() => {
            this.#chosen = null;
            this.#file.reset();
            this.#host.requestUpdate();
            void this.#host.updateComplete.then(() => {
              this.focus();
            });
          }}
        >
          ${t.templateChange}
        </button>
      </div>
      <div class="template-fill scroller" id="${this.#id}-fill">
        <datalist id="${this.#id}-known">${known.map((value) => html`<option value=${value}></option>`)}</datalist>
        ${kind ? this.#file.render(locale, client, kind) : nothing}
        ${template.variables.map((variable) => {
          const { key, example } = variable;
          const id = this.#fieldId(key);
          return html`<div class="field">
            <label for=${id}>${labelOf(locale, variable)}</label>
            <input
              class="input"
              id=${id}
              autocomplete="off"
              list=${known.length > 0 ? `${this.#id}-known` : nothing}
              maxlength="1024"
              required
              placeholder=${example ? t.templateExample(example) : ''}
              .value=${this.#variables[key] ?? ''}
              @input=${(event: Event & { target: HTMLInputElement }) => {
                this.#variables = { ...this.#variables, [key]: event.target.value };
                this.#host.requestUpdate();
              }}
            />
          </div>`;
        })}
        <div class="template-preview">
          <span class="label">${t.templatePreview}</span>
          <div class="message ours last">
            <div class="bubble">
              ${kind ? this.#file.preview(kind) : nothing}${templateContent(this.#preview(locale, template, this.#variables))}
            </div>
          </div>
        </div>
      </div>
    `;
  }

  /** A gap that is not filled in yet shows its example. */
  #preview(locale: Locale, template: MessageTemplate, written: Readonly<Record<string, string>>): TemplatePreview {
    const shown = { ...written };
    for (const key of missingVariables(template, shown)) {
      const variable = template.variables.find((candidate) => candidate.key === key);
      if (variable) shown[key] = `[${variable.example ?? labelOf(locale, variable)}]`;
    }
    return templatePreview(template, shown);
  }

  #choose(template: MessageTemplate): void {
    this.#chosen = template;
    this.#variables = this.#knownOf(template);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      if (this.missing > 0) this.focus();
      else this.#focus(`form:has(#${this.#id}-fill) .send`);
    });
  }

  #needsFile(template: MessageTemplate): boolean {
    return headerFileOf(template) !== null && this.#file.attachmentId === null;
  }

  /** A variable that is called as something that is known (`{{nome}}`, `{{protocolo}}`) begins with it. */
  #knownOf({ variables }: MessageTemplate): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { key } of variables) {
      const name = [nameOf(key), `cliente.${nameOf(key)}`].find((one) => Object.hasOwn(this.#known, one));
      const value = name === undefined ? null : this.#known[name];
      if (value) found[key] = value;
    }
    return found;
  }

  #fieldId(key: string): string {
    return `${this.#id}-${key.replaceAll('.', '-')}`;
  }

  #focus(selector: string): void {
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** `entrega_a_caminho` → `Entrega a caminho`. */
function titleOf({ name }: MessageTemplate): string {
  return wordsOf(name);
}

function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function bodyOf({ components }: MessageTemplate): string {
  for (const component of components) if (component.type === 'BODY') return component.text;
  return '';
}

function labelOf({ t }: Locale, { key, component }: MessageTemplate['variables'][number]): string {
  const part = component === 'CARD' ? 'body' : (component.toLowerCase() as 'header' | 'body' | 'button');
  const name = nameOf(key);
  return /^\d+$/.test(name) ? t.templateVariable(part, name) : wordsOf(name);
}

/** `body.first_name` → `first_name`. */
function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** Without regard to case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
