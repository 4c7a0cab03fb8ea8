import type { JsonObject } from '../json.ts';
import { SimulatorError } from '../simulator-error.ts';
import type { ReplyContent, StoredMessage } from '../state/message.ts';

export interface Tap {
  readonly wire: JsonObject;
  readonly content: ReplyContent;
}

/** The answer that tapping a button or a list row gives; `choice` is its title or its id. */
export function tapOn(message: StoredMessage, choice: string): Tap {
  const { content } = message;
  if (content.type === 'interactive' || content.type === 'template') {
    // A title names one button; several of a template may bring the same payload.
    const all = [...content.buttons, ...(content.cards ?? []).flatMap((card) => card.buttons)];
    const replies = all.filter((each) => each.kind === 'reply');
    const button = replies.find((each) => each.title === choice) ?? replies.find((each) => each.value === choice);
    if (button && content.type === 'template') {
      const { title, value } = button;
      return {
        wire: { type: 'button', button: { payload: value, text: title } },
        content: { type: 'reply', kind: 'button', id: value, title },
      };
    }
    if (button) {
      const { title, value } = button;
      return {
        wire: { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: value, title } } },
        content: { type: 'reply', kind: 'button_reply', id: value, title },
      };
    }
    const rows = content.list?.sections.flatMap((section) => section.rows) ?? [];
    // An id names one row; several may have the same title.
    const row = rows.find((each) => each.id === choice) ?? rows.find((each) => each.title === choice);
    if (row) {
      return {
        wire: { type: 'interactive', interactive: { type: 'list_reply', list_reply: row } },
        content: { type: 'reply', kind: 'list_reply', ...row },
      };
    }
  }
  throw new SimulatorError('unknown_message', `unable to tap "${choice}"; message ${message.id} has no such choice`);
}
