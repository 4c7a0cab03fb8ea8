import type { Network } from './network.ts';

/**
 * Puts the gateway in memory where the page's own `fetch` and `XMLHttpRequest` look for it. What goes elsewhere, goes
 * there.
 *
 * @returns takes it away
 */
export function putOnPage(network: Network, baseUrl: string): () => void {
  const { fetch, XMLHttpRequest } = globalThis;
  const isForGateway = (url: string) => url.startsWith(`${baseUrl}/`);
  globalThis.fetch = (input, init) =>
    isForGateway(input instanceof Request ? input.url : String(input))
      ? network.fetch(input, init)
      : fetch(input, init);
  globalThis.XMLHttpRequest = class extends XMLHttpRequest {
    readonly #headers = new Headers();
    readonly #abort = new AbortController();
    #to: { readonly method: string; readonly url: string } | null = null;
    #answer: { readonly response: Response; readonly text: string } | null = null;

    override get status(): number {
      return this.#answer?.response.status ?? 0;
    }

    override get responseText(): string {
      return this.#answer?.text ?? '';
    }

    override open(method: string, url: string | URL): void {
      if (isForGateway(String(url))) this.#to = { method, url: String(url) };
      else super.open(method, url);
    }

    override setRequestHeader(name: string, value: string): void {
      if (this.#to) this.#headers.set(name, value);
      else super.setRequestHeader(name, value);
    }

    override getResponseHeader(name: string): string | null {
      return this.#answer ? this.#answer.response.headers.get(name) : super.getResponseHeader(name);
    }

    override abort(): void {
      this.#abort.abort();
      super.abort();
    }

    override send(body: Blob): void {
      if (this.#to) void this.#sendTo(this.#to, body);
      else super.send(body);
    }

    /** The first half leaves at once, the second with the answer. */
    async #sendTo({ url, method }: { readonly url: string; readonly method: string }, body: Blob): Promise<void> {
      const tell = (loaded: number) => {
        const progress = { loaded, total: body.size, lengthComputable: true };
        this.upload.dispatchEvent(new ProgressEvent('progress', progress));
      };
      try {
        tell(body.size / 2);
        const { signal } = this.#abort;
        const response = await network.fetch(url, { method, headers: this.#headers, body, signal });
        this.#answer = { response, text: await response.text() };
        tell(body.size);
        this.dispatchEvent(new ProgressEvent('load'));
      } catch {
        this.dispatchEvent(new ProgressEvent('error'));
      }
    }
  };
  return () => {
    Object.assign(globalThis, { fetch, XMLHttpRequest });
  };
}
