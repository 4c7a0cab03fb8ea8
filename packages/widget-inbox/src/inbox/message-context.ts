import { serviceWindowOf, type ProsaClient } from '@prosa/core';
import type { Attachment, Conversation } from '@prosa/core/contract';
import type {
  Announcer,
  AudioPart,
  ComposerPart,
  extrasPart,
  Locale,
  MediaController,
  MessageContext,
} from '@prosa/ui';
import type { Overlays } from '../dialogs/overlays.ts';
import type { TemplatePane } from '../hsm/template-pane.ts';
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
  readonly extras: ReturnType<typeof extrasPart>;
  readonly composer: ComposerPart;
  readonly templates: TemplatePane;
  readonly thread: ThreadController;
  readonly commands: CommandController;
  readonly overlays: Overlays;
  readonly announcer: Announcer;
  readonly onDownload: (attachment: Attachment) => void;
  readonly refresh: () => void;
}

/** What the messages of the open conversation need to be drawn and to be acted on. */
export function messageContext(parts: MessageContextParts): MessageContext {
  const { locale, now, myId, client, conversation, media, audio, composer, thread, commands, overlays } = parts;
  const mine = conversation !== null && isInService(conversation) && conversation.assignee?.id === myId;
  const context: MessageContext = {
    locale,
    now,
    myId,
    contactName: conversation ? contactName(conversation.contact) : '',
    media,
    audio,
    extras: conversation && parts.extras.wanted,
    messageOf: thread.messageOf,
    localFile: (attachmentId) => composer.localFile(attachmentId),
    canResend: mine,
    canAnswer: mine && isOnWhatsApp(conversation, now),
    resent: thread.resent,
    onResend: (message) => {
      if (conversation) void commands.resend(conversation.id, message.id);
    },
    onPending: ({ clientId, message }, remedy) => {
      if (remedy === 'retry') client?.messages.retryPending(clientId);
      else if (remedy === 'send_template') parts.templates.want(true);
      else {
        if (remedy === 'edit' && message.type === 'text') composer.putBack(message.text);
        client?.messages.discardPending(clientId);
      }
    },
    onOpenImage: overlays.openImage,
    onDownload: parts.onDownload,
    refresh: parts.refresh,
    onJump: (messageId) => {
      void context.extras?.jump(context, thread, messageId).then((trouble) => {
        if (conversation && trouble !== null) commands.inform(conversation.id, trouble);
      });
    },
    onReply: (message) => {
      composer.reply(message);
    },
    onReact: (message, emoji) => void commands.react(message.conversationId, message.id, emoji),
    say: (text) => {
      parts.announcer.say(text);
    },
  };
  return context;
}

/** Where messages are quoted and get reactions, while anything may be said. */
function isOnWhatsApp({ origin, status, windowExpiresAt }: Conversation, now: number): boolean {
  if (origin !== 'whatsapp' || status === 'awaiting_reply') return false;
  return serviceWindowOf(windowExpiresAt, now).state !== 'closed';
}

/** What is sent in it still reaches the customer: the template that began it, too. */
function isInService({ status }: Conversation): boolean {
  return status === 'active' || status === 'pending' || status === 'awaiting_reply';
}
