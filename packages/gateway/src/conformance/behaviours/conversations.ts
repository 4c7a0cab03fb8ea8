import { routes, type Conversation } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { problemOf } from '../caller.ts';
import type { Desk } from '../desk.ts';
import { expectSame, expectThat, Unmet } from '../unmet.ts';

const paramsOf = ({ id }: Pick<Conversation, 'id'>) => ({ params: { conversationId: id } });

/** From the queue to the end. */
export const conversations: readonly Behaviour[] = [
  {
    id: 'conversations.waiting',
    says: 'Who writes waits in the queue, is counted, and is in the tabs `waiting` and `all`.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const text = desk.unique('Meu pedido não chegou');
      const conversation = await desk.hears(await desk.customer(), text);
      expectSame([conversation.status, conversation.assignee], ['queued', null], 'status and assignee');
      expectThat(conversation.waitingSince !== null, 'since when the customer waits', conversation.waitingSince);
      expectThat(conversation.unreadCount >= 1, 'an unread message', conversation.unreadCount);
      expectSame(conversation.lastMessage?.text, text, 'the last message');
      for (const tab of ['waiting', 'all'] as const) await expectInTab(desk, conversation, tab, true);
      const counts = await ana.ok(routes.conversations.counts);
      expectThat(counts.waiting >= 1 && counts.all >= counts.waiting, 'counts that have the customer', counts);
    },
  },
  {
    id: 'conversations.accept',
    says: 'Who takes a waiting conversation attends it: it leaves `waiting` and is in `mine`.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const conversation = await desk.waiting();
      const taken = await ana.ok(routes.conversations.accept, paramsOf(conversation));
      expectSame([taken.status, taken.assignee?.id], ['active', ana.me.id], 'status and assignee');
      expectSame(taken.waitingSince, null, 'since when the customer waits');
      await expectInTab(desk, conversation, 'waiting', false);
      await expectInTab(desk, conversation, 'mine', true);
    },
  },
  {
    id: 'conversations.race',
    says: 'Of agents who take it at once one wins; the others get `conversation_taken` with the name of the winner.',
    needs: ['customer', 'second_agent'],
    async run(desk) {
      const agents = [await desk.agent('ana'), await desk.agent('bia')];
      const conversation = await desk.waiting();
      const tries = await Promise.all(
        agents.map((agent) => agent.send(routes.conversations.accept, paramsOf(conversation))),
      );
      const won = agents.filter((_, i) => tries[i]?.status === 200);
      expectThat(
        won.length === 1,
        'one winner',
        tries.map(({ status }) => status),
      );
      const [loser] = tries.filter(({ status }) => status !== 200);
      const problem = loser && problemOf(loser);
      expectSame([loser?.status, problem?.code], [409, 'conversation_taken'], 'the refusal of the other');
      expectSame(problem?.owner?.id, won[0]?.me.id, 'the owner that it names,');
      expectSame(problem?.owner?.name, won[0]?.me.name, 'the name of the owner,');
      const after = await agents[0]?.ok(routes.conversations.get, paramsOf(conversation));
      expectSame(after?.assignee?.id, won[0]?.me.id, 'the assignee');
    },
  },
  {
    id: 'conversations.not_yours',
    says: 'Who does not attend a conversation cannot write in it: `conversation_not_yours` names who does.',
    needs: ['customer', 'second_agent'],
    async run(desk) {
      const [ana, bia] = [await desk.agent('ana'), await desk.agent('bia')];
      const conversation = await desk.attended();
      const body = { type: 'text', text: 'Bom dia' };
      const input = { ...paramsOf(conversation), body };
      const problem = await bia.refused(routes.messages.send, input, 'conversation_not_yours');
      expectSame(problem.owner?.id, ana.me.id, 'the owner');
    },
  },
  {
    id: 'conversations.transfer_agent',
    says: 'A transfer to an agent gives it to them, at once or as a card that they accept; the reason is in the thread.',
    needs: ['customer', 'second_agent'],
    async run(desk) {
      const [ana, bia] = [await desk.agent('ana'), await desk.agent('bia')];
      const conversation = await desk.attended();
      const body = { to: { agentId: bia.me.id }, reason: 'Financeiro' };
      let moved = await ana.ok(routes.conversations.transfer, { ...paramsOf(conversation), body });
      if (moved.status === 'offered') {
        expectSame(moved.offer?.agent.id, bia.me.id, 'the agent of the card');
        moved = await bia.ok(routes.conversations.accept, paramsOf(conversation));
      }
      expectSame([moved.status, moved.assignee?.id], ['active', bia.me.id], 'status and assignee');
      expectThat(moved.version > conversation.version, `a version above ${conversation.version}`, moved.version);
      const { data } = await bia.ok(routes.messages.list, paramsOf(conversation));
      const told = data.some(({ content }) => content.type === 'event' && content.event.name === 'transferred');
      expectThat(
        told,
        'a `transferred` in the thread',
        data.map(({ content }) => content.type),
      );
    },
  },
  {
    id: 'conversations.transfer_queue',
    says: 'A transfer to a queue lets the customer wait there, for anybody.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const conversation = await desk.attended();
      const { data } = await ana.ok(routes.queues.list, { query: { limit: 100 } });
      const queue = data.find(({ id }) => id === conversation.queue?.id) ?? data[0];
      if (!queue) throw new Unmet('a queue', 'none');
      const input = { ...paramsOf(conversation), body: { to: { queueId: queue.id } } };
      const moved = await ana.ok(routes.conversations.transfer, input);
      expectSame([moved.status, moved.assignee, moved.queue?.id], ['queued', null, queue.id], 'the conversation');
    },
  },
  {
    id: 'conversations.close',
    says: 'What is finished is closed, is in no tab, takes no message, and cannot be finished again.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const conversation = await desk.attended();
      const input = { ...paramsOf(conversation), body: { outcome: 'resolved' } };
      let closed = await ana.ok(routes.conversations.close, input);
      if (closed.status === 'wrap_up') closed = await ana.ok(routes.conversations.save, input);
      expectSame([closed.status, closed.outcome], ['closed', 'resolved'], 'status and outcome');
      expectThat(closed.closedAt !== null, 'when it was closed', closed.closedAt);
      await expectInTab(desk, conversation, 'all', false);
      const body = { type: 'text', text: 'Só mais uma coisa' };
      await ana.refused(routes.messages.send, { ...paramsOf(conversation), body }, 'conversation_closed');
      await ana.refused(routes.conversations.close, input, 'conversation_closed');
      const { data } = await ana.ok(routes.conversations.list, {
        query: { contactId: conversation.contact.id, status: 'closed' },
      });
      expectThat(
        data.some(({ id }) => id === conversation.id),
        'it among the closed ones of the contact',
        data.length,
      );
    },
  },
  {
    id: 'conversations.read',
    says: 'Its agent says that the messages were seen, and nothing is unread.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const conversation = await desk.attended();
      const seen = await ana.ok(routes.conversations.read, paramsOf(conversation));
      expectSame(seen.unreadCount, 0, 'unread messages');
    },
  },
  {
    id: 'conversations.versions',
    says: 'The `version` of a conversation counts up with each change, and is never the same for two states.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const customer = await desk.customer();
      const states = [await desk.hears(customer)];
      const [begun] = states as [Conversation];
      const change = async (state: Promise<Conversation>) => states.push(await state);
      await change(ana.ok(routes.conversations.accept, paramsOf(begun)));
      await customer.says(desk.unique('E agora?'));
      await change(
        desk.eventually('the second message', async () => {
          const now = await ana.ok(routes.conversations.get, paramsOf(begun));
          return now.version > (states.at(-1)?.version ?? 0) ? now : null;
        }),
      );
      await change(ana.ok(routes.conversations.read, paramsOf(begun)));
      await change(ana.ok(routes.conversations.close, { ...paramsOf(begun), body: {} }));
      const versions = states.map(({ version }) => version);
      const grow = versions.every((version, i) => i === 0 || version > (versions[i - 1] ?? 0));
      expectThat(grow, 'versions that grow', versions);
      const last = await ana.ok(routes.conversations.get, paramsOf(begun));
      expectThat(last.version >= (versions.at(-1) ?? 0), `a version of ${versions.at(-1)} or more`, last.version);
    },
  },
  {
    id: 'conversations.typing',
    says: 'That the agent types, or looks, is told without an `Idempotency-Key` and without an answer.',
    needs: ['customer'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const conversation = await desk.attended();
      const input = { ...paramsOf(conversation), key: null };
      await ana.ok(routes.conversations.typing, { ...input, body: { typing: true } });
      await ana.ok(routes.conversations.viewing, { ...input, body: { viewing: true } });
    },
  },
];

async function expectInTab(
  desk: Desk,
  { id, contact }: Conversation,
  tab: 'waiting' | 'mine' | 'all',
  isIn: boolean,
): Promise<void> {
  const ana = await desk.agent('ana');
  const { data } = await ana.ok(routes.conversations.list, { query: { tab, contactId: contact.id } });
  const found = data.some((conversation) => conversation.id === id);
  expectThat(
    found === isIn,
    `the conversation ${isIn ? 'in' : 'not in'} the tab ${tab}`,
    data.map((one) => one.id),
  );
}
