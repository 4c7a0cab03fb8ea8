import type { Message } from '@prosa/core/contract';
import {
  createComposers,
  type Composer,
  type Composers,
  type ComposerSnapshot,
  type Upload,
} from '@prosa/core/headless';
import type { LitElement, ReactiveController } from 'lit';
import { createRef, type Ref } from 'lit/directives/ref.js';
import { StoreController } from '../controllers/live-controller.ts';
import type { LocalFile } from '../message/message-context.ts';
import type { ComposerOptions, ComposerPlace } from './composer-part.ts';
import { VoicePart } from './voice/voice-part.ts';

const empty: Pick<ComposerSnapshot, 'text' | 'excess' | 'blockedBy' | 'unfilled' | 'canSend'> & {
  readonly uploads: Pick<ComposerSnapshot['uploads'], 'uploads'>;
} = { text: '', excess: 0, blockedBy: 'loading', unfilled: [], canSend: false, uploads: { uploads: [] } };

/** The headless composer of the open conversation in a page: its field, its focus, its files and their pictures. */
export class ComposerController implements ReactiveController {
  readonly textarea: Ref<HTMLTextAreaElement> = createRef();
  readonly fileInput: Ref<HTMLInputElement> = createRef();
  readonly voice: VoicePart;
  readonly #host: LitElement;
  readonly #options: ComposerOptions;
  readonly #store: StoreController<Composer, string>;
  /** `blob:` links of pictures, by upload. */
  readonly #previews = new Map<string, string>();
  readonly #localFiles = new Map<string, LocalFile>();
  /** By conversation. */
  readonly #answered = new Map<string, Message>();
  #place: ComposerPlace | null = null;
  /** Whose drafts these are. */
  #writer: Pick<ComposerPlace, 'client' | 'agent'> | null = null;
  #composers: Composers | null = null;
  #stopWaking: (() => void) | undefined;
  #dragging = false;

  constructor(host: LitElement, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
    this.#store = new StoreController(host, { selector: ({ value }) => this.#shown(value) });
    this.voice = new VoicePart(host, {
      composer: () => this.#composer,
      onSend: (composer, id) => void this.#sendAlone(composer, id),
      onBack: () => {
        this.focus();
      },
    });
    host.addController(this);
  }

  get value(): typeof empty {
    return this.#composer?.value ?? empty;
  }

  get uploads(): readonly Upload[] {
    return this.value.uploads.uploads;
  }

  get replyTo(): Message | null {
    const id = this.#composer?.value.replyTo;
    const message = this.#place && this.#answered.get(this.#place.conversation.id);
    return message && message.id === id ? message : null;
  }

  get dragging(): boolean {
    return this.#dragging;
  }

