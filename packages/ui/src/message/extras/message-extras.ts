import type { FileSend } from '@prosa/core';
import type { Message, MessageContent, MessageSend } from '@prosa/core/contract';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { iconInfo } from '../../icons/icons.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import type { MessageContext } from '../message-context.ts';
import { templateTextStyles } from '../message-template.styles.ts';
import { cardStyles } from './cards.styles.ts';
import { contactCards } from './contact-cards.ts';
import { formAnswers } from './form-answers.ts';
import { jumpToMessage, type JumpableThread } from './jump.ts';
import { marksAbove, marksBeside, phoneAuthor } from './marks.ts';
import { marksStyles } from './marks.styles.ts';
import { ActionsFocus, messageActions } from './message-actions.ts';
import { orderCard } from './order.ts';
import { placeCard } from './place.ts';
import { questionContent, templateMessage } from './question.ts';
import { quoteBlock, quotedOf, replyBar } from './quote.ts';
import { ReactionPicker } from './reaction-picker.ts';
import { reactionsLine } from './reactions.ts';
import { stickerContent } from './sticker.ts';
import { extraWords } from './words.ts';

/** All that a message can have besides a text or a file, drawn, and what an agent does with one. */
export class MessageExtras {
  readonly #host: LitElement;
  readonly #picker: ReactionPicker;

  constructor(host: LitElement) {
    this.#host = host;
    adoptStyles(host.shadowRoot, templateTextStyles, cardStyles, marksStyles);
    this.#picker = new ReactionPicker(host);
    new ActionsFocus(host);
  }

  /** Who wrote it, where that is told only here; `null`: as usual. */
  authorOf(context: MessageContext, message: Message): string | null {
    return phoneAuthor(context, message);
  }

  above(context: MessageContext, message: Message): TemplateResult {
    return marksAbove(context, message);
  }

  /** The quote of a message that is on its way. */
  abovePending(context: MessageContext, message: MessageSend | FileSend): TemplateResult | typeof nothing {
    const quoted = 'replyTo' in message && message.replyTo !== undefined && context.messageOf(message.replyTo);
    return quoted ? quoteBlock(context, quotedOf(quoted)) : nothing;
  }

  beside(context: MessageContext, message: Message): TemplateResult {
    return marksBeside(context, message);
  }

  actions(context: MessageContext, message: Message): TemplateResult | typeof nothing {
    return messageActions(context, message, this.#picker);
  }

  below(context: MessageContext, message: Message): TemplateResult {
    return reactionsLine(context, message);
  }

  content(context: MessageContext, content: MessageContent): TemplateResult {
    switch (content.type) {
      case 'location':
        return placeCard(context, content);
      case 'contacts':
        return contactCards(context, content.contacts);
      case 'order':
        return orderCard(context, content);
      case 'form':
        return formAnswers(context, content);
      case 'template':
        return templateMessage(context, content);
      case 'interactive':
        return questionContent(context, content);
      case 'sticker':
        return stickerContent(context, content.attachment);
      case 'unsupported':
        return unknownContent(context, content.originalType);
      default:
        // A type of a newer gateway.
        return unknownContent(context, content.type);
    }
  }

  replyBar(context: MessageContext, message: Message, onCancel: () => void): TemplateResult {
    return replyBar(context, message, onCancel);
  }

  /** Shows a message of the thread. Resolves with what to tell when it is not there. */
  async jump({ locale }: MessageContext, thread: JumpableThread, messageId: string): Promise<string | null> {
    return (await jumpToMessage(this.#host, thread, messageId)) ? null : extraWords(locale.t).notFound;
  }

  render(): TemplateResult | typeof nothing {
    return this.#picker.render();
  }
}

function unknownContent({ locale: { t } }: MessageContext, type: string): TemplateResult {
  const w = extraWords(t);
  return html`<span class="text unknown">${iconInfo}<span>${t.unsupported(w.unknownTypes[type] ?? type)}</span></span>`;
}
