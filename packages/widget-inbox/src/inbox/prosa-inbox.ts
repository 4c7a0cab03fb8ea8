import type { Connection, ProsaClient, TokenOption } from '@prosa/core';
import type { Attachment, ClosingOutcome, Conversation, MessageSend } from '@prosa/core/contract';
import {
  Announcer,
  AudioPart,
  ClientController,
  ClockController,
  ComposerPart,
  extrasPart,
  LayoutController,
  LiveController,
  LocaleController,
  MediaController,
  StoreController,
  type MessageContext,
  type Translation,
} from '@prosa/ui';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CustomerSource } from '../customer-panel/customer-source.ts';
import { DeskPart } from '../desk/desk-part.ts';
import { Overlays } from '../dialogs/overlays.ts';
import { TemplatePane } from '../hsm/template-pane.ts';
import { contactName } from '../list/contact-name.ts';
import { connectionNotice } from '../list/connection-pill.ts';
import { ListController } from '../list/list-controller.ts';
import { listPane } from '../list/list-pane.ts';
import { CommandController } from '../thread/command-controller.ts';
import { TypingController } from '../thread/typing-controller.ts';
import { ReadController } from '../thread/read-controller.ts';
import { ThreadController } from '../thread/thread-controller.ts';
import { threadPane } from '../thread/thread-pane.ts';
import { announceMessages } from './announce-messages.ts';
import { ConnectionWarning } from './connection-warning.ts';
import { downloadAttachment } from './download-file.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { fire, type InboxListening } from './inbox-events.ts';
import { inboxStyles } from './inbox.styles.ts';
import { messageContext } from './message-context.ts';
import { notSetUp } from './not-set-up.ts';
import { PanelController, panelPane } from './panel-pane.ts';
import { listRow, messageRow } from './rows.ts';
import { Selection } from './selection.ts';

/**
 * The inbox of an agent: who waits, what is mine, the conversation, the customer.
 *
 * @summary A WhatsApp service desk in one element.
 * @fires prosa-conversation-selected - The agent opened a conversation, or went back to the list.
 * @fires prosa-before-send - A message is about to go out; `preventDefault()` keeps it in the composer.
 * @fires prosa-error - Something that the agent asked for did not work.
 * @fires prosa-conversation-closed - The agent finished a conversation here.
 * @slot panel - Takes the place of the customer panel.
 */
export class ProsaInbox extends LitElement {
  static readonly tagName: string = 'prosa-inbox';

  static override readonly properties = {
    client: { attribute: false },
    baseUrl: { attribute: 'base-url' },
    token: {},
    conversationId: { attribute: 'conversation-id' },
    panel: {},
    source: { attribute: false },
    strings: { attribute: false },
    theme: { reflect: true },
  };

  static override readonly styles = inboxStyles;

  static {
    // Rows are measured once they are drawn, and what was measured can ask for others: that is what the second update is.
    this.disableWarning?.('change-in-update');
  }

  /** The client to use; wins over `base-url` and over `<prosa-provider>`. */
  declare client: ProsaClient | undefined;
  /** Address of the gateway, for an element that makes its own client. */
  declare baseUrl: string | undefined;
  /** Token of the agent, or a function that gets one. */
  declare token: TokenOption | undefined;
  /** The conversation to open. */
  declare conversationId: string | null | undefined;
  /** `hidden`: the page shows the customer itself. */
  declare panel: 'auto' | 'hidden';
  /** Where customers live; the gateway's own when it is not set. */
  declare source: CustomerSource | undefined;
  /** Words that replace those of the language. */
  declare strings: Partial<Translation> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  declare theme: 'light' | 'dark' | 'auto' | undefined;

