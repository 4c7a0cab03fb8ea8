/**
 * A browser as far as the client uses it, for many tabs in one process: tabs share locks, channels and storage, and each
 * can be closed, crash, freeze, be hidden or lose the network by itself, in the middle of anything.
 */
import type { Clock, OutboxStorage, OutboxTable, StoredMessage } from '@prosa/core';
import { vi } from 'vitest';
import { fastClock } from './desk-over-http.ts';
import { Turns } from './own-turns.ts';

type Locking = (lock: object | null) => unknown;

interface LockRequest {
  readonly tab: PretendTab;
  readonly name: string;
  readonly hold: Locking;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How many times something was asked without a page: then the test would not see what it should. */
let strays = 0;
export const strayCalls = () => strays;

const tabs = new WeakMap<Turns, PretendTab>();
function currentTab(): PretendTab | undefined {
  const turns = Turns.current();
  return turns && tabs.get(turns);
}

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

export class PretendBrowser {
  readonly tabs = new Set<PretendTab>();
  readonly rows = new Map<string, StoredMessage>();
  /** Ids of every message that was ever stored. */
  readonly stored = new Set<string>();
  readonly speed: number;
  readonly #holders = new Map<string, LockRequest>();
  #line: LockRequest[] = [];

  /** @param speed how much faster than ours the time of its pages runs */
  constructor(speed: number) {
    this.speed = speed;
  }

  openTab(): PretendTab {
    const tab = new PretendTab(this);
    this.tabs.add(tab);
    return tab;
  }

  /** A tab is no more. */
  release(tab: PretendTab): void {
    this.tabs.delete(tab);
    this.#line = this.#line.filter((request) => request.tab !== tab);
    for (const [name, holder] of [...this.#holders]) if (holder.tab === tab) this.#free(name, holder);
  }

  requestLock(tab: PretendTab, name: string, options: LockOptions, hold: Locking): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request: LockRequest = { tab, name, hold, resolve, reject };
      const { signal, steal, ifAvailable } = options;
      const holder = this.#holders.get(name);
      if (ifAvailable && holder) {
        void tab.turns.hand(soon().then(() => hold(null))).then(resolve, reject);
        return;
      }
      if (steal) {
        holder?.tab.turns.run(() => {
          holder.reject(new DOMException('stolen', 'AbortError'));
        });
        this.#give(request);
        return;
      }
      this.#line.push(request);
      signal?.addEventListener('abort', () => {
        if (!this.#line.includes(request)) return;
        this.#line = this.#line.filter((other) => other !== request);
        reject(signal.reason as Error);
      });
      this.#next(name);
    });
  }

  #next(name: string): void {
    if (this.#holders.has(name)) return;
    const request = this.#line.find((other) => other.name === name);
    if (!request) return;
    this.#line = this.#line.filter((other) => other !== request);
    this.#give(request);
  }

  #give(request: LockRequest): void {
    const { tab, name, hold, resolve, reject } = request;
    this.#holders.set(name, request);
    tab.turns.run(() => {
      Promise.resolve()
        .then(() => hold({ name }))
        .then(resolve, reject)
        .finally(() => {
          this.#free(name, request);
        });
    });
  }

  #free(name: string, holder: LockRequest): void {
    if (this.#holders.get(name) !== holder) return;
    this.#holders.delete(name);
    this.#next(name);
  }
}

interface Channel {
  readonly name: string;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

export class PretendTab {
  readonly turns = new Turns();
  readonly browser: PretendBrowser;
  readonly channels = new Set<Channel>();
  readonly window = new EventTarget();
  readonly document = new EventTarget();
  visibilityState: 'visible' | 'hidden' = 'visible';
  onLine = true;
  readonly clock: Clock;
  readonly #life = new AbortController();
  #network = new AbortController();
  #isFrozen = false;

  constructor(browser: PretendBrowser) {
    this.browser = browser;
    tabs.set(this.turns, this);
    const clock = fastClock(browser.speed);
    this.clock = {
      ...clock,
      setTimeout: (callback, delayMs) =>
        clock.setTimeout(() => {
          this.turns.run(callback);
        }, delayMs),
    };
  }

