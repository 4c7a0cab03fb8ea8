import type { Agent } from '@prosa/core/contract';
import type { MessageRow } from '../store/messages.ts';

/** Somebody of the workspace: an agent, or a server of it. */
export type Principal =
  | { readonly kind: 'agent'; readonly workspaceId: string; readonly agent: Agent }
  | { readonly kind: 'api_key'; readonly workspaceId: string; readonly keyId: string; readonly name: string };

/** A visitor of a website, on one webchat. What others see and do is behind routes that take no visitor. */
export interface VisitorPrincipal {
  readonly kind: 'visitor';
  readonly workspaceId: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly sessionId: string;
}

/** Whoever may call a route that is not public. */
export type Caller = Principal | VisitorPrincipal;

/** Whose idempotency keys and client ids these are. */
export function ownerId(caller: Caller): string {
  if (caller.kind === 'visitor') return caller.contactId;
  return caller.kind === 'agent' ? caller.agent.id : caller.keyId;
}

/** Named in the timeline. */
export function personOf(principal: Principal): { readonly id: string; readonly name: string } {
  return principal.kind === 'agent'
    ? { id: principal.agent.id, name: principal.agent.name }
    : { id: principal.keyId, name: principal.name };
}

/** As the author of a message. */
export function authoredBy(principal: Principal): Pick<MessageRow, 'authorKind' | 'authorId' | 'authorName'> {
  const { id, name } = personOf(principal);
  return { authorKind: principal.kind === 'agent' ? 'agent' : 'api', authorId: id, authorName: name };
}
