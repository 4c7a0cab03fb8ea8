import { minute, second } from '../clock.ts';
import { signAgentToken } from '../admin/agent-token.ts';

/** The agents whose part the kit takes. */
export type KitAgent = 'ana' | 'bia' | 'caio' | 'davi';

/** What is different from a usual token. */
export interface TokenOptions {
  /** Seconds from now until it expires; below 0 it has expired already. */
  readonly expiresInSeconds?: number;
}

/** How the kit gets the tokens of the agents whose part it takes. */
export interface AgentTokens {
  /** Whether tokens can be had for any agent and any time; otherwise for Ana, and perhaps Bia, as they are. */
  readonly canSign: boolean;
  /** @returns `null` where there is none */
  of(agent: KitAgent, options?: TokenOptions): Promise<string | null>;
}

const roles = { ana: 'administrator', bia: 'administrator', caio: 'administrator', davi: 'agent' } as const;
const usualSeconds = 1800;

/** Signs as a host's backend does: HS256, as the README of `@prosa/gateway` says. Davi is an agent, the others are administrators. */
export function signedTokens({ kid, secret }: { readonly kid: string; readonly secret: string }): AgentTokens {
  return {
    canSign: true,
    of(agent, { expiresInSeconds = usualSeconds } = {}) {
      const isOver = expiresInSeconds <= 0;
      return signAgentToken({
        kid,
        secret,
        sub: `prosa-conformance-${agent}`,
        name: `${agent[0]?.toUpperCase()}${agent.slice(1)} (conformance)`,
        role: roles[agent],
        expiresInSeconds: isOver ? 60 : expiresInSeconds,
        // Long enough ago for a backend that allows clocks to differ.
        now: isOver ? Date.now() + expiresInSeconds * second - 30 * minute : Date.now(),
      });
    },
  };
}

/** Tokens that were made elsewhere. */
export function givenTokens(tokens: { readonly ana: string; readonly bia?: string | undefined }): AgentTokens {
  return {
    canSign: false,
    of: (agent) => Promise.resolve(agent === 'ana' ? tokens.ana : agent === 'bia' ? (tokens.bia ?? null) : null),
  };
}
