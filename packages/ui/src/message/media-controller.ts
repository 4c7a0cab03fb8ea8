import type { ProsaClient } from '@prosa/core';
import type { Attachment } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface MediaState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly url: string | null;
}

const loading: MediaState = { status: 'loading', url: null };

/** Signed links of the files in sight. They expire: a file that no longer loads gets a fresh link, once in a while. */
export class MediaController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => ProsaClient | null;
  #states = new Map<string, MediaState>();
  #askedAt = new Map<string, number>();
  #aborter = new AbortController();
  #stopWaiting: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, client: () => ProsaClient | null) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** Asks for the link of a picture or a film when there is none yet; others need one when they are opened. */
  of({ id, kind, status }: Attachment): MediaState {
    if (status !== 'ready' || kind === 'audio' || kind === 'document') return loading;
    const known = this.#states.get(id);
    if (known) return known;
    this.#states.set(id, loading);
    queueMicrotask(() => void this.#load(id));
    return loading;
  }

  /** The element could not load it: the link may have expired. */
  readonly onError = (attachment: Attachment): void => {
    const askedAt = this.#askedAt.get(attachment.id) ?? 0;
    if (Date.now() - askedAt < 20_000) this.#fail(attachment.id);
    else void this.#load(attachment.id);
  };

  /** Asks again for what could not be loaded: all of it, or one file. */
  retry(attachment?: Attachment): void {
    for (const [id, { status }] of this.#states) {
      if (status === 'failed' && id === (attachment?.id ?? id)) this.#states.delete(id);
    }
    this.#host.requestUpdate();
  }

  /** A link that is good now, for a download. */
  async fresh(attachment: Attachment): Promise<string | null> {
    const client = this.#client();
    if (!client) return null;
    return (await client.attachments.url(attachment.id, { signal: this.#aborter.signal })).url;
  }

  clear(): void {
    this.#aborter.abort();
    this.#aborter = new AbortController();
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#states = new Map();
    this.#askedAt = new Map();
  }

  hostDisconnected(): void {
    this.clear();
  }

  async #load(attachmentId: string): Promise<void> {
    const client = this.#client();
    const { signal } = this.#aborter;
    if (!client || signal.aborted) return;
    this.#askedAt.set(attachmentId, Date.now());
    try {
      const { url } = await client.attachments.url(attachmentId, { signal });
      if (!signal.aborted) this.#set(attachmentId, { status: 'ready', url });
    } catch {
      if (!signal.aborted) this.#fail(attachmentId);
    }
  }

  /** What a cut connection kept back comes with the next one. */
  #fail(attachmentId: string): void {
    this.#set(attachmentId, { status: 'failed', url: null });
    const connection = this.#client()?.connection;
    this.#stopWaiting ??= connection?.subscribe(() => {
      if (connection.current.state === 'connected') this.retry();
    });
  }

  #set(attachmentId: string, state: MediaState): void {
    this.#states.set(attachmentId, state);
    this.#host.requestUpdate();
  }
}
