import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
} from 'jose';
import { refuse } from '../domain/problems.ts';
import type { UnitScope } from '../store/unit.ts';

export interface TokenDeps extends UnitScope {
  /** For the public keys of hosts. */
  readonly fetch: typeof fetch;
}

export interface VerifiedToken {
  /** Of the key that signed it. */
  readonly workspaceId: string;
  readonly sub: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly payload: JWTPayload;
}

type Audience = 'agent' | 'visitor';

export type TokenVerifier = (token: string, audience: Audience) => Promise<VerifiedToken>;

/** The year 5138, epoch milliseconds: what is later was given in milliseconds instead of seconds, and would never end. */
const latestTime = 1e14;
/** Clocks of hosts differ a little. */
const clockToleranceSeconds = 5;

const notToken = {
  agent: 'The token is neither a JWT, as a backend signs it for an agent, nor an API key (`prk_…`).',
  visitor: 'The token is not a JWT.',
} as const satisfies Record<Audience, string>;

/** Checks the tokens that hosts sign. Refuses everything but a token of a key in use, for the audience of that key. */
export function createTokenVerifier(deps: TokenDeps): TokenVerifier {
  const remoteSets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

  return async (token, audience) => {
    const key = await findSigningKey(token, audience);
    const payload = await verify(token, audience, key);
    const { sub } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > 200 || /\p{Cc}/u.test(sub)) {
      refuse('unauthenticated', { detail: 'The token needs a `sub` of 1 to 200 characters, none of them a control.' });
    }
    // `exp` is required, and jose has checked that it is a number. JSON can say 1e999, which is no time.
    const expiresAt = (payload.exp ?? 0) * 1000;
    if (expiresAt > latestTime) {
      refuse('unauthenticated', {
        detail: 'The `exp` of the token is no time in seconds: divide milliseconds by 1000.',
      });
    }
    return { workspaceId: key.workspaceId, sub, expiresAt, payload };
  };

  async function findSigningKey(token: string, audience: Audience) {
    /** Whatever the sender put there. */
    let kid: unknown;
    try {
      kid = decodeProtectedHeader(token).kid;
    } catch {
      refuse('unauthenticated', { detail: notToken[audience] });
    }
    const row =
      typeof kid !== 'string' || /\p{Cc}/u.test(kid)
        ? undefined
        : await deps.db.read
            .selectFrom('signingKeys')
            .selectAll()
            .where('kid', '=', kid)
            .where('audience', '=', audience)
            .where('revokedAt', 'is', null)
            .executeTakeFirst();
    return row ?? refuseSignature(audience);
  }

  async function verify(
    token: string,
    audience: string,
    key: Awaited<ReturnType<typeof findSigningKey>>,
  ): Promise<JWTPayload> {
    const options = {
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(deps.clock.now()),
    };
    try {
      // The algorithms are pinned by the key, never by the token.
      const { payload } =
        key.algorithm === 'HS256'
          ? await jwtVerify(token, new TextEncoder().encode(key.secret ?? ''), { ...options, algorithms: ['HS256'] })
          : await jwtVerify(token, remoteSet(key.jwksUrl ?? ''), {
              ...options,
              algorithms: ['ES256', 'RS256', 'EdDSA'],
            });
      return payload;
    } catch (error) {
      // Claims are looked at only once the signature is right: whoever hears of them has the key.
      if (error instanceof errors.JWTExpired) {
        const seconds = Math.round(deps.clock.now() / 1000 - (error.payload.exp ?? 0));
        refuse('token_expired', { detail: `The token expired ${seconds} s ago by the clock of the gateway.` });
      }
      if (
        error instanceof errors.JWTClaimValidationFailed &&
        error.claim === 'nbf' &&
        error.reason === 'check_failed'
      ) {
        const seconds = Math.round((error.payload.nbf ?? 0) - deps.clock.now() / 1000);
        const detail = `The token is valid in ${seconds} s only, by the clock of the gateway: check the clock of the backend that signs it.`;
        refuse('unauthenticated', { detail });
      }
      if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTInvalid) {
        refuse('unauthenticated', { detail: `The token is not valid: ${error.message}.` });
      }
      if (isAwayError(error)) {
        refuse('unavailable', {
          detail: "The host's public keys cannot be read at the moment, so its tokens cannot be checked.",
          retryAfterSeconds,
        });
      }
      if (error instanceof errors.JOSEError) refuseSignature(audience);
      throw error;
    }
  }

  function remoteSet(url: string): ReturnType<typeof createRemoteJWKSet> {
    if (url === '') return createLocalJWKSet({ keys: [] }) as ReturnType<typeof createRemoteJWKSet>;
    let set = remoteSets.get(url);
    if (!set) {
      set = createRemoteJWKSet(new URL(url), { [customFetch]: keysFetch(deps.fetch) });
      remoteSets.set(url, set);
    }
    return set;
  }
}

/** The host's keys did not come: the token may be as right as any. */
class KeysAwayError extends Error {
  override readonly name = 'KeysAwayError';
}

/** How long whoever was refused for that should wait. */
const retryAfterSeconds = 5;

function keysFetch(fetchKeys: typeof fetch): typeof fetch {
  return async (input, init) => {
    try {
      const response = await fetchKeys(input, init);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
      // A page of an error is no list of keys.
      JSON.parse(text);
      return new Response(text);
    } catch (error) {
      throw new KeysAwayError('unable to read the keys of the host', { cause: error });
    }
  };
}

function isAwayError(error: unknown): boolean {
  return error instanceof KeysAwayError || error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
}

/** The same for every reason: whoever tries keys must not learn which of them exist. */
function refuseSignature(audience: string): never {
  refuse('unauthenticated', {
    detail: `The token is not signed with a key of ${audience}s that is in use here: check its \`kid\`, its \`alg\` and the secret.`,
  });
}

/** A claim as text without control characters and the blanks around it, cut; `null` for anything else. */
export function textClaim(value: unknown, maxLength: number): string | null {
  const text = typeof value === 'string' ? value.replace(/\p{Cc}/gu, '').trim() : '';
  return text === '' ? null : text.slice(0, maxLength);
}
