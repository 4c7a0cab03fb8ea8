import type { Agent, Conversation, Permission, Profile } from '@prosa/core/contract';
import { isOver } from '../domain/lifecycle.ts';
import { isAllowed, isOwn, isVisible, type Place, type Viewer } from '../domain/visibility.ts';
import type { Reader } from '../store/database.ts';
import type { EventRow } from './read-log.ts';
import type { ViewEvent } from './view.ts';

type LogEvent = Omit<EventRow, 'data'> & { readonly data: unknown };

/** What a reader has to be allowed to see for the events of a register. */
const registers: Readonly<Record<string, Permission>> = {
  customer: 'customers.view',
  contact: 'customers.view',
  agent: 'agents.view',
  queue: 'queues.view',
  tag: 'tags.view',
  channel: 'channels.view',
  profile: 'profiles.view',
  settings: 'settings.view',
  template: 'hsm.view',
  dispatch: 'dispatches.view',
  survey: 'surveys.view',
};

/** Events with which a conversation can go out of a reader's sight. */
const departures = new Set([
  'conversation.transferred',
  'conversation.requeued',
  'conversation.reopened',
  'conversation.ended',
  'participant.left',
  'participant.declined',
  'offer.declined',
  'offer.timed_out',
]);

/**
 * The event as this reader is told it; `null`: not at all. Without the permission to peek, what is said in conversations
 * of others is not told, only that there is something new in them.
 * @param left see `conversationsLeft`
 */
export function showEvent(
  viewer: Viewer,
  reader: Agent | null,
  event: LogEvent,
  left: ReadonlySet<number>,
): ViewEvent | null {
  const [register = ''] = event.type.split('.');
  const needed = registers[register];
  if (needed !== undefined && !isAllowed(viewer, needed) && !isAboutReader(event.data, reader)) return null;
  const { conversation } = event.data as { readonly conversation?: Conversation };
  if (!conversation) return event;
  const place = placeOf(conversation);
  if (!isVisible(viewer, place)) return left.has(event.seq) ? removed(event, conversation) : null;
  const peeks = register === 'message' && !isOwn(viewer, place) && !isOver(conversation.status);
  if (!peeks || isAllowed(viewer, 'conversations.peek')) return event;
  return { ...event, type: 'conversation.updated', data: { conversation } };
}

/** That it has gone is all that the reader may know of it. */
function removed(event: LogEvent, { id, version }: Conversation): ViewEvent {
  return { ...event, type: 'conversation.removed', data: { conversationId: id, version } };
}

/**
 * Which of these events take a conversation out of the reader's sight: they are told it, so that it does not stay in
 * their list as it was.
 * @returns the numbers of the events
 */
export async function conversationsLeft(
  db: Reader,
  viewer: Viewer,
  events: readonly LogEvent[],
): Promise<ReadonlySet<number>> {
  const left = new Set<number>();
  if (viewer.sees !== 'own_queues') return left;
  for (const { type, seq, workspaceId, conversationId, data } of events) {
    const { conversation } = data as { readonly conversation?: Conversation };
    if (!conversation || !departures.has(type) || isVisible(viewer, placeOf(conversation))) continue;
    const before = await db
      .selectFrom('events')
      .select('data')
      .where('workspaceId', '=', workspaceId)
      .where('conversationId', '=', conversationId)
      .where('seq', '<', seq)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const last = before
      ? (JSON.parse(before.data) as { readonly conversation?: Conversation }).conversation
      : undefined;
    if (last && isVisible(viewer, placeOf(last))) left.add(seq);
  }
  return left;
}

function placeOf({ queue, assignee, offer, participants }: Conversation): Place {
  const named = [assignee?.id, offer?.agent.id, ...participants.map(({ id }) => id)];
  return { queueId: queue?.id ?? null, agentIds: named.filter((id) => id !== undefined) };
}

/** Their own data, and the profile that says what they may do. */
function isAboutReader(data: unknown, reader: Agent | null): boolean {
  if (!reader) return false;
  const { agent, profile } = data as { readonly agent?: Agent; readonly profile?: Profile };
  if (agent) return agent.id === reader.id;
  if (!profile) return false;
  return reader.profile ? profile.id === reader.profile.id : profile.role === reader.role;
}