  bind(place: ComposerPlace | null): void {
    this.#place = place;
    if (place && (place.client !== this.#writer?.client || place.agent.id !== this.#writer.agent.id)) this.#open(place);
    const composer = (place && this.#composers?.of(place.conversation.id)) ?? null;
    if (composer !== this.#composer) {
      this.#dragging = false;
      this.voice.leave();
    }
    if (place) composer?.setContext({ conversation: place.conversation, agent: place.agent });
    this.#store.source = composer;
  }

  localFile(attachmentId: string): LocalFile | undefined {
    return this.#localFiles.get(attachmentId);
  }

  /** `blob:` link of a picture; `null`: it is none. */
  previewOf({ id, file }: Upload): string | null {
    return file && /^image\/(png|jpeg|webp)$/.test(file.type) ? this.#urlOf(id, file) : null;
  }

  /** A recording that was made on this page, and its `blob:` link; `null`: it is none. */
  playableOf({ id, file, voice }: Upload): { readonly file: Blob; readonly url: string } | null {
    return voice && file ? { file, url: this.#urlOf(id, file) } : null;
  }

  setText(text: string): void {
    if (!this.#composer) return;
    this.#composer.setText(text, this.textarea.value?.selectionEnd);
    this.#options.onInput(text);
    this.#grow();
  }

  putBack(text: string): void {
    const { text: written } = this.value;
    this.setText(written === '' ? text : `${text}\n${written}`);
    this.focus();
  }

  reply(message: Message | null): void {
    if (message && this.#place) this.#answered.set(this.#place.conversation.id, message);
    this.#composer?.setReplyTo(message?.id ?? null);
    this.focus();
  }

  setDragging(dragging: boolean): void {
    if (dragging === this.#dragging) return;
    this.#dragging = dragging;
    this.#host.requestUpdate();
  }

  addFiles(files: Iterable<File>): void {
    this.#composer?.uploads.add(files);
    this.focus();
  }

  retryUpload(id: string): void {
    this.#composer?.uploads.retry(id);
  }

  removeUpload(id: string): void {
    this.#composer?.uploads.remove(id);
    this.#revoke(id);
    this.focus();
  }

  focus(): void {
    this.textarea.value?.focus({ preventScroll: true });
  }

  send(): void {
    const composer = this.#composer;
    if (!composer?.value.canSend) return;
    const { uploads } = composer.uploads.value;
    composer.submit().catch(this.#options.onError);
    // The page said no.
    if (!composer.value.isEmpty) return;
    for (const upload of uploads) this.#keep(upload);
    this.#options.onInput('');
    this.#options.onSent();
    this.focus();
  }

  hostUpdated(): void {
    this.#grow();
  }

  get #composer(): Composer | null {
    return this.#store.source;
  }

  /** Drafts are of one agent: another one finds none. */
  #open({ client, agent }: ComposerPlace): void {
    this.#writer = { client, agent };
    this.#stopWaking?.();
    this.#composers?.destroy();
    for (const id of this.#previews.keys()) this.#revoke(id);
    const { beforeSend } = this.#options;
    this.#composers = createComposers(client, { owner: agent.id, beforeSend });
    this.#stopWaking = client.connection.subscribe(() => {
      if (client.connection.current.state === 'connected') this.#composer?.uploads.wake();
    });
  }

  /** What is sent is shown from here until the gateway's own copy is. */
  #keep(upload: Upload): void {
    const { id, attachment } = upload;
    if (!attachment) return;
    const previewUrl = this.previewOf(upload);
    this.#localFiles.set(attachment.id, { attachment, previewUrl });
    // A recording has no length until the gateway has made a voice message of it: that one is played in the thread.
    if (previewUrl === null) this.#revoke(id);
    else this.#previews.delete(id);
  }

  /** Of the conversation it was recorded in, also when another one is open by now. */
  async #sendAlone(composer: Composer, id: string): Promise<void> {
    const upload = await composer.uploads.settled(id);
    if (!upload) return;
    this.#keep(upload);
    const sending = composer.submitUpload(id).catch(this.#options.onError);
    this.#options.onSent();
    await sending;
  }

  #urlOf(id: string, file: Blob): string {
    let url = this.#previews.get(id);
    if (url === undefined) this.#previews.set(id, (url = URL.createObjectURL(file)));
    return url;
  }

  #revoke(id: string): void {
    const url = this.#previews.get(id);
    if (url !== undefined) URL.revokeObjectURL(url);
    this.#previews.delete(id);
  }

  /** What is drawn anew: not each key, which the field shows by itself. */
  #shown({ text, blockedBy, excess, unfilled, replyTo, uploads }: ComposerSnapshot): string {
    const isTyped = text === this.textarea.value?.value;
    const files = uploads.uploads.map(({ id, status, progress }) => [id, status, progress]);
    return JSON.stringify([isTyped, blockedBy, excess, unfilled, replyTo, files]);
  }

  #grow(): void {
    const textarea = this.textarea.value;
    if (!textarea || textarea.dataset['drawn'] === textarea.value) return;
    textarea.dataset['drawn'] = textarea.value;
    textarea.style.blockSize = 'auto';
    textarea.style.blockSize = `${textarea.scrollHeight}px`;
  }
}
