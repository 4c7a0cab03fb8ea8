import { routes, type VisitorConversation } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { Caller } from '../caller.ts';
import type { KitVisitor } from '../customers.ts';
import type { Desk } from '../desk.ts';
import { nameOf } from '../event-reader.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** What a visitor of a website must never be shown: ids of agents, customers and queues. */
const inside = /"(agt|cus|que|tag)_[0-9a-z]{26}"/;

/** The visitor's side of the contract. */
export const webchat: readonly Behaviour[] = [
  {
    id: 'webchat.config',
    says: 'Anybody on an allowed page is told how the webchat presents itself; a key of nobody is `not_found`.',
    needs: ['webchat'],
    async run(desk) {
      const { key, origin } = desk.webchat;
      const page = new Caller(desk.wire, { Origin: origin });
      await page.ok(routes.webchat.config, { query: { key } });
      await page.refused(routes.webchat.config, { query: { key: `wck_${'0'.repeat(24)}` } }, 'not_found');
    },
  },
  {
    id: 'webchat.origin',
    says: 'A page of another origin is refused with `origin_not_allowed`.',
    needs: ['webchat'],
    async run(desk) {
      const page = new Caller(desk.wire, { Origin: 'https://elsewhere.example' });
      const body = { key: desk.webchat.key };
      await page.refused(routes.webchat.startSession, { body }, 'origin_not_allowed');
    },
  },
  {
    id: 'webchat.conversation',
    says: 'Visitor and agent talk: the stream tells the answer, the thread has it, and what was seen is `read`.',
    needs: ['webchat'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const visitor = await desk.visitor();
      const { id } = await ana.ok(routes.conversations.accept, await begun(desk, visitor));
      const params = { conversationId: id };
      const stream = await desk.visitorEvents(visitor.caller);
      const sent = await ana.ok(routes.messages.send, { params, body: { type: 'text', text: 'Bom dia' } });
      await stream.until(
        (frame) => nameOf(frame) === 'event message.created' && JSON.stringify(frame.data).includes(sent.id),
        'the answer in the stream',
      );
      const { data } = await visitor.caller.ok(routes.webchat.messages, { params });
      const answer = data.find((message) => message.id === sent.id);
      expectSame([answer?.author.kind, answer?.content], ['team', { type: 'text', text: 'Bom dia' }], 'the answer');
      const body = { position: answer?.position ?? 0, status: 'read' };
      await visitor.caller.ok(routes.webchat.receipts, { params, body });
      await desk.eventually('the message to be `read`', async () => {
        const message = await ana.ok(routes.messages.get, { params: { ...params, messageId: sent.id } });
        return message.status === 'read' ? message : null;
      });
      await visitor.leaves();
    },
  },
  {
    id: 'webchat.privacy',
    says: 'What a visitor sees names no agent, customer or queue by id, and nothing internal.',
    needs: ['webchat'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const visitor = await desk.visitor();
      const input = await begun(desk, visitor);
      const stream = await desk.visitorEvents(visitor.caller);
      await ana.ok(routes.conversations.accept, input);
      await ana.ok(routes.messages.send, { ...input, body: { type: 'text', text: 'Bom dia' } });
      await stream.until((frame) => JSON.stringify(frame.data).includes('Bom dia'), 'the answer in the stream');
      const seen = [
        await visitor.caller.ok(routes.webchat.session),
        await visitor.caller.ok(routes.webchat.conversation, input),
        await visitor.caller.ok(routes.webchat.messages, input),
        ...stream.frames.map(({ data }) => data),
      ];
      for (const shown of seen) {
        const text = JSON.stringify(shown);
        expectThat(!inside.test(text), 'no id of agent, customer, queue or tag', inside.exec(text)?.[0] ?? '');
        expectThat(!text.includes('"event":{'), 'nothing of the timeline', text);
      }
      await visitor.leaves();
    },
  },
  {
    id: 'webchat.strangers',
    says: 'A visitor finds nothing of another visitor, and nothing of the desk.',
    needs: ['webchat'],
    async run(desk) {
      const [visitor, stranger] = [await desk.visitor(), await desk.visitor()];
      const input = await begun(desk, visitor);
      const { caller } = stranger;
      await caller.refused(routes.webchat.conversation, input, 'not_found');
      await caller.refused(routes.webchat.messages, input, 'not_found');
      await caller.refused(routes.webchat.send, { ...input, body: { type: 'text', text: 'Oi' } }, 'not_found');
      expectSame((await caller.ok(routes.webchat.conversations)).data, [], 'conversations of the stranger');
      await visitor.caller.refused(routes.conversations.get, input, 'forbidden');
      await visitor.leaves();
    },
  },
  {
    id: 'webchat.session',
    says: 'A session that was ended is worth nothing.',
    needs: ['webchat'],
    async run(desk) {
      const { caller } = await desk.visitor();
      await caller.ok(routes.webchat.session);
      await caller.ok(routes.webchat.endSession);
      await caller.refused(routes.webchat.session, {}, 'unauthenticated');
    },
  },
];

async function begun(desk: Desk, visitor: KitVisitor) {
  const conversation = await desk.hears(visitor);
  const params = { conversationId: conversation.id };
  const view: VisitorConversation = await visitor.caller.ok(routes.webchat.conversation, { params });
  expectSame(view.status, 'waiting', 'the state that the visitor sees,');
  return { params };
}
