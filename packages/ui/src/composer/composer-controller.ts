import type { ProsaClient } from '@prosa/core';
import type { Message, MessageSend } from '@prosa/core/contract';
import { isCaption, messagesOf } from '@prosa/core/headless';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createRef, type Ref } from 'lit/directives/ref.js';
import type { LocalFile } from '../message/message-context.ts';
import { isRefused, UploadQueue, type Upload } from './upload-queue.ts';

/** Longest texts in characters; the gateway checks them too. */
const maxLength = { text: 4096, caption: 1024 } as const;

interface Draft {
  text: string;
  /** The message that it answers. */
  replyTo: Message | null;
  readonly uploads: UploadQueue;
}

export interface ComposerOptions {
  readonly client: () => ProsaClient | null;
  /** Asks the page; `false` keeps the draft as it is. */
  readonly beforeSend: (conversationId: string, message: MessageSend) => boolean;
  /** The agent changed what is being written. */
  readonly onInput?: (text: string) => void;
  readonly onError: (error: unknown) => void;
  readonly onSent: (conversationId: string) => void;
}

/** What is being written in each conversation, and its way out. */
export class ComposerController implements ReactiveController {
  readonly textarea: Ref<HTMLTextAreaElement> = createRef();
  readonly fileInput: Ref<HTMLInputElement> = createRef();
  readonly #host: ReactiveControllerHost;
  readonly #options: ComposerOptions;
  readonly #drafts = new Map<string, Draft>();
  readonly #localFiles = new Map<string, LocalFile>();
  #conversationId: string | null = null;
  #dragging = false;

  constructor(host: ReactiveControllerHost, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get text(): string {
    return this.#draft?.text ?? '';
  }

  get uploads(): readonly Upload[] {
    return this.#draft?.uploads.uploads ?? [];
  }

  get replyTo(): Message | null {
    return this.#draft?.replyTo ?? null;
  }

  get dragging(): boolean {
    return this.#dragging;
  }

  /** Characters beyond what may be sent. */
  get excess(): number {
    const files = this.uploads.map(({ attachment }) => attachment ?? ({ kind: 'document' } as const));
    return Math.max(0, this.text.trim().length - (isCaption(files) ? maxLength.caption : maxLength.text));
  }

  get isUploading(): boolean {
    return this.uploads.some(({ status }) => status === 'uploading');
  }

  get hasFailedUploads(): boolean {
    return this.uploads.some(({ status }) => status === 'failed');
  }

  /** Some were refused, and would be again. */
  get refusedUploads(): number {
    return this.uploads.filter(isRefused).length;
  }

  get canSend(): boolean {
    if (this.isUploading || this.hasFailedUploads || this.excess > 0) return false;
    return this.text.trim() !== '' || this.uploads.length > 0;
  }

  localFile(attachmentId: string): LocalFile | undefined {
    return this.#localFiles.get(attachmentId);
  }

  hasDraft(conversationId: string): boolean {
    const draft = this.#drafts.get(conversationId);
    return draft !== undefined && (draft.text.trim() !== '' || draft.uploads.uploads.length > 0);
  }

  select(conversationId: string | null): void {
    if (conversationId === this.#conversationId) return;
    this.#conversationId = conversationId;
    this.#dragging = false;
  }

  setText(text: string): void {
    const draft = this.#ensureDraft();
    if (!draft) return;
    const before = `${this.canSend} ${this.excess}`;
    draft.text = text;
    this.#options.onInput?.(text);
    this.#grow();
    if (`${this.canSend} ${this.excess}` !== before) this.#host.requestUpdate();
  }

  /** Answers a message of the conversation; `null`: none in particular. */
  reply(message: Message | null): void {
    const draft = this.#ensureDraft();
    if (draft) draft.replyTo = message;
    this.#host.requestUpdate();
    this.focus();
  }

  setDragging(dragging: boolean): void {
    if (dragging === this.#dragging) return;
    this.#dragging = dragging;
    this.#host.requestUpdate();
  }

  addFiles(files: Iterable<File>): void {
    this.#ensureDraft()?.uploads.add(files);
    this.focus();
  }

  retryUpload(id: number): void {
    this.#draft?.uploads.retry(id);
  }

  removeUpload(id: number): void {
    this.#draft?.uploads.remove(id);
    this.focus();
  }

  focus(): void {
    this.textarea.value?.focus({ preventScroll: true });
  }

  send(): void {
    const conversationId = this.#conversationId;
    const draft = this.#draft;
    const client = this.#options.client();
    if (!conversationId || !draft || !client || !this.canSend) return;
    const ready = draft.uploads.uploads.flatMap(({ attachment }) => (attachment ? [attachment] : []));
    const messages = messagesOf(draft.text.trim(), ready).map((message, i) =>
      draft.replyTo && i === 0 ? { ...message, replyTo: draft.replyTo.id } : message,
    );
    if (!messages.every((message) => this.#options.beforeSend(conversationId, message))) return;
    for (const file of draft.uploads.take()) this.#localFiles.set(file.attachment.id, file);
    draft.text = '';
    draft.replyTo = null;
    this.#options.onInput?.('');
    // Sent in order by the client; one that fails stays in the thread, with its reason.
    for (const message of messages) client.messages.send(conversationId, message).catch(this.#options.onError);
    this.#options.onSent(conversationId);
    this.#host.requestUpdate();
    this.focus();
  }

  clear(): void {
    for (const { uploads } of this.#drafts.values()) uploads.clear();
    for (const { previewUrl } of this.#localFiles.values()) if (previewUrl) URL.revokeObjectURL(previewUrl);
    this.#drafts.clear();
    this.#localFiles.clear();
  }

  hostUpdated(): void {
    this.#grow();
  }

  get #draft(): Draft | undefined {
    return this.#conversationId === null ? undefined : this.#drafts.get(this.#conversationId);
  }

  #ensureDraft(): Draft | undefined {
    const id = this.#conversationId;
    if (id === null) return undefined;
    let draft = this.#drafts.get(id);
    if (!draft) {
      const uploads = new UploadQueue(this.#options.client, () => {
        this.#host.requestUpdate();
      });
      this.#drafts.set(id, (draft = { text: '', replyTo: null, uploads }));
    }
    return draft;
  }

  #grow(): void {
    const textarea = this.textarea.value;
    if (!textarea || textarea.dataset['drawn'] === textarea.value) return;
    textarea.dataset['drawn'] = textarea.value;
    textarea.style.blockSize = 'auto';
    textarea.style.blockSize = `${textarea.scrollHeight}px`;
  }
}
