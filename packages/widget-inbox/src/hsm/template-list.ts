import type { ProsaClient } from '@prosa/core';
import type { MessageTemplate } from '@prosa/core/contract';
import type { ReactiveControllerHost } from 'lit';
import { headerFileOf } from './header-file.ts';

/** More than a business account may have before it is verified (Meta, "Message templates"). */
const mostTemplates = 500;

/** The templates of a channel that can be sent now. */
export class TemplateList {
  readonly #host: ReactiveControllerHost;
  #key: unknown = null;
  #templates: readonly MessageTemplate[] | null = null;
  #error: unknown = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** `null` while they are being loaded. */
  get templates(): readonly MessageTemplate[] | null {
    return this.#templates;
  }

  /** Why they could not be loaded. */
  get error(): unknown {
    return this.#error;
  }

  /** Loads them anew when the client or the channel is another one. Without a channel: those of all. */
  bind(client: ProsaClient, channelId: string | undefined): void {
    const key = `${channelId}`;
    if (this.#key === key) return;
    this.#key = key;
    this.load(client, channelId);
  }

  load(client: ProsaClient, channelId: string | undefined): void {
    this.#templates = null;
    this.#error = null;
    this.#host.requestUpdate();
    const key = this.#key;
    void sendable(client, channelId).then(
      (templates) => {
        if (this.#key === key) this.#templates = templates;
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        if (this.#key === key) this.#error = error;
        this.#host.requestUpdate();
      },
    );
  }

  /** The next `bind` loads again: a template may have been approved meanwhile. */
  forget(): void {
    this.#key = null;
  }
}

async function sendable(client: ProsaClient, channelId: string | undefined): Promise<readonly MessageTemplate[]> {
  const found: MessageTemplate[] = [];
  for await (const template of client.hsm.list({ status: 'approved', channelId, limit: 100 })) {
    // What needs a place, a time or the files of cards is sent over the API: here texts and a header are filled in.
    const hasAll = (template.needs ?? []).every((need) => need === headerFileOf(template));
    if (template.sendable && hasAll) found.push(template);
    if (found.length >= mostTemplates) break;
  }
  return found;
}
