/** One tab of an agent, without a user interface. */
import { createClient, isProsaError, type PendingMessage } from '@prosa/core';

const token = async () => (await fetch('/token')).text();
const prosa = createClient({ baseUrl: location.origin, token });
const conversationId = new URLSearchParams(location.search).get('conversation') ?? '';
const thread = prosa.live.thread(conversationId);
thread.subscribe(() => undefined);
const told: string[] = [];
prosa.on('logged_out', () => told.push('logged_out'));
prosa.on('outbox.unsaved', () => told.push('unsaved'));

const wordsOf = (message: object) =>
  'text' in message ? String(message.text) : 'type' in message ? `(${String(message.type)})` : '';
const pendingOf = ({ message, state }: PendingMessage) => `[${wordsOf(message)} ${state}]`;

const tab = {
  told,
  state: () => prosa.connection.current.state,
  areSaved: () => prosa.messages.pendingAreSaved,
  /** Confirmed ones, then pending ones in brackets. */
  shown: () => [
    ...thread.value.messages
      .filter(({ direction, author }) => direction !== 'internal' && author.kind !== 'system')
      .map(({ content }) => wordsOf(content)),
    ...thread.value.pending.map(pendingOf),
  ],
  /** Nobody waits for it: a tab may be gone by then. */
  send(text: string) {
    void prosa.messages.send(conversationId, { type: 'text', text }).catch(() => undefined);
  },
  sendPicture(base64: string) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const file = new File([bytes], 'foto.png', { type: 'image/png' });
    void prosa.messages.send(conversationId, { type: 'image', file, caption: 'Segue a foto' }).catch(() => undefined);
  },
  /** `sent`, or why not. */
  sendAndWait: (text: string) =>
    prosa.messages.send(conversationId, { type: 'text', text }).then(
      () => 'sent',
      (error: unknown) => (isProsaError(error) ? error.code : String(error)),
    ),
  /** Does nothing else for a while: timers, messages and streams wait. */
  hang(forMs: number) {
    setTimeout(() => {
      const end = Date.now() + forMs;
      let turns = 0;
      while (Date.now() < end) turns++;
      console.log(`hung for ${turns} turns`);
    });
  },
  logout: (answer: boolean) => {
    let asked = 0;
    return prosa
      .logout({
        confirm: (unsent) => {
          asked = unsent.length;
          return answer;
        },
      })
      .then((isOut) => ({ isOut, asked }));
  },
};

export type Tab = typeof tab;
Object.assign(window, { tab });
