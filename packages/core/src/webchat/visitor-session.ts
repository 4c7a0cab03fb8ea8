import type { Clock } from '../client/clock.ts';
import type { TokenSource } from '../client/token-source.ts';
import type { Transport } from '../client/transport.ts';
import type { Visitor, VisitorSession as StartedSession } from '../contract/index.ts';
import { webchatPaths } from '../contract/paths.ts';
import { readKept, type WebchatStorage } from './storage.ts';

/** A token that the host's backend signed for the person who is logged in, or a function that gets one. */
export type Identity = string | (() => string | Promise<string>);

interface Kept {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** `sub` of the identity; `null`: anonymous. */
  readonly subject: string | null;
}

export interface VisitorSessionOptions {
  readonly webchatKey: string;
  /** Sends no token. */
  readonly transport: Transport;
  readonly storage: WebchatStorage;
  readonly clock: Clock;
  readonly onVisitor: (visitor: Visitor) => void;
}

/** Who the visitor is to the gateway: a session that the browser keeps, made when it is first needed. */
export class VisitorSession implements TokenSource {
  readonly #options: VisitorSessionOptions;
  readonly #storageKey: string;
  #identity: Identity | null = null;
  #kept: Kept | null;
  #starting: Promise<string> | null = null;

  constructor(options: VisitorSessionOptions) {
    this.#options = options;
    this.#storageKey = `prosa:webchat:${options.webchatKey}:session`;
    const kept = readKept<Kept>(options.storage, this.#storageKey);
    this.#kept = typeof kept?.token === 'string' && kept.expiresAt > options.clock.now() ? kept : null;
  }

  /** There is something to load: a session of an earlier visit, or somebody who is logged in. */
  get isKnown(): boolean {
    return this.#kept !== null || this.#identity !== null;
  }

  /** @throws ProsaError when the gateway makes no session */
  async get(): Promise<string> {
    if (this.#kept) return this.#kept.token;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  refuse(token?: string): void {
    if (this.#kept && (token === undefined || token === this.#kept.token)) this.#keep(null);
  }

  /** From now on as this person; what was said anonymously goes along. A session of the same person is kept. */
  async identify(identity: Identity): Promise<void> {
    this.#identity = identity;
    const subject = subjectOf(await tokenOf(identity));
    if (this.#kept && this.#kept.subject !== null && this.#kept.subject === subject) return;
    const anonymous = this.#kept?.subject === null ? this.#kept.token : null;
    this.#keep(null);
    this.#starting = this.#start(anonymous).finally(() => {
      this.#starting = null;
    });
    await this.#starting;
  }

  /** Nobody any more. The gateway is told by the caller, while the token still counts. */
  forget(): void {
    this.#identity = null;
    this.#keep(null);
  }

  async #start(anonymousToken: string | null = null): Promise<string> {
    const { transport, webchatKey, onVisitor } = this.#options;
    const identity = this.#identity === null ? null : await tokenOf(this.#identity);
    const body = { key: webchatKey, identity, anonymousToken };
    const { token, expiresAt, visitor } = await transport.request<StartedSession>(webchatPaths.startSession, { body });
    const subject = identity === null ? null : subjectOf(identity);
    this.#keep({ token, expiresAt: Date.parse(expiresAt), subject });
    onVisitor(visitor);
    return token;
  }

  #keep(kept: Kept | null): void {
    this.#kept = kept;
    this.#options.storage.set(this.#storageKey, kept && JSON.stringify(kept));
  }
}

async function tokenOf(identity: Identity): Promise<string> {
  return typeof identity === 'function' ? await identity() : identity;
}

/** Only to know the same person again: the gateway checks the signature, nobody here believes it. */
function subjectOf(token: string): string {
  try {
    const claims = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(claims.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return String((JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown }).sub);
  } catch {
    return token;
  }
}
