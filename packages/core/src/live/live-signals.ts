import { systemClock, type Clock, type HasClock } from '../client/clock.ts';
import type { ProsaClient } from '../client/prosa-client.ts';
import type { SignalData } from '../contract/index.ts';
import type { Observable } from '../observed/observed.ts';
import { fading } from './fading.ts';

type WithEvents = HasClock & Pick<ProsaClient, 'on'>;
type Typist = SignalData['typing.changed']['author'];
type Looker = SignalData['viewing.changed']['agent'];

interface SignalOptions {
  readonly clock?: Clock | undefined;
}

/**
 * Who of the other side types in a conversation. It ends by itself when they do not say it again, and with what they
 * send.
 *
 * @example
 * const typing = liveTyping(prosa, conversationId);
 * const stop = typing.subscribe(() => { hint.hidden = typing.value.length === 0; });
 */
export function liveTyping(
  client: WithEvents,
  conversationId: string,
  { clock = client.clock ?? systemClock }: SignalOptions = {},
): Observable<readonly Typist[]> {
  return fading<Typist>(clock, (say) => {
    const stops = [
      client.on('typing.changed', (signal) => {
        if (signal.conversationId !== conversationId) return;
        say(keyOf(signal.author), signal.author, signal.typing ? signal.expiresInMs : 0);
      }),
      client.on('message.created', ({ data: { message } }) => {
        const { kind, name } = message.author;
        if (message.conversationId !== conversationId || (kind !== 'customer' && kind !== 'agent')) return;
        const author = { kind, name };
        say(keyOf(author), author, 0);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
}

/** Which other agents look at a conversation. It ends by itself when their page does not say it again. */
export function liveViewing(
  client: WithEvents,
  conversationId: string,
  { clock = client.clock ?? systemClock }: SignalOptions = {},
): Observable<readonly Looker[]> {
  return fading<Looker>(clock, (say) =>
    client.on('viewing.changed', ({ agent, viewing, expiresInMs, ...signal }) => {
      if (signal.conversationId === conversationId) say(agent.id, agent, viewing ? expiresInMs : 0);
    }),
  );
}

/** There is one customer in a conversation; agents are told apart by name. */
function keyOf({ kind, name }: Typist): string {
  return kind === 'customer' ? kind : `agent ${name ?? ''}`;
}
