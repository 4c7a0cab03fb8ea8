import { html, type TemplateResult } from 'lit';
import type { PhoneChat, PhoneView } from '../phone/displays.ts';
import type { PhoneSheet, SheetView } from './phone-sheet.ts';

export interface ProfileActions {
  readonly prefer: (value: 'resume' | 'stop') => void;
  readonly goOnline: (online: boolean) => void;
  readonly changeNumber: (waId: string) => void;
}

/* eslint-disable lit-a11y/role-has-required-aria-attrs -- A checkbox says by itself whether it is checked. */
function toggle(words: string, detail: string, on: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<label class="row">
    <span class="row-words"><span class="row-title">${words}</span><span class="row-detail">${detail}</span></span>
    <input
      class="switch"
      type="checkbox"
      role="switch"
      .checked=${on}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />
  </label>`;
}
/* eslint-enable lit-a11y/role-has-required-aria-attrs */

/** The business's page on the phone, and what a person can change of their own. */
export function profileSheet(
  sheet: PhoneSheet,
  read: () => { readonly view: PhoneView | null; readonly chat: PhoneChat | undefined },
  actions: ProfileActions,
): SheetView {
  const submit = (event: Event): void => {
    event.preventDefault();
    const value = new FormData(event.target as HTMLFormElement).get('number');
    const digits = typeof value === 'string' ? value.replace(/\D/g, '') : '';
    if (digits.length < 7) return;
    sheet.close();
    actions.changeNumber(digits);
  };
  return {
    title: read().chat?.name ?? 'Empresa',
    returnTo: '.who',
    body: () => {
      const { view, chat } = read();
      return html`<div class="rows">
        ${toggle('Receber ofertas', 'Mensagens de marketing desta empresa', chat?.stopped !== true, (on) =>
          actions.prefer(on ? 'resume' : 'stop'),
        )}
        ${toggle('Conectado', 'Sem conexão, as mensagens esperam', view?.online !== false, actions.goOnline)}
        <form class="number-form" @submit=${submit}>
          <label class="field">
            <span>Trocar de número</span>
            <input name="number" type="tel" inputmode="tel" autocomplete="off" placeholder="+55 83 9 9914-2211" />
          </label>
          <button class="sheet-send plain" type="submit">Trocar</button>
        </form>
      </div>`;
    },
  };
}
