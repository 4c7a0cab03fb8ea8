import { routes, type Message } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

interface MessagePage {
  readonly data: readonly Message[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

/** The thread. */
export const messages: readonly Behaviour[] = [
  {
    id: 'messages.send',
    says: 'A message is answered at once, with its author and its `clientId`, and is the newest of the thread.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id } = await desk.attended();
      const params = { conversationId: id };
      const body = { type: 'text', text: desk.unique('Bom dia'), clientId: crypto.randomUUID() };
      const sent = await ana.ok(routes.messages.send, { params, body });
      expectSame(
        [sent.content, sent.clientId, sent.direction, sent.author.kind, sent.author.id],
        [{ type: 'text', text: body.text }, body.clientId, 'outbound', 'agent', ana.me.id],
        'the message',
      );
      expectThat(sent.status !== null, 'a status', sent.status);
      const { data } = await ana.ok(routes.messages.list, { params });
      expectSame(data[0]?.id, sent.id, 'the newest message');
      const alone = await ana.ok(routes.messages.get, { params: { ...params, messageId: sent.id } });
      expectSame(alone.id, sent.id, 'the message alone');
      const conversation = await ana.ok(routes.conversations.get, { params });
      expectSame(conversation.lastMessage?.text, body.text, 'the last message of the conversation');
    },
  },
  {
    id: 'messages.client_id',
    says: 'A message that is sent again with its `clientId`, even with a new key, is the same message.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id } = await desk.attended();
      const params = { conversationId: id };
      const body = { type: 'text', text: desk.unique('Bom dia'), clientId: crypto.randomUUID() };
      const first = await ana.ok(routes.messages.send, { params, body });
      const again = await ana.ok(routes.messages.send, { params, body });
      expectSame(again.id, first.id, 'the same message,');
      const { data } = await ana.ok(routes.messages.list, { params });
      const copies = data.filter(({ clientId }) => clientId === body.clientId);
      expectThat(copies.length === 1, 'one message of that clientId', copies.length);
    },
  },
  {
    id: 'messages.pages',
    says: 'The thread is read newest first, page by page to its beginning, and from any message both ways.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id } = await desk.attended();
      const params = { conversationId: id };
      for (const text of ['Um', 'Dois', 'Três', 'Quatro']) {
        await ana.ok(routes.messages.send, { params, body: { type: 'text', text } });
      }
      const page = (query: Record<string, string | number>): Promise<MessagePage> =>
        ana.ok(routes.messages.list, { params, query });
      const whole = await page({ limit: 100 });
      const all = whole.data.map((message) => message.id);
      const positions = whole.data.map(({ position }) => position);
      expectThat(
        positions.every((position, i) => i === 0 || position < (positions[i - 1] ?? 0)),
        'positions that go down',
        positions,
      );
      expectSame([whole.nextCursor, whole.previousCursor], [null, null], 'the cursors of a whole thread');

      const older: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null && older.length <= all.length;) {
        const { data, nextCursor }: MessagePage = await page({ limit: 2, ...(cursor !== undefined && { cursor }) });
        older.push(...data.map((message) => message.id));
        cursor = nextCursor;
      }
      expectSame(older, all, 'the thread page by page,');

      const middle = all[Math.floor(all.length / 2)] ?? '';
      const around = await page({ limit: 3, around: middle });
      let read = around.data.map((message) => message.id);
      expectThat(read.includes(middle), 'the message that was asked for in its page', read);
      for (let cursor = around.previousCursor; cursor !== null && read.length <= all.length;) {
        const newer = await page({ limit: 2, cursor });
        read = [...newer.data.map((message) => message.id), ...read];
        cursor = newer.previousCursor;
      }
      for (let cursor = around.nextCursor; cursor !== null && read.length <= all.length;) {
        const { data, nextCursor } = await page({ limit: 2, cursor });
        read = [...read, ...data.map((message) => message.id)];
        cursor = nextCursor;
      }
      expectSame(read, all, 'the thread from its middle,');
    },
  },
  {
    id: 'messages.parent',
    says: 'A message is found in its own conversation only.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const [one, other] = [await desk.attended(), await desk.attended()];
      const body = { type: 'text', text: 'Bom dia' };
      const { id } = await ana.ok(routes.messages.send, { params: { conversationId: one.id }, body });
      const params = { conversationId: other.id, messageId: id };
      await ana.refused(routes.messages.get, { params }, 'not_found');
    },
  },
  {
    id: 'messages.text',
    says: 'A text has 1 to 4,096 characters.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id } = await desk.attended();
      const params = { conversationId: id };
      for (const text of ['', '   ', 'x'.repeat(4097)]) {
        await ana.refused(routes.messages.send, { params, body: { type: 'text', text } }, 'validation_failed');
      }
      await ana.ok(routes.messages.send, { params, body: { type: 'text', text: 'é'.repeat(4096) } });
    },
  },
];