  get isOpen(): boolean {
    return !this.turns.isOver;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  readonly fetch: typeof fetch = (input, init) => {
    if (!this.onLine) return Promise.reject(new TypeError('no network'));
    const signals = [this.#life.signal, this.#network.signal, ...(init?.signal ? [init.signal] : [])];
    const answer = fetch(input, { ...init, signal: AbortSignal.any(signals) });
    return this.turns.hand(answer.then((response) => this.#inTurns(response)));
  };

  /** What is stored is stored whole, some time after it was asked, whatever becomes of the tab. */
  readonly storage: OutboxStorage = {
    open: () => this.#stored(() => this.#table),
    erase: () =>
      this.#stored(() => {
        this.browser.rows.clear();
      }),
  };

  readonly #table: OutboxTable = {
    all: () => this.#stored(() => structuredClone([...this.browser.rows.values()])),
    has: (clientId) => this.#stored(() => this.browser.rows.has(clientId)),
    put: (row) => {
      const copy = structuredClone(row);
      return this.#stored(() => {
        this.browser.rows.set(copy.clientId, copy);
        this.browser.stored.add(copy.clientId);
      });
    },
    delete: (clientId) => this.#stored(() => void this.browser.rows.delete(clientId)),
    close: () => undefined,
  };

  async #stored<T>(work: () => T): Promise<T> {
    // A page that crashes before the transaction began has stored nothing.
    const done = soon().then(async () => {
      if (!this.isOpen) return new Promise<never>(() => undefined);
      const result = work();
      await soon();
      return result;
    });
    return this.turns.hand(done);
  }

  show(visibilityState: 'visible' | 'hidden'): void {
    this.visibilityState = visibilityState;
    this.turns.run(() => this.document.dispatchEvent(new Event('visibilitychange')));
  }

  setNetwork(onLine: boolean): void {
    if (onLine === this.onLine) return;
    this.onLine = onLine;
    if (!onLine) {
      this.#network.abort(new TypeError('no network'));
      this.#network = new AbortController();
    }
    this.turns.run(() => this.window.dispatchEvent(new Event(onLine ? 'online' : 'offline')));
  }

  freeze(): void {
    this.#isFrozen = true;
    this.turns.sleep();
  }

  thaw(): void {
    this.#isFrozen = false;
    this.turns.wake();
  }

  /** As its user closes it. */
  close(): void {
    this.turns.run(() => this.window.dispatchEvent(new Event('pagehide')));
    this.crash();
  }

  /** Gone, without a word. */
  crash(): void {
    this.turns.end();
    this.channels.clear();
    this.#life.abort();
    this.browser.release(this);
  }

  #inTurns({ body, status, statusText, headers }: Response): Response {
    const reader = body?.getReader();
    const inTurns =
      reader &&
      new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const { done, value } = await this.turns.hand(reader.read());
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason).catch(() => undefined),
      });
    return new Response(inTurns ?? null, { status, statusText, headers });
  }
}

class PretendChannel implements Channel {
  readonly name: string;
  onmessage: Channel['onmessage'] = null;
  readonly #tab: PretendTab | undefined;

  constructor(name: string) {
    this.name = name;
    this.#tab = currentTab();
    if (this.#tab) this.#tab.channels.add(this);
    else strays++;
  }

  postMessage(message: unknown): void {
    if (!this.#tab?.channels.has(this)) return;
    const data = structuredClone(message);
    for (const tab of this.#tab.browser.tabs) {
      for (const channel of tab.channels) {
        if (channel === this || channel.name !== this.name) continue;
        setImmediate(() => {
          tab.turns.run(() => {
            if (tab.channels.has(channel)) channel.onmessage?.({ data });
          });
        });
      }
    }
  }

  close(): void {
    this.#tab?.channels.delete(this);
  }
}

/** From now on whatever runs in a tab's turns finds that tab's browser. `vi.unstubAllGlobals` ends it. */
export function pretendPages(): void {
  const own = <T>(read: (tab: PretendTab) => T, otherwise: T): T => {
    const tab = currentTab();
    return tab ? read(tab) : otherwise;
  };
  const targetOf = (name: 'window' | 'document') => ({
    addEventListener: (...rest: Parameters<EventTarget['addEventListener']>) => {
      own((tab) => tab[name].addEventListener(...rest), undefined);
    },
    removeEventListener: (...rest: Parameters<EventTarget['removeEventListener']>) => {
      own((tab) => tab[name].removeEventListener(...rest), undefined);
    },
  });
  vi.stubGlobal('document', {
    ...targetOf('document'),
    get visibilityState() {
      return own(({ visibilityState }) => visibilityState, 'visible');
    },
  });
  for (const [name, method] of Object.entries(targetOf('window'))) vi.stubGlobal(name, method);
  vi.stubGlobal('BroadcastChannel', PretendChannel);
  vi.stubGlobal('navigator', {
    get onLine() {
      return own(({ onLine }) => onLine, true);
    },
    locks: {
      request(name: string, ...rest: unknown[]) {
        const tab = currentTab();
        if (!tab) {
          strays++;
          return Promise.reject(new Error('no page asks'));
        }
        const options = (rest.length > 1 ? rest[0] : {}) as LockOptions;
        return tab.browser.requestLock(tab, name, options, rest.at(-1) as Locking);
      },
    },
  });
}
