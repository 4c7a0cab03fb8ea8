import type { Agent } from '@prosa/core/contract';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
} from 'jose';
import { hashApiKey, isApiKey } from '../admin/api-key-hash.ts';
import type { Caller } from '../commands/principal.ts';
import { provisionAgent, sameClaims, type AgentClaims } from '../commands/save-agent.ts';
import { refuse } from '../domain/problems.ts';
import { agentOf } from '../store/agents.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';

export interface Authentication {
  readonly principal: Caller;
  /** When the token ends, epoch milliseconds; `null` for an API key. */
  readonly expiresAt: number | null;
}

export interface AuthDeps extends UnitScope {
  readonly fetch: typeof fetch;
}

/** Clocks of hosts differ a little. */
const clockToleranceSeconds = 5;

/** Who the `Authorization` header names. Refuses everything that is not a key or a token of this gateway. */
export function createAuthenticator(deps: AuthDeps): (request: Request) => Promise<Authentication> {
  const remoteSets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

  return async (request) => {
    const [scheme, credential, ...rest] = (request.headers.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !credential || rest.length > 0) {
      refuse('unauthenticated', { detail: 'Send `Authorization: Bearer <token>`.' });
    }
    return isApiKey(credential) ? await byApiKey(credential) : await byToken(credential);
  };

  async function byApiKey(credential: string): Promise<Authentication> {
    const row = await deps.db.read
      .selectFrom('apiKeys')
      .selectAll()
      .where('hash', '=', await hashApiKey(credential))
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (!row) refuse('unauthenticated', { detail: 'The API key is not known, or has been revoked.' });
    const { id: keyId, workspaceId, name } = row;
    return { principal: { kind: 'api_key', workspaceId, keyId, name }, expiresAt: null };
  }

  async function byToken(token: string): Promise<Authentication> {
    const key = await findSigningKey(token);
    const payload = await verify(token, key);
    const agent = await findOrProvision(key.workspaceId, claimsOf(payload));
    if (!agent.active) refuse('agent_deactivated');
    // `exp` is required, and jose has checked that it is a number.
    return {
      principal: { kind: 'agent', workspaceId: key.workspaceId, agent },
      expiresAt: (payload.exp ?? 0) * 1000,
    };
  }

  async function findSigningKey(token: string) {
    let kid: string | undefined;
    try {
      kid = decodeProtectedHeader(token).kid;
    } catch {
      refuse('unauthenticated', { detail: 'The token is not a JWT.' });
    }
    const row =
      kid === undefined
        ? undefined
        : await deps.db.read
            .selectFrom('signingKeys')
            .selectAll()
            .where('kid', '=', kid)
            .where('audience', '=', 'agent')
            .where('revokedAt', 'is', null)
            .executeTakeFirst();
    return row ?? refuse('unauthenticated', { detail: 'The `kid` of the token names no signing key of agents.' });
  }

  async function verify(token: string, key: Awaited<ReturnType<typeof findSigningKey>>): Promise<JWTPayload> {
    const options = {
      audience: 'agent',
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
      if (error instanceof errors.JWTExpired) refuse('token_expired');
      if (error instanceof errors.JOSEError) {
        refuse('unauthenticated', { detail: `The token is not valid: ${error.code}.` });
      }
      throw error;
    }
  }

  function remoteSet(url: string): ReturnType<typeof createRemoteJWKSet> {
    if (url === '') return createLocalJWKSet({ keys: [] }) as ReturnType<typeof createRemoteJWKSet>;
    let set = remoteSets.get(url);
    if (!set) {
      set = createRemoteJWKSet(new URL(url), { [customFetch]: deps.fetch });
      remoteSets.set(url, set);
    }
    return set;
  }

  async function findOrProvision(workspaceId: string, claims: AgentClaims): Promise<Agent> {
    const row = await deps.db.read
      .selectFrom('agents')
      .selectAll()
      .where('workspaceId', '=', workspaceId)
      .where('externalId', '=', claims.externalId)
      .executeTakeFirst();
    if (row && sameClaims(row, claims)) return agentOf(row);
    return await runUnit(deps, workspaceId, (unit) => provisionAgent(unit, claims));
  }
}

const roles = ['agent', 'supervisor', 'administrator'] as const;

function claimsOf(payload: JWTPayload): AgentClaims {
  const { sub, name, email, role } = payload;
  if (typeof sub !== 'string' || sub === '' || sub.length > 200) {
    refuse('unauthenticated', { detail: 'The token needs a `sub` of 1 to 200 characters.' });
  }
  const known = roles.find((one) => one === role);
  if (role !== undefined && known === undefined) {
    refuse('unauthenticated', { detail: `The \`role\` of the token must be one of ${roles.join(', ')}.` });
  }
  return {
    externalId: sub,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : sub,
    email: typeof email === 'string' && email !== '' ? email.slice(0, 254) : null,
    role: known ?? 'agent',
  };
}
