import type { ProsaClient } from '@prosa/core';
import type { Attachment, Conversation } from '@prosa/core/contract';
import type { AudioPart, ComposerController, Locale, MediaController, MessageContext } from '@prosa/ui';
import type { Overlays } from '../dialogs/overlays.ts';
import { contactName } from '../list/contact-name.ts';
import type { CommandController } from '../thread/command-controller.ts';
import type { ThreadController } from '../thread/thread-controller.ts';

export interface MessageContextParts {
  readonly locale: Locale;
  readonly now: number;
  readonly myId: string | null;
  readonly client: ProsaClient | null;
  /** The one that is open; `null` until it is known. */
  readonly conversation: Conversation | null;
  readonly media: MediaController;
  readonly audio: AudioPart;
  readonly composer: ComposerController;
  readonly thread: ThreadController;
  readonly commands: CommandController;
  readonly overlays: Overlays;
  readonly onDownload: (attachment: Attachment) => void;
  readonly refresh: () => void;
}

/** What the messages of the open conversation need to be drawn and to be acted on. */
export function messageContext(parts: MessageContextParts): MessageContext {
  const { locale, now, myId, client, conversation, media, audio, composer, thread, commands, overlays } = parts;
  return {
    locale,
    now,
    myId,
    contactName: conversation ? contactName(conversation.contact) : '',
    media,
    audio,
    localFile: (attachmentId) => composer.localFile(attachmentId),
    canResend: conversation !== null && isInService(conversation) && conversation.assignee?.id === myId,
    resent: thread.resent,
    onResend: (message) => {
      if (conversation) void commands.resend(conversation.id, message.id);
    },
    onRetryPending: (clientId) => client?.messages.retryPending(clientId),
    onDiscardPending: (clientId) => client?.messages.discardPending(clientId),
    onOpenImage: overlays.openImage,
    onDownload: parts.onDownload,
    refresh: parts.refresh,
  };
}

/** What is sent in it still reaches the customer: the template that began it, too. */
function isInService({ status }: Conversation): boolean {
  return status === 'active' || status === 'pending' || status === 'awaiting_reply';
}
