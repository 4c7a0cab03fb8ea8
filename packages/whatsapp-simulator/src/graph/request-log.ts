import { sha256, toHex, utf8 } from '../bytes.ts';
import type { JsonObject } from '../json.ts';

/** A call that the business made on the Graph API. */
export interface GraphRequest {
  readonly id: number;
  /** Milliseconds of the simulator's clock. */
  readonly at: number;
  readonly method: string;
  /** With the version and the query. */
  readonly path: string;
  readonly body: unknown;
  /** HTTP status of the answer; null while, or if never, answered. */
  readonly status: number | null;
  readonly answer: unknown;
  /** Set when a message was accepted, even if the answer was lost. */
  readonly messageId?: string;
  readonly callbackData?: string;
  /** Digest of method, path and body: equal for a request that is sent again. */
  readonly fingerprint: string;
  /** Earlier request with the same fingerprint whose message was accepted: this one is a double. */
  readonly repeats?: number;
}

export interface RequestEntry {
  patch(change: Partial<Pick<GraphRequest, 'answer' | 'callbackData' | 'messageId' | 'status'>>): void;
}

export interface RequestLog {
  readonly all: readonly GraphRequest[];
  begin(request: { at: number; method: string; path: string; body: unknown }): Promise<RequestEntry>;
  clear(): void;
}

export function createRequestLog(limit = 2000): RequestLog {
  let entries: GraphRequest[] = [];
  let lastId = 0;
  return {
    get all() {
      return Object.freeze([...entries]);
    },
    async begin(request) {
      const text = `${request.method} ${request.path} ${JSON.stringify(request.body as JsonObject)}`;
      const fingerprint = toHex(await sha256(utf8(text))).slice(0, 32);
      const twin = entries.find((each) => each.fingerprint === fingerprint && each.messageId !== undefined);
      const id = (lastId += 1);
      const entry: GraphRequest = {
        id,
        ...request,
        status: null,
        answer: undefined,
        fingerprint,
        ...(twin ? { repeats: twin.id } : {}),
      };
      entries = [...entries, Object.freeze(entry)].slice(-limit);
      return {
        patch(change) {
          entries = entries.map((each) => (each.id === id ? Object.freeze({ ...each, ...change }) : each));
        },
      };
    },
    clear() {
      entries = [];
    },
  };
}
