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

/** In any of the databases of this browser. */
async function isKept(clientId: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    const rows = database.transaction('messages').objectStore('messages');
    const count = await done(rows.count(clientId));
    database.close();
    if (count > 0) return true;
  }
  return false;
}

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error as Error);
    };
  });

const tab = {
  told,
  state: () => prosa.connection.current.state,
  /** Messages that this browser keeps. */
  async kept() {
    let count = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      count += await done(database.transaction('messages').objectStore('messages').count());
      database.close();
    }
    return count;
  },
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
  /** As soon as it would survive the page, or has arrived. */
  async sendKept(text: string) {
    void prosa.messages.send(conversationId, { type: 'text', text, clientId: text }).catch(() => undefined);
    while (!(await isKept(text)) && !tab.shown().includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
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
