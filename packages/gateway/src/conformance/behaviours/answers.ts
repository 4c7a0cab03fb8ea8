import { routes, type Route } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectThat } from '../unmet.ts';

const nothing = '0'.repeat(26);

/** What every address has in common. */
export const answers: readonly Behaviour[] = [
  {
    id: 'answers.not_found',
    says: 'What is not there, or is not for the caller, is `not_found`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const gets: readonly (readonly [Route, string, string])[] = [
        [routes.conversations.get, 'conversationId', 'cnv'],
        [routes.messages.list, 'conversationId', 'cnv'],
        [routes.customers.get, 'customerId', 'cus'],
        [routes.contacts.get, 'contactId', 'ctt'],
        [routes.queues.get, 'queueId', 'que'],
        [routes.agents.get, 'agentId', 'agt'],
        [routes.attachments.get, 'attachmentId', 'att'],
        [routes.attachments.url, 'attachmentId', 'att'],
        [routes.conversations.accept, 'conversationId', 'cnv'],
      ];
      for (const [route, name, prefix] of gets) {
        await ana.refused(route, { params: { [name]: `${prefix}_${nothing}` } }, 'not_found');
      }
    },
  },
  {
    id: 'answers.fields',
    says: 'A field that is not valid is refused with `validation_failed`, which names it.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const problem = await ana.refused(routes.customers.create, { body: { name: '' } }, 'validation_failed');
      const paths = problem.errors?.map(({ path }) => path) ?? [];
      expectThat(paths.includes('body.name'), 'errors with the path body.name', problem);
    },
  },
  {
    id: 'answers.json',
    says: 'A body that is no JSON is refused with `malformed_json`.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const input = { raw: '{"name":', headers: { 'Content-Type': 'application/json' } };
      await ana.refused(routes.customers.create, input, 'malformed_json');
    },
  },
  {
    id: 'answers.schema',
    says: 'Every answer is what the contract says; fields that it does not know do no harm.',
    isLast: true,
    run(desk) {
      return none(desk.wire.violations.answers, 'answers of the contract');
    },
  },
  {
    id: 'answers.problems',
    says: 'Every refusal is a problem document (RFC 9457) with a code of the contract, its status and a request id.',
    isLast: true,
    run(desk) {
      return none(desk.wire.violations.problems, 'problem documents');
    },
  },
  {
    id: 'events.schema',
    says: 'Every frame of every stream is what the contract says.',
    isLast: true,
    run(desk) {
      return none(desk.wire.violations.frames, 'frames of the contract');
    },
  },
];

function none(violations: readonly string[], what: string): Promise<void> {
  const distinct = [...new Set(violations)];
  const more = distinct.length > 3 ? ` · and ${distinct.length - 3} more` : '';
  expectThat(distinct.length === 0, what, distinct.slice(0, 3).join(' · ') + more);
  return Promise.resolve();
}
