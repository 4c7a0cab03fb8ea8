import { paths } from '../contract/paths.ts';
import type { Conversation, EventData, EventType, Message } from '../contract/index.ts';
import { settle } from './manual-clock.ts';
import { conversationOf } from './samples.ts';
import { scriptedClient } from './scripted-client.ts';
import { pageOf } from './scripted-server.ts';

/** A client whose stream is there, and whose server lists these conversations. */
export async function liveDesk(rows: readonly Conversation[] = [], nextCursor: string | null = null) {
  const setup = scriptedClient();
  const { client, clock, server } = setup;
  server.always(paths.conversations.list, () => pageOf(rows, nextCursor));
  client.connection.connect();
  await settle();
  await server.stream.hello('c0');
  let sequence = 0;
  const event = <Type extends EventType>(type: Type, data: EventData[Type]) =>
    server.stream.event(type, `c${++sequence}`, data);
  return {
    ...setup,
    event,
    tell: (conversation: Conversation) => event('conversation.updated', { conversation }),
    say: (message: Message, conversation = conversationOf(1, { version: 100 + ++sequence })) =>
      event('message.created', { message, conversation }),
    /** The stream breaks and comes back: what was missed is not replayed. */
    async gap() {
      await server.stream.cut();
      await clock.advance(2000);
      await server.stream.hello('e2', false);
    },
  };
}

/** The numbers that `idOf` was given. */
export const numbersOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => Number(id.slice(4)));

/** An answer that is given when the test says so. */
export function heldAnswer() {
  let resolve!: (response: Response) => void;
  const promise = new Promise<Response>((give) => (resolve = give));
  return {
    answer: () => promise,
    async give(response: Response): Promise<void> {
      resolve(response);
      await settle();
    },
  };
}
