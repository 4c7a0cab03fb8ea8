import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fileSize } from '../locales/times.ts';
import type { Words } from '../locales/words.ts';

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };

export interface ComposerOptions {
  readonly words: () => Words | null;
  /** Bytes. */
  readonly maxFileBytes: () => number;
  /** @returns `false`: it stays in the composer */
  readonly send: (text: string, files: readonly File[]) => boolean;
  readonly onInput: (text: string) => void;
}

/** What the visitor is writing. Files go out as soon as they are chosen. */
export class ComposerController implements ReactiveController {
  readonly #host: Host;
  readonly #options: ComposerOptions;
  text = '';
  /** What is wrong with files that were chosen. */
  problems: readonly string[] = [];
  isDropping = false;
  #fitted: string | null = null;

  constructor(host: Host, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** As tall as what is written, up to the limit of the style sheet. */
  hostUpdated(): void {
    const field = this.#host.renderRoot.querySelector<HTMLTextAreaElement>('.composer textarea');
    if (!field || field.value === this.#fitted) return;
    field.style.blockSize = 'auto';
    if (field.scrollHeight === 0) return;
    this.#fitted = field.value;
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  hostDisconnected(): void {
    this.isDropping = false;
  }

  set(text: string): void {
    this.text = text;
    this.#host.requestUpdate();
  }

  readonly onInput = (event: Event & { readonly target: HTMLTextAreaElement }): void => {
    this.text = event.target.value;
    this.problems = [];
    this.#options.onInput(this.text);
    this.#host.requestUpdate();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  };

  readonly onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.sendFiles(files);
  };

  readonly onPick = (event: Event & { readonly target: HTMLInputElement }): void => {
    this.sendFiles([...(event.target.files ?? [])]);
    event.target.value = '';
  };

  readonly onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#setDropping(true);
  };

  readonly onDragLeave = (event: DragEvent): void => {
    const { currentTarget, relatedTarget } = event;
    if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    this.#setDropping(false);
  };

  readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.#setDropping(false);
    this.sendFiles([...(event.dataTransfer?.files ?? [])]);
  };

  submit(): void {
    const text = this.text.trim();
    if (text === '' || !this.#options.send(text, [])) return;
    this.text = '';
    this.problems = [];
    this.#options.onInput('');
    this.#host.requestUpdate();
  }

  sendFiles(files: readonly File[]): void {
    const words = this.#options.words();
    if (!words) return;
    const limit = this.#options.maxFileBytes();
    const problems: string[] = [];
    const good = files.filter(({ name, size }) => {
      if (size === 0) problems.push(words.fileEmpty(name));
      else if (size > limit) problems.push(words.fileTooLarge(name, fileSize(words, limit)));
      return size > 0 && size <= limit;
    });
    this.problems = problems;
    if (good.length > 0) this.#options.send('', good);
    this.#host.requestUpdate();
  }

  #setDropping(is: boolean): void {
    if (is === this.isDropping) return;
    this.isDropping = is;
    this.#host.requestUpdate();
  }
}
