import { vi } from 'vitest';

interface Waiting {
  readonly name: string;
  readonly hold: (lock: object | null) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Web Locks, as far as they are used: in line, with a signal, stolen, or only when nobody has it. */
export class PretendLocks {
  readonly #holders = new Map<string, Waiting>();
  #line: Waiting[] = [];

  readonly request = (name: string, ...rest: unknown[]): Promise<unknown> => {
    const hold = rest.at(-1) as Waiting['hold'];
    const { signal, steal, ifAvailable } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { name, hold, resolve, reject };
      if (ifAvailable && this.#holders.has(name)) {
        resolve(hold(null));
        return;
      }
      if (steal) {
        this.#holders.get(name)?.reject(new DOMException('stolen', 'AbortError'));
        this.#give(waiting);
        return;
      }
      this.#line.push(waiting);
      signal?.addEventListener('abort', () => {
        this.#line = this.#line.filter((other) => other !== waiting);
        reject(signal.reason as Error);
      });
      this.#next(name);
    });
  };

  #next(name: string): void {
    if (this.#holders.has(name)) return;
    const waiting = this.#line.find((other) => other.name === name);
    this.#line = this.#line.filter((other) => other !== waiting);
    if (waiting) this.#give(waiting);
  }

  #give(waiting: Waiting): void {
    const { name, hold, resolve, reject } = waiting;
    this.#holders.set(name, waiting);
    const end = () => {
      if (this.#holders.get(name) !== waiting) return;
      this.#holders.delete(name);
      this.#next(name);
    };
    queueMicrotask(() => {
      Promise.resolve(hold({ name })).then(resolve, reject).finally(end);
    });
  }
}

/** What tabs share, for several clients in one test. */
export function pretendBrowser({ locks = true }: { readonly locks?: boolean } = {}) {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const root = new EventTarget();
  const channels = new Set<PretendChannel>();

  class PretendChannel {
    onmessage: ((event: { readonly data: unknown }) => void) | null = null;
    /** Hears nothing, as a page that hangs. */
    isDeaf = false;
    readonly name: string;

    constructor(name: string) {
      this.name = name;
      channels.add(this);
    }

    postMessage(message: unknown): void {
      const data = structuredClone(message);
      for (const other of channels) {
        if (other === this || other.name !== this.name) continue;
        queueMicrotask(() => {
          if (channels.has(other) && !other.isDeaf) other.onmessage?.({ data });
        });
      }
    }

    close(): void {
      channels.delete(this);
    }
  }

  vi.stubGlobal('document', page);
  vi.stubGlobal('BroadcastChannel', PretendChannel);
  vi.stubGlobal('navigator', locks ? { locks: new PretendLocks() } : {});
  for (const name of ['addEventListener', 'removeEventListener'] as const) {
    vi.stubGlobal(name, root[name].bind(root));
  }
  return {
    /** In the order in which they joined. */
    channels: channels as ReadonlySet<{ isDeaf: boolean }>,
    /** Of all pages at once. */
    show(visibilityState: 'visible' | 'hidden'): void {
      page.visibilityState = visibilityState;
      page.dispatchEvent(new Event('visibilitychange'));
    },
    leavePage(): void {
      root.dispatchEvent(new Event('pagehide'));
    },
  };
}
