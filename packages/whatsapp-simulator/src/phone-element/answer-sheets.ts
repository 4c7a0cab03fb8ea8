import { html, type TemplateResult } from 'lit';
import type { Answer } from '../phone/answers.ts';
import type { PhoneMessage } from '../state/message.ts';
import type { FormField, RichContent } from '../state/rich-content.ts';
import type { SheetKind } from './bubble-context.ts';
import { listSheet } from './list-sheet.ts';
import type { PhoneSheet, SheetView } from './phone-sheet.ts';
import { placeRows } from './place-rows.ts';

export interface AnswerSheetOptions {
  readonly sheet: PhoneSheet;
  readonly ownName: string;
  readonly ownNumber: string;
  readonly choose: (messageId: string, rowId: string) => void;
  readonly answer: (messageId: string, answer: Answer) => void;
}

function textOf(form: FormData, key: string): string {
  const value = form.get(key);
  return typeof value === 'string' ? value.trim() : '';
}

function valuesOf(event: Event): FormData {
  event.preventDefault();
  return new FormData(event.target as HTMLFormElement);
}

function formField({ name, label, value }: FormField): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <input name=${name} type="text" autocomplete="off" .value=${value ?? ''} />
  </label>`;
}

/** The sheet behind a button that asks for more than a tap. */
export function answerSheet(
  options: AnswerSheetOptions,
  message: PhoneMessage,
  content: RichContent,
  kind: SheetKind,
): SheetView | undefined {
  const { sheet } = options;
  const returnTo = `[data-opens="${CSS.escape(message.id)}"]`;
  const give = (answer: Answer): void => {
    sheet.close();
    options.answer(message.id, answer);
  };
  switch (kind) {
    case 'list':
      return content.list && listSheet(sheet, message.id, content.list, (row) => options.choose(message.id, row));
    case 'flow': {
      const { form } = content;
      if (!form) return undefined;
      const submit = (event: Event): void => {
        const data = valuesOf(event);
        give({ form: Object.fromEntries(form.fields.map(({ name }) => [name, textOf(data, name)])) });
      };
      return {
        title: form.title,
        returnTo,
        body: () =>
          html`<form class="sheet-form" @submit=${submit}>
            <div class="rows">${form.fields.map(formField)}</div>
            <button class="sheet-send" type="submit">Enviar</button>
          </form>`,
      };
    }
    case 'products':
      return productsSheet(content, returnTo, give);
    case 'location':
      return { title: 'Enviar localização', returnTo, body: () => placeRows((location) => give({ location })) };
    case 'contact':
      return {
        title: 'Compartilhar contato',
        returnTo,
        body: () =>
          html`<div class="sheet-form">
            <p class="sheet-words">
              A empresa vai receber o seu nome e o seu número: ${options.ownName}, +${options.ownNumber}.
            </p>
            <button class="sheet-send" type="button" @click=${() => give({ contact: true })}>Compartilhar</button>
          </div>`,
      };
    case 'call':
      return {
        title: 'Permitir ligações',
        returnTo,
        body: () =>
          html`<div class="sheet-form">
            <p class="sheet-words">A empresa poderá ligar para você nos próximos sete dias.</p>
            <button class="sheet-send" type="button" @click=${() => give({ call: 'accept' })}>Permitir</button>
            <button class="sheet-send plain" type="button" @click=${() => give({ call: 'reject' })}>
              Não permitir
            </button>
          </div>`,
      };
  }
}

function productsSheet(content: RichContent, returnTo: string, give: (answer: Answer) => void): SheetView | undefined {
  const { products } = content;
  if (!products) return undefined;
  const submit = (event: Event): void => {
    const data = valuesOf(event);
    const wanted = products.sections
      .flatMap((section) => section.products)
      .map(({ retailerId }): [string, number] => [retailerId, Number(textOf(data, `quantity ${retailerId}`))])
      .filter(([, quantity]) => quantity > 0);
    if (wanted.length === 0) return;
    const note = textOf(data, 'note');
    give({ order: Object.fromEntries(wanted), ...(note === '' ? {} : { note }) });
  };
  return {
    title: 'Fazer pedido',
    returnTo,
    body: () =>
      html`<form class="sheet-form" @submit=${submit}>
        <div class="rows">
          ${products.sections.map(
            ({ title, products: own }) =>
              html`${title === undefined ? '' : html`<p class="section-title">${title}</p>`}
              ${own.map(
                ({ retailerId, name }, index) =>
                  html`<label class="row">
                    <span class="row-words"><span class="row-title">${name}</span></span>
                    <input
                      class="quantity"
                      type="number"
                      min="0"
                      max="99"
                      name="quantity ${retailerId}"
                      .value=${index === 0 && own === products.sections[0]?.products ? '1' : '0'}
                      aria-label="Quantidade de ${name}"
                    />
                  </label>`,
              )}`,
          )}
          <label class="field"><span>Recado</span><input name="note" type="text" autocomplete="off" /></label>
        </div>
        <button class="sheet-send" type="submit">Enviar pedido</button>
      </form>`,
  };
}
