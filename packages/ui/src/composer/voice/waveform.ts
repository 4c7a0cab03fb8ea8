import { createRef } from 'lit/directives/ref.js';

/** As many as the widest composer has room for; a narrow one shows the newest of them. */
const barCount = 200;
/** Units of the drawing: one bar and the room beside it, and the height of the loudest. */
const step = 4;
const height = 28;

/** What is heard, as bars that pass from right to left. It draws by itself: the page around it is not drawn with it. */
export class Waveform {
  static readonly viewBox = `0 0 ${barCount * step} ${height}`;
  readonly path = createRef<SVGPathElement>();
  /** How seconds are written. */
  format: (seconds: number) => string = String;
  #clock: Element | undefined;
  #levels: readonly number[] = [];

  clear(): void {
    this.#levels = [];
  }

  readonly clock = (element: Element | undefined): void => {
    this.#clock = element;
    if (element) element.textContent = this.format(0);
  };

  /** @param level 0 to 1 */
  add(seconds: number, level: number): void {
    this.#levels = [...this.#levels, level].slice(-barCount);
    this.path.value?.setAttribute('d', pathOf(this.#levels));
    if (this.#clock) this.#clock.textContent = this.format(seconds);
  }
}

function pathOf(levels: readonly number[]): string {
  const start = (barCount - levels.length) * step + step / 2;
  const bars = levels.map((level, index) => {
    const half = Math.max(0.5, (level * (height - 4)) / 2).toFixed(1);
    return `M${start + index * step} ${height / 2}m0-${half}v${(Number(half) * 2).toFixed(1)}`;
  });
  return bars.join('');
}
