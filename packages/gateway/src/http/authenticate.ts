import type { Agent } from '@prosa/core/contract';
import { hashApiKey, isApiKey } from '../admin/api-key-hash.ts';
import { webchatSettingsOf } from '../channels/webchat/config.ts';
import { isSessionToken } from '../channels/webchat/session-token.ts';
import type { Caller } from '../commands/principal.ts';
import { provisionAgent, sameClaims, type AgentClaims } from '../commands/save-agent.ts';
import { refuse } from '../domain/problems.ts';
import { sha256Hex } from '../sha256.ts';
import { agentOf, agentsWithNames } from '../store/agents.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import { findVisitorSession } from '../store/visitor-sessions.ts';
import { textClaim, type TokenVerifier, type VerifiedToken } from './verify-token.ts';

export interface Authentication {
  readonly principal: Caller;
  /** When the token ends, epoch milliseconds; `null` for an API key. */
  readonly expiresAt: number | null;
  /** Pages that may speak for a visitor; `null`: those of the workspace. */
  readonly origins: readonly string[] | null;
}

export interface AuthDeps extends UnitScope {
  readonly verifyToken: TokenVerifier;
}

const unknownKey =
  'The API key is not known, or has been revoked. `prosa-gateway api-key create` makes one, in the ' +
  "gateway's folder: another folder (`PROSA_DATA_DIR`) is another gateway.";

/** Who the `Authorization` header names. Refuses everything that is not a key or a token of this gateway. */
export function createAuthenticator(deps: AuthDeps): (request: Request) => Promise<Authentication> {
  return async (request) => {
    const [scheme, credential, ...rest] = (request.headers.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !credential || rest.length > 0) {
      refuse('unauthenticated', { detail: 'Send `Authorization: Bearer <token>`.' });
    }
    if (isApiKey(credential)) return await byApiKey(credential);
    return isSessionToken(credential) ? await bySession(credential) : await byToken(credential);
  };

  async function byApiKey(credential: string): Promise<Authentication> {
    const row = await deps.db.read
      .selectFrom('apiKeys')
      .selectAll()
      .where('hash', '=', await hashApiKey(credential))
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    if (!row) refuse('unauthenticated', { detail: unknownKey });
    const { id: keyId, workspaceId, name } = row;
    return { principal: { kind: 'api_key', workspaceId, keyId, name }, expiresAt: null, origins: null };
  }

  async function bySession(credential: string): Promise<Authentication> {
    const row = await findVisitorSession(deps.db.read, await sha256Hex(credential), deps.clock.now());
    if (!row) refuse('unauthenticated', { detail: 'The session is not known, or has ended. Start a new one.' });
    const { id: sessionId, workspaceId, channelId, contactId, expiresAt } = row;
    return {
      principal: { kind: 'visitor', workspaceId, channelId, contactId, sessionId },
      expiresAt,
      origins: webchatSettingsOf(row).origins,
    };
  }

  async function byToken(token: string): Promise<Authentication> {
    const verified = await deps.verifyToken(token, 'agent');
    const { workspaceId, expiresAt } = verified;
    const agent = await findOrProvision(workspaceId, claimsOf(verified));
    if (!agent.active) refuse('agent_deactivated');
    return { principal: { kind: 'agent', workspaceId, agent }, expiresAt, origins: null };
  }

  async function findOrProvision(workspaceId: string, claims: AgentClaims): Promise<Agent> {
    const row = await agentsWithNames(deps.db.read)
      .where('agent.workspaceId', '=', workspaceId)
      .where('agent.externalId', '=', claims.externalId)
      .executeTakeFirst();
    if (row && sameClaims(row, claims)) return agentOf(row);
    return await runUnit(deps, workspaceId, (unit) => provisionAgent(unit, claims));
  }
}

const roles = ['agent', 'supervisor', 'administrator'] as const;

function claimsOf({ sub, payload }: VerifiedToken): AgentClaims {
  const { name, email, role } = payload;
  const known = roles.find((one) => one === role);
  if (role !== undefined && known === undefined) {
    refuse('unauthenticated', { detail: `The \`role\` of the token must be one of ${roles.join(', ')}.` });
  }
  return {
    externalId: sub,
    name: textClaim(name, 200) ?? sub,
    email: textClaim(email, 254),
    role: known ?? 'agent',
  };
}
