import { html, nothing, type TemplateResult } from 'lit';
import type { ListRow, ListSection, RichContent } from '../state/rich-content.ts';
import type { PhoneSheet, SheetView } from './phone-sheet.ts';

/** The sheet of a list message. Arrows move between the rows, Enter sends. */
export function listSheet(
  sheet: PhoneSheet,
  messageId: string,
  list: NonNullable<RichContent['list']>,
  choose: (rowId: string) => void,
): SheetView {
  let chosen: string | null = null;

  function send(event: Event): void {
    event.preventDefault();
    if (chosen === null) return;
    sheet.close();
    choose(chosen);
  }

  function row({ id, title, description }: ListRow): TemplateResult {
    return html`<label class="row">
      <span class="row-words">
        <span class="row-title">${title}</span>
        ${description === undefined ? nothing : html`<span class="row-detail">${description}</span>`}
      </span>
      <input
        type="radio"
        name="row"
        .value=${id}
        .checked=${chosen === id}
        @change=${() => {
          chosen = id;
          sheet.refresh();
        }}
      />
    </label>`;
  }

  const section = ({ title, rows }: ListSection): TemplateResult =>
    html`${title === undefined ? nothing : html`<p class="section-title">${title}</p>`} ${rows.map(row)}`;

  return {
    title: list.label,
    returnTo: `[data-opens="${CSS.escape(messageId)}"]`,
    body: () =>
      html`<form class="sheet-form" @submit=${send}>
        <div class="rows" role="radiogroup" aria-labelledby="sheet-title">${list.sections.map(section)}</div>
        <button class="sheet-send" type="submit" ?disabled=${chosen === null}>Enviar</button>
      </form>`,
  };
}
