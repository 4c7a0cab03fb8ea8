import type { Agent } from '@prosa/core/contract';

/** Who calls. */
export type Principal =
  | { readonly kind: 'agent'; readonly workspaceId: string; readonly agent: Agent }
  | { readonly kind: 'api_key'; readonly workspaceId: string; readonly keyId: string; readonly name: string };

/** Whose idempotency keys and client ids these are. */
export function ownerId(principal: Principal): string {
  return principal.kind === 'agent' ? principal.agent.id : principal.keyId;
}

/** Named in the timeline. */
export function personOf(principal: Principal): { readonly id: string; readonly name: string } {
  return principal.kind === 'agent'
    ? { id: principal.agent.id, name: principal.agent.name }
    : { id: principal.keyId, name: principal.name };
}

/** Supervisors, administrators and servers may act on conversations of others (DOMAIN §7). */
export function actsOnOthers(principal: Principal): boolean {
  return principal.kind === 'api_key' || principal.agent.role !== 'agent';
}
