import type { WebchatClient } from '@prosa/core/webchat';
import type { Attachment } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type FileLink = { readonly status: 'loading' | 'failed' } | { readonly status: 'ready'; readonly url: string };

const loading: FileLink = { status: 'loading' };

/** Signed links of the files in sight. They expire: a file that no longer loads gets a fresh one, once in a while. */
export class FileLinks implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => WebchatClient | null;
  readonly #links = new Map<string, FileLink>();
  readonly #askedAt = new Map<string, number>();

  constructor(host: ReactiveControllerHost, client: () => WebchatClient | null) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** Asks for the link when there is none yet. */
  of({ id, status }: Attachment): FileLink {
    if (status !== 'ready') return status === 'failed' ? { status: 'failed' } : loading;
    const known = this.#links.get(id);
    if (known) return known;
    this.#links.set(id, loading);
    queueMicrotask(() => void this.#ask(id));
    return loading;
  }

  /** The element could not load it. */
  readonly refresh = ({ id }: Attachment): void => {
    if (Date.now() - (this.#askedAt.get(id) ?? 0) < 20_000) this.#set(id, { status: 'failed' });
    else void this.#ask(id);
  };

  /** @throws ProsaError */
  readonly download = async ({ id, fileName }: Attachment): Promise<void> => {
    const url = await this.#client()?.fileUrl(id);
    if (!url) return;
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.rel = 'noopener';
    link.click();
  };

  hostDisconnected(): void {
    this.#links.clear();
    this.#askedAt.clear();
  }

  async #ask(id: string): Promise<void> {
    this.#askedAt.set(id, Date.now());
    try {
      const url = await this.#client()?.fileUrl(id);
      this.#set(id, url ? { status: 'ready', url } : { status: 'failed' });
    } catch {
      this.#set(id, { status: 'failed' });
    }
  }

  #set(id: string, link: FileLink): void {
    this.#links.set(id, link);
    this.#host.requestUpdate();
  }
}
