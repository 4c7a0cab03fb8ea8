import type { Conversation, Message, Page, Problem, Queue, QueueUpdate } from '@prosa/core/contract';
import type { Caller, TestWorkspace } from './desk.ts';

/** What a command answers: the conversation, or why not. */
export type Outcome = Conversation & Omit<Problem, 'status'>;

/** Changes how the workspace's own queue works. */
export async function setQueue({ server }: Pick<TestWorkspace, 'server'>, changes: QueueUpdate): Promise<Queue> {
  const { body: queues } = await server.call<Page<Queue>>('GET', '/v1/queues');
  const { status, body } = await server.call<Queue>('PATCH', `/v1/queues/${queues.data[0]?.id ?? ''}`, changes);
  if (status !== 200) throw new Error(`the queue was refused: ${JSON.stringify(body)}`);
  return body;
}

/** A conversation as one of the team sees it: its messages and what happened, oldest first. */
export interface Thread {
  readonly conversation: Conversation;
  /** What was said, with what came by itself marked: `<` the customer, `>` the team, `*` the system. */
  readonly said: readonly string[];
  /** The names in the timeline. */
  readonly happened: readonly string[];
  readonly messages: readonly Message[];
}

export async function threadOf(caller: Caller, conversationId: string): Promise<Thread> {
  const { body: conversation } = await caller.call<Conversation>('GET', `/v1/conversations/${conversationId}`);
  const { body } = await caller.call<Page<Message>>('GET', `/v1/conversations/${conversationId}/messages?limit=100`);
  const messages = body.data.toReversed();
  return {
    conversation,
    messages,
    said: messages.flatMap(({ content, direction, author }) => {
      if (direction === 'internal') return [];
      const text = 'text' in content ? content.text : content.type;
      if (direction === 'inbound') return [`< ${text}`];
      return [`${author.kind === 'system' ? '*' : '>'} ${text}`];
    }),
    happened: messages.flatMap(({ content }) => (content.type === 'event' ? [content.event.name] : [])),
  };
}
