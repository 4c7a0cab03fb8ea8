import type { Visitor, WebchatConfig } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';
import type { FormField, StartForm } from './start-form.ts';

export interface StartView {
  readonly words: Words;
  readonly config: WebchatConfig;
  readonly visitor: Visitor | null;
  readonly form: StartForm;
  /** Something was typed or chosen. */
  readonly onChange: () => void;
}

/** Before the first message: the greeting, and what the team would like to know. */
export function startView(view: StartView): TemplateResult {
  const { words, config, visitor, form } = view;
  const asked = form.asked(config, visitor);
  return html`<div class="start">
    <div class="line in">
      <span class="sr-only">${words.greetingFrom(config.title)}: </span>
      <p class="bubble">${config.greeting}</p>
    </div>
    ${
      asked.some((field) => field !== 'subject')
        ? html`<div class="card fields">
            ${asked.includes('name') ? textField(view, 'name', words.nameLabel, config.form.name === 'optional') : nothing}
            ${
              asked.includes('email')
                ? textField(view, 'email', words.emailLabel, config.form.email === 'optional')
                : nothing
            }
          </div>`
        : nothing
    }
    ${asked.includes('subject') ? subjects(view) : nothing}
  </div>`;
}

function textField(view: StartView, field: 'name' | 'email', label: string, optional: boolean): TemplateResult {
  const { words, form, onChange } = view;
  const error = form.errors[field];
  return html`<div class="field">
    <label for="start-${field}"
      >${label} ${optional ? html`<span class="optional">(${words.optional})</span>` : nothing}</label
    >
    <input
      class="input"
      id="start-${field}"
      data-field=${field}
      type=${field === 'email' ? 'email' : 'text'}
      autocomplete=${field}
      maxlength=${field === 'email' ? 254 : 100}
      .value=${form.values[field]}
      ?required=${!optional}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${error ? `start-${field}-error` : nothing}
      @input=${(event: Event & { target: HTMLInputElement }) => {
        form.values[field] = event.target.value;
        delete form.errors[field];
        onChange();
      }}
    />
    ${errorText(field, error)}
  </div>`;
}

function subjects({ words, config, form, onChange }: StartView): TemplateResult {
  const error = form.errors.subject;
  return html`<fieldset class="subjects" aria-describedby=${error ? 'start-subject-error' : nothing}>
    <legend>${words.subjectLabel}</legend>
    <div class="pills">
      ${config.form.subjects.map(
        (subject) =>
          html`<label class="pill"
            ><input
              class="sr-only"
              type="radio"
              name="subject"
              data-field="subject"
              .checked=${form.values.subject === subject}
              @change=${() => {
                form.values.subject = subject;
                delete form.errors.subject;
                onChange();
              }}
            /><span>${subject}</span></label
          >`,
      )}
    </div>
    ${errorText('subject', error)}
  </fieldset>`;
}

function errorText(field: FormField, error: string | undefined): TemplateResult | typeof nothing {
  return error ? html`<p class="error" id="start-${field}-error" role="alert">${error}</p>` : nothing;
}
