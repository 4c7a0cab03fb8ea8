import { AuthError } from '../errors/local-errors.ts';
import type { Clock } from './clock.ts';
import { withDeadline } from './deadline.ts';

export type TokenOption = string | (() => string | Promise<string>);

/** The longest that the host's token function may take. */
const tokenTimeoutMs = 15_000;

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
  let current: string | null = null;
  let asking: Promise<string> | null = null;

  function ask(): Promise<string> {
    asking ??= askHost(option, clock)
      .then((token) => (current = token))
      .finally(() => (asking = null));
    return asking;
  }

  return {
    get: () => (current === null ? ask() : Promise.resolve(current)),
    refuse(token) {
      if (token === undefined || token === current) current = null;
    },
  };
}

async function askHost(option: TokenOption, clock: Clock): Promise<string> {
  const deadline = { operation: 'run the token function', timeoutMs: tokenTimeoutMs };
  try {
    const token: unknown = await withDeadline(clock, deadline, async () =>
      typeof option === 'function' ? option() : option,
    );
    if (typeof token === 'string' && token !== '') return token;
  } catch (cause) {
    throw new AuthError('the token function failed or took too long; see cause', cause);
  }
  throw new AuthError('the token function returned no text; it must return the token that your backend signed');
}
