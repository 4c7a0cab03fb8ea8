import { webchatKind } from '../channels/webchat/config.ts';
import type { Reader } from './database.ts';

/** The session of a token that is neither ended nor past its time, with the settings of its webchat. */
export async function findVisitorSession(db: Reader, hash: string, now: number) {
  return await db
    .selectFrom('visitorSessions as session')
    .innerJoin('channels as channel', 'channel.id', 'session.channelId')
    .selectAll('session')
    .select('channel.config')
    .where('session.hash', '=', hash)
    .where('session.endedAt', 'is', null)
    .where('session.expiresAt', '>', now)
    .where('channel.kind', '=', webchatKind)
    .executeTakeFirst();
}

export async function isSessionOpen(db: Reader, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('visitorSessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
