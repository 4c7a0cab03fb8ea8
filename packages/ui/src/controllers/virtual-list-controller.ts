import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';

export interface VirtualListOptions<Item> {
  readonly keyOf: (item: Item) => string;
  /** A guess in pixels; the row is measured once it is drawn. */
  readonly estimate: (item: Item) => number;
  readonly row: (item: Item, index: number) => unknown;
  /** `end`: opens at the last row, stays there while rows are added, keeps its place when older ones come in front. */
  readonly anchor?: 'start' | 'end';
  readonly padding?: number;
  readonly onScroll?: () => void;
}

/**
 * Draws only the rows that are in sight. They flow inside one block that is moved to where the first of them belongs,
 * so scrolling within the drawn range touches no template; both lengths are set through the CSSOM, which a strict
 * Content Security Policy allows.
 */
export class VirtualListController<Item> implements ReactiveController {
  readonly scroller: Ref<HTMLElement> = createRef();
  readonly #host: ReactiveControllerHost;
  readonly #options: VirtualListOptions<Item>;
  readonly #sizer: Ref<HTMLElement> = createRef();
  readonly #rows: Ref<HTMLElement> = createRef();
  #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #items: readonly Item[] = [];
  #drawn = '';
  #measuring = false;
  #opened = false;
  #sticks = true;
  #follows = false;
  /** Pixels of the scroller that the list was last told of. */
  #room = 0;
  /** The last row and its size, as they were drawn. */
  #last = '';

  constructor(host: ReactiveControllerHost, options: VirtualListOptions<Item>) {
    this.#host = host;
    this.#options = options;
    this.#virtualizer = new Virtualizer(this.#settings());
    host.addController(this);
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  get isAtEnd(): boolean {
    return this.#virtualizer.isAtEnd(48);
  }

  /** Pixels above the first row in sight. */
  get offset(): number {
    return this.#virtualizer.scrollOffset ?? 0;
  }

  get range(): { readonly first: number; readonly last: number } {
    const range = this.#virtualizer.range;
    return { first: range?.startIndex ?? 0, last: range?.endIndex ?? 0 };
  }

  /** Before the host renders. */
  setItems(items: readonly Item[]): void {
    if (items === this.#items) return;
    this.#items = items;
    // Rows may also come in front of the last one, as after a while without a connection.
    this.#follows = this.#opened && this.#sticks && this.#options.anchor === 'end';
    this.#virtualizer.setOptions(this.#settings());
  }

  /** Forgets positions and sizes: the next rows are another list's. */
  reset(): void {
    this.#virtualizer._didMount()();
    this.#items = [];
    this.#opened = false;
    this.#sticks = true;
    this.#drawn = '';
    this.#virtualizer = new Virtualizer(this.#settings());
  }

  scrollToEnd(smooth = false): void {
    this.#virtualizer.scrollToEnd({ behavior: smooth ? 'smooth' : 'auto' });
  }

  scrollToIndex(index: number, align: 'auto' | 'center' = 'auto'): void {
    this.#sticks = false;
    this.#virtualizer.scrollToIndex(index, { align });
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const scroller = this.scroller.value;
    if (!scroller?.isConnected) {
      this.#virtualizer._willUpdate();
      return;
    }
    this.#commit();
    this.#virtualizer._willUpdate();
    this.#measure();
    if (this.#follows) {
      this.#follows = false;
      this.#virtualizer.scrollToEnd();
    }
    if (!this.#opened && this.#items.length > 0) {
      if (this.#options.anchor === 'end') {
        this.#virtualizer.scrollToEnd();
        this.#host.requestUpdate();
      }
      this.#opened = true;
    }
  }

  hostDisconnected(): void {
    this.#virtualizer._didMount()();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    const rows = this.#virtualizer.getVirtualItems();
    this.#drawn = rangeKey(rows);
    const { row } = this.#options;
    return html`<div class="virtual-sizer" ${ref(this.#sizer)}>
      <div class="virtual-rows" ${ref(this.#rows)}>
        ${repeat(
          rows,
          ({ key }) => key,
          ({ index }) => {
            const item = this.#items[index];
            return html`<div role="presentation" data-index=${index}>
              ${item === undefined ? nothing : row(item, index)}
            </div>`;
          },
        )}
      </div>
    </div>`;
  }

  #settings(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { keyOf, estimate, anchor = 'start', padding = 0 } = this.#options;
    const items = this.#items;
    return {
      count: items.length,
      getScrollElement: () => this.scroller.value ?? null,
      getItemKey: (index) => {
        const item = items[index];
        return item === undefined ? index : keyOf(item);
      },
      estimateSize: (index) => {
        const item = items[index];
        return item === undefined ? 40 : estimate(item);
      },
      anchorTo: anchor,
      followOnAppend: anchor === 'end',
      scrollEndThreshold: 48,
      paddingStart: padding,
      paddingEnd: padding,
      overscan: 6,
      // A list that is not laid out yet draws one screen of rows all the same.
      initialRect: { width: 0, height: 640 },
      observeElementRect: (instance, callback) =>
        observeElementRect(instance, (rect) => {
          callback(rect);
          this.#room = this.scroller.value?.clientHeight ?? 0;
          // The composer grew, a notice came: what was at the end stays at the end.
          if (anchor === 'end' && this.#sticks && this.#opened) this.#virtualizer.scrollToEnd();
        }),
      observeElementOffset: (instance, callback) =>
        observeElementOffset(instance, (offset, isScrolling) => {
          callback(offset, isScrolling);
          // With less room than the list knows of, it was not the reader who went away from the end.
          if (this.scroller.value?.clientHeight === this.#room) this.#sticks = this.isAtEnd;
        }),
      scrollToFn: elementScroll,
      rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
        const first = Math.max(0, startIndex - overscan);
        const last = Math.min(count - 1, endIndex + overscan);
        return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
      },
      onChange: () => {
        this.#onChange();
      },
    };
  }

  #onChange(): void {
    if (this.#measuring) return;
    if (rangeKey(this.#virtualizer.getVirtualItems()) === this.#drawn) this.#commit();
    else this.#host.requestUpdate();
    if (this.#opened) this.#options.onScroll?.();
  }

  #commit(): void {
    const sizer = this.#sizer.value;
    const rows = this.#rows.value;
    if (!sizer || !rows) return;
    const drawn = this.#virtualizer.getVirtualItems();
    sizer.style.blockSize = `${this.#virtualizer.getTotalSize()}px`;
    rows.style.transform = `translateY(${drawn[0]?.start ?? 0}px)`;
    const last = drawn.at(-1);
    if (last?.index !== this.#items.length - 1) return;
    const before = this.#last;
    this.#last = `${String(last.key)}:${last.size}`;
    // It grew after it was drawn: a message failed, somebody reacted.
    if (this.#last !== before && this.#opened && this.#sticks && this.#options.anchor === 'end') this.scrollToEnd();
  }

  #measure(): void {
    const rows = this.#rows.value;
    if (!rows) return;
    this.#measuring = true;
    for (const row of rows.children) {
      if (row instanceof HTMLElement) this.#virtualizer.measureElement(row);
    }
    this.#measuring = false;
    if (rangeKey(this.#virtualizer.getVirtualItems()) === this.#drawn) this.#commit();
    else this.#host.requestUpdate();
  }
}

function rangeKey(rows: readonly { readonly index: number; readonly key: unknown }[]): string {
  const first = rows[0];
  const last = rows.at(-1);
  return first && last ? `${String(first.key)}:${first.index}-${String(last.key)}:${last.index}` : '';
}
