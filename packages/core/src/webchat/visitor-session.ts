import type { Clock } from '../client/clock.ts';
import type { TokenSource } from '../client/token-source.ts';
import type { Transport } from '../client/transport.ts';
import { AuthError } from '../errors/local-errors.ts';
import { isProsaError } from '../errors/prosa-error.ts';
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
  /** The session in use is over, or another has taken its place. What was seen with it says nothing about the next. */
  readonly onEnded: () => void;
  /** The gateway no longer knows the session that was in use. */
  readonly onRefused: () => void;
}

/** Who the visitor is to the gateway: a session that the browser keeps, made when it is first needed. */
export class VisitorSession implements TokenSource {
  readonly #options: VisitorSessionOptions;
  readonly #storageKey: string;
  #identity: Identity | null = null;
  #kept: Kept | null;
  #starting: Promise<string> | null = null;
  /** Counts the visitors: a session that was asked for before somebody left must not be theirs who comes next. */
  #generation = 0;

  constructor(options: VisitorSessionOptions) {
    this.#options = options;
    this.#storageKey = `prosa:webchat:${options.webchatKey}:session`;
    this.#kept = this.#stored();
  }

  /** There is something to load: a session of an earlier visit, or somebody who is logged in. */
  get isKnown(): boolean {
    return this.#kept !== null || this.#identity !== null;
  }

  /** Of the session in use, if there is one. */
  get token(): string | null {
    return this.#kept?.token ?? null;
  }

  /** @throws ProsaError when the gateway makes no session */
  async get(): Promise<string> {
    // An anonymous session of somebody who has said who they are: the gateway has not heard it yet.
    if (this.#kept && (this.#identity === null || this.#kept.subject !== null)) return this.#kept.token;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  refuse(token = this.token): void {
    if (!this.#kept || token !== this.#kept.token) return;
    const stored = this.#stored();
    // Another tab may have a new one already, of somebody who logged in there.
    this.#keep(stored?.token === token ? null : stored);
    this.#options.onRefused();
  }

  /**
   * From now on as this person; what was said anonymously goes along. A session of the same person is kept.
   *
   * @param forgetOther called when the session is another person's
   * @returns whether the visitor has become somebody else
   * @throws ProsaError when the gateway does not believe it: the visitor is then nobody in particular
   */
  async identify(identity: Identity, forgetOther: () => void): Promise<boolean> {
    const subject = subjectOf(await tokenOf(identity));
    // A session that is being made for the first message goes along, too.
    await this.#starting?.catch(() => undefined);
    const before = this.#kept?.subject ?? null;
    if (before !== null && before !== subject) forgetOther();
    this.#identity = identity;
    if (before === subject) return false;
    try {
      await this.get();
      return true;
    } catch (error) {
      if (!isProsaError(error) || !error.retryable) this.#identity = null;
      throw error;
    }
  }

  /** Nobody any more. The gateway is told by the caller. */
  forget(): void {
    this.#identity = null;
    this.#generation++;
    this.#keep(null);
  }

  async #start(): Promise<string> {
    const { transport, webchatKey, onVisitor } = this.#options;
    const generation = this.#generation;
    const identity = this.#identity === null ? null : await tokenOf(this.#identity);
    const body = { key: webchatKey, identity, anonymousToken: this.token };
    const { token, expiresAt, visitor } = await transport.request<StartedSession>(webchatPaths.startSession, { body });
    if (generation !== this.#generation) throw new AuthError('the visitor has left meanwhile');
    const subject = identity === null ? null : subjectOf(identity);
    this.#keep({ token, expiresAt: Date.parse(expiresAt), subject });
    onVisitor(visitor);
    return token;
  }

  #stored(): Kept | null {
    const { storage, clock } = this.#options;
    const kept = readKept<Kept>(storage, this.#storageKey);
    return typeof kept?.token === 'string' && kept.expiresAt > clock.now() ? kept : null;
  }

  #keep(kept: Kept | null): void {
    const before = this.#kept;
    this.#kept = kept;
    this.#options.storage.set(this.#storageKey, kept && JSON.stringify(kept));
    if (before) this.#options.onEnded();
  }
}

/** @throws AuthError when the host's function gives none */
async function tokenOf(identity: Identity): Promise<string> {
  if (typeof identity !== 'function') return identity;
  try {
    return await identity();
  } catch (cause) {
    throw new AuthError('the function that says who is logged in failed; see cause', cause);
  }
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
