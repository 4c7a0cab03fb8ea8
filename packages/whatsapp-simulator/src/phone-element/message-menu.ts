import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { PhoneMessage } from '../state/message.ts';
import { icons } from './icons.ts';
import type { PhoneSheet, SheetView } from './phone-sheet.ts';

const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export interface MessageMenuActions {
  /** An empty emoji takes the reaction away. */
  readonly react: (emoji: string) => void;
  readonly reply: () => void;
  readonly forward: () => void;
  readonly edit: () => void;
  readonly revoke: () => void;
}

/** What can be written anew: own words and captions. */
export function wordsOf({ content, from }: PhoneMessage): string | undefined {
  if (from !== 'customer') return undefined;
  if (content.type === 'text') return content.body;
  return content.type === 'image' || content.type === 'video' || content.type === 'document'
    ? (content.caption ?? '')
    : undefined;
}

export function messageMenu(sheet: PhoneSheet, message: PhoneMessage, actions: MessageMenuActions): SheetView {
  const own = message.from === 'customer';
  const done =
    (act: () => void): (() => void) =>
    () => {
      sheet.close();
      act();
    };
  const option = (icon: SVGTemplateResult, words: string, act: () => void): TemplateResult =>
    html`<li>
      <button class="option" type="button" @click=${done(act)}>
        <span class="option-icon">${icon}</span><span class="row-title">${words}</span>
      </button>
    </li>`;
  const mine = message.reactions.customer;
  return {
    title: 'Mensagem',
    returnTo: `[data-menu="${CSS.escape(message.id)}"]`,
    body: () =>
      html`<div class="emojis" role="group" aria-label="Reagir">
          ${emojis.map(
            (emoji) =>
              html`<button
                class="emoji"
                type="button"
                aria-pressed=${mine === emoji ? 'true' : 'false'}
                aria-label="Reagir com ${emoji}"
                @click=${done(() => actions.react(mine === emoji ? '' : emoji))}
              >
                ${emoji}
              </button>`,
          )}
        </div>
        <ul class="rows">
          ${option(icons.reply, 'Responder', actions.reply)} ${option(icons.forward, 'Encaminhar', actions.forward)}
          ${wordsOf(message) === undefined ? nothing : option(icons.edit, 'Editar', actions.edit)}
          ${own ? option(icons.bin, 'Apagar para todos', actions.revoke) : nothing}
        </ul>`,
  };
}
