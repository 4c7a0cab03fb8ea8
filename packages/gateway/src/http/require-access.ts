import type { Permission, Route } from '@prosa/core/contract';
import type { Principal } from '../commands/principal.ts';
import { viewerOf } from '../commands/viewer.ts';
import { isOver } from '../domain/lifecycle.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { isAllowed, isOwn, isVisible } from '../domain/visibility.ts';
import type { Reader } from '../store/database.ts';
import { findPlace } from '../store/visibility.ts';
import { permissionsFor, showsThread } from './route-permissions.ts';

type Params = Readonly<Record<string, string>>;

/**
 * Whether the caller's profile allows the route, and shows the conversation that it is about. What is not there, or not
 * for their eyes, is not found, whatever they may do: a refusal would tell that it exists.
 */
export async function requireAccess(db: Reader, principal: Principal, route: Route, params: Params): Promise<void> {
  if (principal.kind !== 'agent') return;
  const viewer = await viewerOf(db, principal);
  const needed = permissionsFor(route);
  const forbidden = needed.length > 0 && !needed.some((permission) => isAllowed(viewer, permission));
  const peeks = showsThread(route) && !isAllowed(viewer, 'conversations.peek');
  if (!forbidden && !peeks && viewer.sees === 'all') return;

  const { workspaceId } = principal;
  for (const name of Object.keys(params)) await requireThere(db, workspaceId, name, params[name] ?? '');
  const conversationId = await conversationIdOf(db, workspaceId, params);
  const place = conversationId === null ? null : await findPlace(db, workspaceId, conversationId);
  if (place && !isVisible(viewer, place) && !(forbidden && viewer.sees === 'nothing')) notFound('conversation');
  if (forbidden) forbid(needed);
  if (peeks && place && !isOver(place.status) && !isOwn(viewer, place)) forbid(['conversations.peek']);
}

function forbid(needed: readonly Permission[]): never {
  refuse('forbidden', { detail: `The profile of this agent does not have the permission ${needed.join(' or ')}.` });
}

const tables = {
  conversationId: 'conversations',
  messageId: 'messages',
  customerId: 'customers',
  contactId: 'contacts',
  queueId: 'queues',
  agentId: 'agents',
  attachmentId: 'attachments',
  surveyId: 'surveys',
  templateId: 'messageTemplates',
  profileId: 'profiles',
  tagId: 'tags',
  channelId: 'channels',
  deadLetterId: 'jobs',
  dispatchId: 'dispatches',
} as const;

async function requireThere(db: Reader, workspaceId: string, name: string, value: string): Promise<void> {
  const table = Object.hasOwn(tables, name) ? tables[name as keyof typeof tables] : null;
  const row =
    table === null
      ? await db
          .selectFrom('protocols')
          .select('number')
          .where('workspaceId', '=', workspaceId)
          .where('number', '=', value)
          .executeTakeFirst()
      : await db
          .selectFrom(table)
          .select('id')
          .where('workspaceId', '=', workspaceId)
          .where('id', '=', value)
          .executeTakeFirst();
  if (!row) notFound(name.replace(/Id$/, ''));
}

/** The conversation that the request is about, also when it names a file or a protocol of it. */
async function conversationIdOf(db: Reader, workspaceId: string, params: Params): Promise<string | null> {
  if (params.conversationId !== undefined) return params.conversationId;
  if (params.attachmentId !== undefined) {
    const file = await db
      .selectFrom('attachments')
      .select('conversationId')
      .where('workspaceId', '=', workspaceId)
      .where('id', '=', params.attachmentId)
      .executeTakeFirst();
    return file?.conversationId ?? null;
  }
  if (params.number === undefined) return null;
  const protocol = await db
    .selectFrom('protocols')
    .select('conversationId')
    .where('workspaceId', '=', workspaceId)
    .where('number', '=', params.number)
    .executeTakeFirst();
  return protocol?.conversationId ?? null;
}
