import type { Kernel } from '../client/kernel.ts';
import type { Identity } from '../store/identity.ts';
import type { LazyOutbox } from '../store/lazy-outbox.ts';
import type { FrameSource } from '../stream/frame-source.ts';

const load = () => import('./open-tabs.ts');

/** What the tabs of an agent have in common; what makes it work is loaded when a page opens the stream. */
export interface Tabs {
  /** Frames from the server, or from the tab that holds the stream. */
  frames(server: FrameSource, retry: () => void): FrameSource;
  /** The stream is at rest. */
  leave(): void;
  share(outbox: LazyOutbox): void;
}

export function createTabs({ baseUrl, clock, storage, emitter, destroy }: Kernel, identity: Identity): Tabs {
  let outbox: LazyOutbox | null = null;
  let leave = () => undefined as void;
  let opening: Promise<FrameSource> | null = null;

  async function open(server: FrameSource, retry: () => void): Promise<FrameSource> {
    const [{ openTabs }, { id }] = await Promise.all([load(), identity.get()]);
    const onErased = () => {
      emitter.emit('logged_out', null);
      destroy();
    };
    const tabs = openTabs({ owner: `${baseUrl} ${id}`, clock, server, outbox: () => outbox, retry, onErased });
    leave = tabs.leave;
    return tabs.read;
  }

  return {
    frames: (server, retry) =>
      // Whoever keeps nothing in the browser shares nothing with other tabs.
      storage === null || !('document' in globalThis)
        ? server
        : async (cursor, reader) => {
            opening ??= open(server, retry);
            // An agent who cannot be known yet, or an API key: the server says more when the stream is asked for.
            const read = await opening.catch(() => ((opening = null), server));
            if (!reader.signal.aborted) await read(cursor, reader);
          },
    leave: () => {
      leave();
    },
    share(own) {
      outbox = own;
    },
  };
}
