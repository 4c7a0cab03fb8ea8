import type { Visitor } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { sessionEnd } from '../channels/webchat/session-token.ts';
import { newId } from '../domain/ids.ts';
import { searchColumns } from '../domain/search-text.ts';
import { givenName, unnamedVisitor } from '../domain/unnamed.ts';
import { contactOf, type ContactRow } from '../store/contacts.ts';
import { openConversationIds } from '../store/conversations.ts';
import { randomText } from '../store/random-text.ts';
import type { Unit } from '../store/unit.ts';
import { findVisitorSession } from '../store/visitor-sessions.ts';
import { touchConversations } from './conversation-draft.ts';
import type { VisitorPrincipal } from './principal.ts';
import { absorbContact } from './merge-contacts.ts';
import { resolveContact } from './resolve-contact.ts';

/** What a website's backend has signed about who is looking. */
export interface VisitorClaims {
  readonly sub: string;
  readonly name: string | null;
  readonly email: string | null;
  /** Until when it was signed, epoch milliseconds. */
  readonly expiresAt: number;
}

export interface NewVisitorSession {
  readonly channel: ChannelRow;
  /** Of the token that the browser will get. */
  readonly hash: string;
  /** `null`: nobody has said who it is. */
  readonly identity: VisitorClaims | null;
  /** Of the token that the browser had before, as far as it says. */
  readonly previousHash: string | null;
}

export function visitorOf(row: ContactRow): Visitor {
  return { id: row.id, name: givenName(row.name), email: row.email, verified: row.verified === 1 };
}

/**
 * A session of an anonymous visitor, or of the person that the identity names. What the anonymous visitor of before has
 * written becomes that person's; from one verified person to another nothing ever goes.
 */
export async function startVisitorSession(
  unit: Unit,
  { channel, hash, identity, previousHash }: NewVisitorSession,
): Promise<{ readonly visitor: Visitor; readonly expiresAt: number }> {
  const previous = previousHash === null ? null : await lockAnonymous(unit, channel, previousHash);
  const contact = identity
    ? await verifiedContact(unit, channel, identity, previous)
    : (previous ?? (await createAnonymous(unit, channel)));
  const expiresAt = sessionEnd(unit.now, identity?.expiresAt ?? null);
  await unit.tx
    .insertInto('visitorSessions')
    .values({
      id: newId('visitorSession', unit.now),
      workspaceId: channel.workspaceId,
      channelId: channel.id,
      contactId: contact.id,
      hash,
      createdAt: unit.now,
      expiresAt,
      endedAt: null,
    })
    .execute();
  return { visitor: visitorOf(contact), expiresAt };
}

/** Logout. Streams of the session end. */
export async function endVisitorSession(unit: Unit, { sessionId }: VisitorPrincipal): Promise<void> {
  const over = { endedAt: unit.now, expiresAt: unit.now };
  await unit.tx.updateTable('visitorSessions').set(over).where('id', '=', sessionId).execute();
  unit.wake({ topic: 'events', workspaceId: unit.workspaceId });
}

async function lockAnonymous(unit: Unit, channel: ChannelRow, hash: string): Promise<ContactRow | null> {
  const session = await findVisitorSession(unit.tx, hash, unit.now);
  if (session?.channelId !== channel.id) return null;
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', session.contactId)
    .where('verified', '=', 0);
  return (await unit.db.lock(query).executeTakeFirst()) ?? null;
}

async function createAnonymous(unit: Unit, channel: ChannelRow): Promise<ContactRow> {
  return await unit.tx
    .insertInto('contacts')
    .values({
      id: newId('contact', unit.now),
      workspaceId: channel.workspaceId,
      channelId: channel.id,
      name: unnamedVisitor,
      address: null,
      phone: null,
      userId: `visitor:${randomText(16)}`,
      username: null,
      email: null,
      verified: 0,
      customerId: null,
      createdAt: unit.now,
      updatedAt: unit.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function verifiedContact(
  unit: Unit,
  channel: ChannelRow,
  { sub, name, email }: VisitorClaims,
  anonymous: ContactRow | null,
): Promise<ContactRow> {
  const { id } = await resolveContact(unit, channel.id, {
    userId: `user:${sub}`,
    name,
    email,
    address: null,
    phone: null,
    username: null,
  });
  const contact = await unit.tx.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return anonymous === null ? contact : await takeOver(unit, contact, anonymous);
}

/** The sessions of the anonymous visitor end: whoever else holds one of their tokens does not become that person. */
async function takeOver(unit: Unit, contact: ContactRow, anonymous: ContactRow): Promise<ContactRow> {
  const open = await openConversationIds(unit.tx, unit.workspaceId, { contactId: anonymous.id });
  await unit.tx
    .updateTable('visitorSessions')
    .set({ endedAt: unit.now, expiresAt: unit.now })
    .where('contactId', '=', anonymous.id)
    .where('endedAt', 'is', null)
    .execute();
  const kept = { ...contact };
  await absorbContact(unit, kept, anonymous);
  const name = givenName(kept.name) ?? givenName(anonymous.name) ?? kept.name;
  const changed = kept.customerId !== contact.customerId || name !== contact.name;
  const saved = changed ? { ...kept, name, updatedAt: unit.now, version: kept.version + 1 } : kept;
  if (changed) {
    const { customerId, updatedAt, version } = saved;
    await unit.tx
      .updateTable('contacts')
      .set({ name, customerId, updatedAt, version, ...searchColumns(saved) })
      .where('id', '=', saved.id)
      .execute();
    unit.emit('contact.updated', { contact: contactOf(saved) });
  }
  await touchConversations(unit, open);
  unit.wake({ topic: 'events', workspaceId: unit.workspaceId });
  return saved;
}
