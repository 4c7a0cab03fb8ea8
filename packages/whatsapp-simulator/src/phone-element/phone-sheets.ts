import type { Answer } from '../phone/answers.ts';
import type { PhoneChat, PhoneView } from '../phone/displays.ts';
import type { PhoneMessage } from '../state/message.ts';
import { answerSheet } from './answer-sheets.ts';
import type { SheetKind } from './bubble-context.ts';
import type { Aim } from './composer.ts';
import { extrasSheet } from './extras-sheet.ts';
import { messageMenu } from './message-menu.ts';
import type { PhoneConnection } from './phone-connection.ts';
import type { PhoneSheet } from './phone-sheet.ts';
import { profileSheet } from './profile-sheet.ts';

/** What the sheets need of the phone. */
export interface PhoneHands {
  readonly view: () => PhoneView | null;
  readonly chat: () => PhoneChat | undefined;
  readonly waId: () => string;
  /** Does something on the phone; false when it did not go through. */
  readonly run: (work: (connection: PhoneConnection) => Promise<void>) => Promise<boolean>;
  readonly choose: (messageId: string, rowId: string) => Promise<boolean>;
  readonly answered: (messageId: string, given: boolean) => void;
  readonly aim: (aim: Aim) => void;
  readonly takeReply: () => string | undefined;
  readonly changeNumber: (waId: string) => Promise<void>;
}

/** Opens the phone's sheets, and does what is chosen in them. */
export class PhoneSheets {
  readonly #sheet: PhoneSheet;
  readonly #hands: PhoneHands;

  constructor(sheet: PhoneSheet, hands: PhoneHands) {
    this.#sheet = sheet;
    this.#hands = hands;
  }

  openAnswer(message: PhoneMessage, kind: SheetKind): void {
    const { content } = message;
    if (content.type !== 'interactive' && content.type !== 'template') return;
    const options = {
      sheet: this.#sheet,
      ownName: this.#hands.view()?.name ?? '',
      ownNumber: this.#hands.waId(),
      choose: (messageId: string, rowId: string) => void this.#hands.choose(messageId, rowId),
      answer: (messageId: string, answer: Answer) => void this.#give(messageId, answer),
    };
    const view = answerSheet(options, message, content, kind);
    if (view) this.#sheet.open(view);
  }

  /** A form, a contact and a permission are given once, like a button. */
  async #give(messageId: string, answer: Answer): Promise<void> {
    const once = 'form' in answer || 'contact' in answer || 'call' in answer;
    if (once) this.#hands.answered(messageId, true);
    const given = await this.#hands.run((connection) => connection.answer(messageId, answer));
    if (once && !given) this.#hands.answered(messageId, false);
  }

  openMenu(message: PhoneMessage): void {
    const { id } = message;
    const { run, aim } = this.#hands;
    this.#sheet.open(
      messageMenu(this.#sheet, message, {
        react: (emoji) => void run((connection) => connection.react(id, emoji)),
        reply: () => aim({ kind: 'reply', message }),
        forward: () => void run((connection) => connection.forward(id)),
        edit: () => aim({ kind: 'edit', message }),
        revoke: () => void run((connection) => connection.revoke(id)),
      }),
    );
  }

  openExtras(): void {
    const { run, takeReply } = this.#hands;
    this.#sheet.open(
      extrasSheet(this.#sheet, {
        place: (place) => void run((connection) => connection.sendPlace(place, takeReply())),
        contact: (name, phone) => void run((connection) => connection.sendContact(name, phone, takeReply())),
        sticker: (file) => void run((connection) => connection.sendFile(file, { replyTo: takeReply() })),
      }),
    );
  }

  openProfile(): void {
    const { run, view, chat } = this.#hands;
    this.#sheet.open(
      profileSheet(this.#sheet, () => ({ view: view(), chat: chat() }), {
        prefer: (value) => void run((connection) => connection.prefer(value)),
        goOnline: (online) => void run((connection) => connection.goOnline(online)),
        changeNumber: (waId) => void this.#hands.changeNumber(waId),
      }),
    );
  }
}