  readonly #client = new ClientController(this, () => this);
  readonly #locale = new LocaleController(this, () => this.strings);
  readonly #clock = new ClockController(this, () => this.#client.current);
  readonly #layout = new LayoutController(this);
  readonly #announcer = new Announcer(this);
  readonly #connection = new StoreController<Connection>(this);
  readonly #warning = new ConnectionWarning();
  readonly #me = new LiveController<ReturnType<ProsaClient['live']['me']>>(this);
  readonly #media = new MediaController(this, () => this.#client.current);
  readonly #audio = new AudioPart(this);
  readonly #extras = extrasPart(this);
  readonly #selection = new Selection(this);
  readonly #panel = new PanelController(this, this.#layout);
  readonly #focus = new FocusKeeper(this);
  readonly #composer = new ComposerPart(this, {
    beforeSend: (conversationId, message) => fire(this, 'prosa-before-send', { conversationId, message }),
    onInput: (text) => {
      this.#typing.tell(text.trim() !== '');
    },
    onError: (error) => fire(this, 'prosa-error', { error }),
    onSent: () => {
      this.#thread.toEnd();
    },
  });
  readonly #typing = new TypingController(this);
  readonly #templates = new TemplatePane(this, {
    client: () => this.#client.current,
    send: (conversationId, message) => this.#send(conversationId, message),
    onError: (error) => fire(this, 'prosa-error', { error }),
  });
  readonly #commands = new CommandController(this, {
    client: () => this.#client.current,
    translation: () => this.#locale.current.t,
    onError: (error) => fire(this, 'prosa-error', { error }),
    onNotice: (text) => {
      this.#announcer.say(text);
    },
    onStale: () => this.#thread.live?.refresh(),
  });
  readonly #list: ListController = new ListController(this, {
    row: (conversation, index) =>
      listRow(conversation, {
        locale: this.#locale.current,
        now: this.#clock.now,
        tab: this.#list.tab,
        myId: this.#myId,
        selected: conversation.id === this.#selection.listId,
        active: conversation.id === this.#list.activeId,
        index,
        linksHere: this.source === undefined,
        total: this.#list.query?.hasMore ? -1 : this.#list.list.items.length,
      }),
    onSelect: ({ id }) => {
      // Enter on the one that is open goes on to answer it.
      if (id === this.#selection.id) this.#composer.focus();
      else this.#select(id);
    },
  });
  readonly #thread: ThreadController = new ThreadController(this, {
    row: (item) => messageRow(this.#context, item, this.#previous(item === this.#thread.items[0])),
    onArrived: (messages) => {
      announceMessages(this.#announcer, this.#locale.current.t, this.#context.contactName, messages);
    },
  });
  readonly #overlays: Overlays = new Overlays(this, {
    client: () => this.#client.current,
    media: this.#media,
    localUrl: (attachmentId) => this.#composer.localFile(attachmentId)?.previewUrl ?? null,
    onDownload: (attachment) => {
      this.#download(attachment);
    },
    onConfirm: ({ id }, params) => {
      void this.#commands.transfer(id, params);
    },
    onFinish: (conversation, outcome) => {
      void this.#close(conversation, outcome);
    },
    onStarted: (conversation) => {
      this.#list.showTab('mine');
      this.#select(conversation.id);
      this.#focus.toThread();
      this.#announcer.say(this.#locale.current.t.conversationStarted(contactName(conversation.contact)));
    },
    onOpen: (conversationId) => {
      this.#select(conversationId);
    },
    onError: (error) => fire(this, 'prosa-error', { error }),
  });
  readonly #desk = new DeskPart(this, (error) => fire(this, 'prosa-error', { error }));
  #context!: MessageContext;

  declare addEventListener: InboxListening['addEventListener'];
  declare removeEventListener: InboxListening['removeEventListener'];

  constructor() {
    super();
    this.panel = 'auto';
    new ReadController(this, () => {
      const client = this.#client.current;
      const thread = this.#thread.live;
      const me = this.#me.current;
      return client && thread && me && { client, thread, me, atEnd: this.#thread.isAtEnd };
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const client = this.#client.current;
    const isOthers = this.#selection.belongTo(this.#client.given);
    if (isOthers && !changed.has('conversationId')) this.conversationId = null;
    if (changed.has('conversationId')) this.#selection.follow(this.conversationId ?? null);
    this.#connection.source = client?.connection ?? null;
    if (client) this.#warning.tell(client.connection.current);
    this.#me.bind(client && [client], () => (client as ProsaClient).live.me());
    this.#list.bind(client, this.#selection.listId);
    this.#thread.bind(client, this.#selection.id);
    this.#composer.bind(client, this.#conversation, this.#me.current?.value ?? null);
    this.#templates.select(this.#selection.id);
    this.#typing.bind(client, this.#conversation);
    this.#context = messageContext({
      locale: this.#locale.current,
      now: this.#clock.now,
      myId: this.#myId,
      client: client ?? null,
      conversation: this.#conversation,
      media: this.#media,
      audio: this.#audio,
      extras: this.#extras,
      composer: this.#composer,
      templates: this.#templates,
      thread: this.#thread,
      commands: this.#commands,
      overlays: this.#overlays,
      announcer: this.#announcer,
      onDownload: this.#download,
      refresh: () => {
        this.requestUpdate();
      },
    });
  }

  protected override render(): TemplateResult {
    const locale = this.#locale.current;
    if (this.#client.isMissing) return html`<div class="frame">${notSetUp(locale)}</div>`;
    const { id, returnTo } = this.#selection;
    const conversation = this.#conversation;
    const connection = this.#connection.source?.current.state ?? 'idle';
    const showsPanel = this.panel !== 'hidden' && conversation !== null && this.#panel.isOpen;
    return html`<div class="frame">
        <div class="panes ${showsPanel ? 'with-panel' : ''}" data-view=${id === null ? 'list' : 'thread'}>
          ${listPane({
            locale,
            controller: this.#list,
            connection,
            pending: this.#thread.pendingCount,
            selectedId: this.#selection.listId,
            onRetryConnection: this.#retryConnection,
            onStart: this.#overlays.start,
            onSelect: this.#select,
          })}
          ${threadPane({
            locale,
            conversationId: id,
            conversation,
            controller: this.#thread,
            connectionNotice: connectionNotice(locale, connection, this.#thread.pendingCount, this.#retryConnection),
            notice: id === null ? undefined : this.#commands.noticeOf(id),
            returnTo,
            head: (shown) => ({
              locale,
              conversation: shown,
              mine: this.#isMine(shown),
              copied: this.#selection.copied,
              accepting: this.#commands.isBusy('accept'),
              onOpenPanel: this.panel === 'hidden' ? null : this.#panel.open,
              onBack: this.#back,
              onCopyProtocol: this.#selection.copyProtocol,
              onAccept: this.#accept,
              onTransfer: (opener) => {
                this.#overlays.transfer(shown, opener);
              },
              onFinish: this.#finish,
            }),
            foot: (shown) => ({
              locale,
              conversation: shown,
              mine: this.#isMine(shown),
              now: this.#clock.now,
              composer: this.#composer,
              messages: this.#context,
              accepting: this.#commands.isBusy('accept'),
              desk: this.#desk.foot({
                locale,
                conversation: shown,
                myId: this.#myId,
                accepting: this.#commands.isBusy('accept'),
                onAccept: this.#accept,
                onDecline: () => void this.#commands.decline(shown.id),
              }),
              templates: this.#templates,
              typing: this.#typing.isCustomerTyping,
              onWriteTemplate: () => {
                this.#templates.want(true);
              },
              onAccept: this.#accept,
              onFinish: this.#finish,
            }),
            onBack: this.#back,
            onDismissNotice: () => {
              if (id !== null) this.#commands.dismiss(id);
            },
            onShow: this.#select,
          })}
          ${
            showsPanel
              ? panelPane({
                  locale,
                  controller: this.#panel,
                  client: this.#client.current,
                  conversation,
                  source: this.source,
                  strings: this.strings,
                  onOpenConversation: (conversationId) => {
                    this.#select(conversationId, returnTo ?? conversation.id);
                  },
                })
              : nothing
          }
        </div>
      </div>
      ${this.#overlays.render({ locale, myId: this.#myId, busy: this.#commands.isBusy('transfer') })}
      ${this.#context.extras?.render()}${this.#announcer.render()}`;
  }

  get #myId(): string | null {
    return this.#me.current?.value?.id ?? null;
  }

  /** From the thread once it is loaded; until then the row of the list is good enough. */
  get #conversation(): Conversation | null {
    const { id } = this.#selection;
    return id === null ? null : (this.#thread.conversation ?? this.#list.find(id) ?? null);
  }

  #isMine({ assignee }: Conversation): boolean {
    return assignee !== null && assignee.id === this.#myId;
  }

  /** The conversation before this one, to be offered above the oldest message. */
  #previous(isFirst: boolean): (() => void) | null {
    const conversation = this.#thread.conversation;
    const previous = conversation?.previousConversationId;
    if (!isFirst || !conversation || !previous || this.#thread.live?.hasMore) return null;
    return () => {
      this.#select(previous, this.#selection.returnTo ?? conversation.id);
    };
  }

  readonly #select = (conversationId: string | null, returnTo: string | null = null): void => {
    if (!this.#selection.show(conversationId, returnTo)) return;
    this.conversationId = conversationId;
    this.#panel.closeSheet();
    fire(this, 'prosa-conversation-selected', { conversationId });
  };

  readonly #back = (): void => {
    this.#select(null);
  };

  readonly #accept = (): void => {
    const { id } = this.#selection;
    if (id === null) return;
    void this.#commands.accept(id).then(async (conversation) => {
      if (!conversation || this.#selection.id !== id) return;
      this.#list.showTab('mine');
      await this.updateComplete;
      this.#composer.focus();
    });
  };

  readonly #retryConnection = (): void => {
    this.#connection.source?.retry();
  };

  readonly #download = (attachment: Attachment): void => {
    downloadAttachment(this.#media, attachment).catch((error: unknown) => fire(this, 'prosa-error', { error }));
  };

  #send(conversationId: string, message: MessageSend): boolean {
    const client = this.#client.current;
    if (!client || !fire(this, 'prosa-before-send', { conversationId, message })) return false;
    client.messages.send(conversationId, message).catch((error: unknown) => fire(this, 'prosa-error', { error }));
    this.#thread.toEnd();
    return true;
  }

  readonly #finish = (opener: EventTarget | null): void => {
    const conversation = this.#conversation;
    if (conversation) this.#overlays.finish(conversation, opener);
  };

  async #close(ended: Conversation, outcome: ClosingOutcome): Promise<void> {
    const conversation = await this.#commands.close(ended, outcome);
    if (conversation?.status === 'closed') fire(this, 'prosa-conversation-closed', { conversation });
  }
}
