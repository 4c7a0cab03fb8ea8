import type { Conversation, Message, MessageContent, Page, Survey, SurveyResponse } from '@prosa/core/contract';
import { oldestWaiting, type Caller, type InboundOptions, type TestWorkspace } from './desk.ts';

export type Interactive = Extract<MessageContent, { readonly type: 'interactive' }>;

/** A customer on WhatsApp whom an agent attends, and what surveys make of it. */
export interface SurveyedCustomer {
  /** Writes, is attended and the service is closed. @returns the id of the conversation */
  served(outcome?: string): Promise<string>;
  attended(): Promise<string>;
  close(conversationId: string, outcome?: string): Promise<void>;
  says(text: string, options?: InboundOptions): Promise<void>;
  /** Taps the option of that title in the newest question that has it. */
  taps(conversationId: string, title: string, options?: InboundOptions): Promise<void>;
  /** Oldest first. */
  messages(conversationId: string): Promise<readonly Message[]>;
  /** What was asked with options to tap. */
  questions(conversationId: string): Promise<readonly Interactive[]>;
  conversation(conversationId: string): Promise<Conversation>;
  response(conversationId: string): Promise<SurveyResponse | undefined>;
}

export async function createSurvey({ server }: TestWorkspace, instrument: string, more: object = {}): Promise<Survey> {
  const { status, body } = await server.call<Survey>('POST', '/v1/surveys', {
    instrument,
    name: `Pesquisa ${instrument}`,
    ...more,
  });
  if (status !== 200) throw new Error(`the survey was refused: ${JSON.stringify(body)}`);
  return body;
}

export function surveyedCustomer(workspace: TestWorkspace, agent: Caller, phone: string): SurveyedCustomer {
  const get = async <Body>(path: string) => (await agent.call<Body>('GET', path)).body;
  const customer: SurveyedCustomer = {
    async attended() {
      await customer.says('Oi');
      const { id } = await oldestWaiting(agent);
      await agent.call('POST', `/v1/conversations/${id}/accept`);
      return id;
    },
    async close(id, outcome = 'resolved') {
      await agent.call('POST', `/v1/conversations/${id}/close`, { outcome });
    },
    async served(outcome) {
      const id = await customer.attended();
      await customer.close(id, outcome);
      return id;
    },
    says: (text, options) => workspace.customerSays(phone, text, options),
    async taps(id, title, options) {
      const offered = (await customer.questions(id)).flatMap((question) => question.options);
      const option = offered.findLast((each) => each.title === title);
      if (!option) throw new Error(`nothing to tap is called ${title}`);
      await workspace.customerSends(phone, { type: 'reply', text: title, replyId: option.id }, options);
    },
    messages: async (id) => (await get<Page<Message>>(`/v1/conversations/${id}/messages?limit=100`)).data.toReversed(),
    questions: async (id) =>
      (await customer.messages(id)).flatMap(({ content }) => (content.type === 'interactive' ? [content] : [])),
    conversation: (id) => get<Conversation>(`/v1/conversations/${id}`),
    response: async (id) => (await get<Page<SurveyResponse>>(`/v1/survey-responses?conversationId=${id}`)).data[0],
  };
  return customer;
}
