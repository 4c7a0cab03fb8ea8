import { AuthError, UsageError } from '../errors/local-errors.ts';
import type { Clock } from './clock.ts';
import { withDeadline } from './deadline.ts';

/**
 * A token, or a function that gets one from your backend: asked when one is needed, again when it has expired, and
 * given 15 seconds.
 */
export type TokenOption = string | (() => string | Promise<string>);

/** The longest that the host's token function may take. */
const tokenTimeoutMs = 15_000;

/** What can be sent in a header; blanks at the end, as of a file, are cut on the way. */
const sendable = /^[!-~]+\s*$/;

/** What keeps it from being sent, if anything. */
function flawOf(token: unknown): string | false {
  if (typeof token !== 'string') return 'is no string';
  if (token === '') return 'is empty';
  if (/^bearer /i.test(token)) return 'begins with "Bearer", which the client adds by itself';
  return !sendable.test(token) && 'has characters that no token has';
}

/** @throws UsageError for what no gateway takes: better here than as a request that fails without a reason */
export function checkToken(token: unknown): void {
  const flaw = typeof token !== 'function' && flawOf(token);
  if (flaw) throw new UsageError(`unable to create a client; token ${flaw}`);
}

/** The current token, asked of the host once however many calls need it. */
export interface TokenSource {
  /** @throws AuthError */
  get(): Promise<string>;
  /**
   * Says that this token was refused, so that the next `get` asks for another; late news of an older token changes
   * nothing. Without a token: whichever is in use.
   */
  refuse(token?: string): void;
}

export function createTokenSource(option: TokenOption, clock: Clock): TokenSource {
  let current: string | undefined;
  let asking: Promise<string> | null = null;
  return {
    get() {
      asking ??= askHost(option, clock).then(
        (token) => (current = token),
        (error: unknown) => {
          asking = null;
          throw error;
        },
      );
      return asking;
    },
    refuse(token = current) {
      if (current === undefined || token !== current) return;
      current = undefined;
      asking = null;
    },
  };
}

async function askHost(option: TokenOption, clock: Clock): Promise<string> {
  const deadline = { operation: 'run the token function', timeoutMs: tokenTimeoutMs };
  let token: unknown;
  try {
    token = await withDeadline(clock, deadline, async () => (typeof option === 'function' ? option() : option));
  } catch (cause) {
    throw new AuthError('the token function failed or took too long; see cause', cause);
  }
  const flaw = flawOf(token);
  if (flaw) throw new AuthError(`what the token function returned ${flaw}`);
  return token as string;
}
