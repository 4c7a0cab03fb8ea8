import { webchatConfigOf, webchatKind, webchatSettingsOf } from '../channels/webchat/config.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { makeSessionToken } from '../channels/webchat/session-token.ts';
import { isoTime } from '../clock.ts';
import { endVisitorSession, startVisitorSession, visitorOf, type VisitorClaims } from '../commands/visitor-session.ts';
import { networkOf } from '../domain/network.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { sha256Hex } from '../sha256.ts';
import { findContactRow } from '../store/contacts.ts';
import type { Reader } from '../store/database.ts';
import { runUnit } from '../store/unit.ts';
import { currentVisitorConversation } from '../store/visitor-conversations.ts';
import type { Handlers } from './handlers.ts';
import { textClaim, type TokenVerifier } from './verify-token.ts';
import type { VisitorLimits } from './visitor-limits.ts';

export interface WebchatSessionDeps {
  readonly verifyToken: TokenVerifier;
  readonly limits: VisitorLimits;
}

type SessionHandlers = Pick<Handlers['webchat'], 'config' | 'startSession' | 'session' | 'endSession'>;

export function webchatSessionHandlers({ verifyToken, limits }: WebchatSessionDeps): SessionHandlers {
  return {
    async config({ db }, { query }, request) {
      const channel = await channelOfKey(db.read, query.key);
      const origin = request.headers.get('origin');
      // A page of the gateway's own origin sends none with a GET; no other page can leave it out.
      if (origin !== null) requireListed(channel, origin);
      return webchatConfigOf(webchatSettingsOf(channel));
    },

    async startSession(scope, { body }, request, address) {
      const channel = await channelOfKey(scope.db.read, body.key);
      const origin = request.headers.get('origin');
      if (origin === null) refuse('origin_not_allowed', { detail: 'A session begins on a page: send its origin.' });
      requireListed(channel, origin);
      // One address first: it must not use up what the website has.
      if (address !== null) limits('addressSessions', networkOf(address));
      limits('sessions', `${channel.id} ${origin}`);
      const identity = body.identity == null ? null : await identityOf(body.identity, channel);
      const token = makeSessionToken();
      const hash = await sha256Hex(token);
      const previousHash = body.anonymousToken == null ? null : await sha256Hex(body.anonymousToken);
      const { visitor, expiresAt } = await runUnit(scope, channel.workspaceId, (unit) =>
        startVisitorSession(unit, { channel, hash, identity, previousHash }),
      );
      return { token, expiresAt: isoTime(expiresAt), visitor };
    },

    async session({ db, principal, now }) {
      const contact = await findContactRow(db, principal.workspaceId, principal.contactId);
      return {
        visitor: visitorOf(contact ?? notFound('visitor')),
        conversation: await currentVisitorConversation(db, principal, now),
      };
    },

    async endSession(unit, principal) {
      await endVisitorSession(unit, principal);
      return { ended: true };
    },
  };

  /** A token that is wrong is refused: its bearer is not quietly somebody else. */
  async function identityOf(token: string, channel: ChannelRow): Promise<VisitorClaims> {
    const { workspaceId, sub, expiresAt, payload } = await verifyToken(token, 'visitor');
    if (workspaceId !== channel.workspaceId) {
      refuse('unauthenticated', {
        detail: 'The key that signed the identity is not of the workspace of this webchat.',
      });
    }
    return { sub, name: textClaim(payload['name'], 100), email: textClaim(payload['email'], 254), expiresAt };
  }
}

async function channelOfKey(db: Reader, key: string): Promise<ChannelRow> {
  const channel = await db
    .selectFrom('channels')
    .selectAll()
    .where('kind', '=', webchatKind)
    .where('externalId', '=', key)
    .executeTakeFirst();
  return channel ?? notFound('webchat');
}

function requireListed(channel: ChannelRow, origin: string): void {
  if (webchatSettingsOf(channel).origins.includes(origin)) return;
  refuse('origin_not_allowed', {
    detail: `Add ${origin.slice(0, 200)} to the origins of the webchat: \`prosa-gateway channel update\`.`,
  });
}
