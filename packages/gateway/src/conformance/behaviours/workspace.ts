import { routes, type Conversation } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** How the desk is set up, as far as a backend offers it. */
export const workspace: readonly Behaviour[] = [
  {
    id: 'workspace.queues',
    says: 'Queues are listed, and each is found alone.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const { data } = await ana.ok(routes.queues.list);
      expectThat(data.length > 0, 'a queue', data.length);
      const queue = await ana.ok(routes.queues.get, { params: { queueId: data[0]?.id ?? '' } });
      expectSame(queue.name, data[0]?.name, 'its name');
    },
  },
  {
    id: 'workspace.agents',
    says: 'Agents are listed, and say whether they are there.',
    async run(desk) {
      const ana = await desk.agent('ana');
      const found = await ana.ok(routes.agents.get, { params: { agentId: ana.me.id } });
      expectSame([found.id, found.name], [ana.me.id, ana.me.name], 'the agent');
      for (const state of ['online', 'offline'] as const) {
        const { presence } = await ana.ok(routes.agents.presence, { body: { state } });
        expectSame(presence.state, state, 'the presence');
      }
    },
  },
  {
    id: 'workspace.settings',
    says: 'The settings of the workspace can be read.',
    part: { name: 'settings', probe: routes.settings.get },
    async run(desk) {
      await (await desk.agent('ana')).ok(routes.settings.get);
    },
  },
  {
    id: 'workspace.profiles',
    says: 'There is a profile for each role.',
    part: { name: 'profiles', probe: routes.profiles.list },
    async run(desk) {
      const { data } = await (await desk.agent('ana')).ok(routes.profiles.list, { query: { limit: 100 } });
      const roles = data.flatMap(({ role }) => role ?? []).sort();
      expectSame(roles, ['administrator', 'agent', 'supervisor'], 'the roles');
    },
  },
  {
    id: 'workspace.surveys',
    says: 'Surveys and what was answered are listed.',
    part: { name: 'surveys', probe: routes.surveys.list },
    async run(desk) {
      const ana = await desk.agent('ana');
      await ana.ok(routes.surveys.list);
      await ana.ok(routes.surveys.responses);
      const { distribution } = await ana.ok(routes.surveys.results, { query: { instrument: 'nps' } });
      expectSame(
        distribution.map(({ score }) => score),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        'the scores of the scale',
      );
    },
  },
  {
    id: 'workspace.templates',
    says: 'Message templates are listed, by status too.',
    part: { name: 'hsm', probe: routes.hsm.list },
    async run(desk) {
      const { data } = await (await desk.agent('ana')).ok(routes.hsm.list, { query: { status: 'approved' } });
      expectThat(
        data.every(({ status }) => status === 'approved'),
        'approved ones only',
        data.map(({ status }) => status),
      );
    },
  },
  {
    id: 'tags.life',
    says: 'A tag is made once by its name, renamed, given to a conversation, and deleted, also from there.',
    needs: ['customer'],
    part: { name: 'tags', probe: routes.tags.list },
    async run(desk) {
      const ana = await desk.agent('ana');
      const name = desk.unique('Troca');
      const tag = await ana.ok(routes.tags.create, { body: { name } });
      await ana.refused(routes.tags.create, { body: { name } }, 'name_taken');
      const params = { tagId: tag.id };
      const renamed = await ana.ok(routes.tags.update, { params, body: { name: `${name} 2` } });
      expectThat(renamed.version > tag.version, `a version above ${tag.version}`, renamed.version);
      const conversation = await desk.attended();
      const ofConversation = { params: { conversationId: conversation.id } };
      const tagged = await ana.ok(routes.conversations.setTags, { ...ofConversation, body: { tagIds: [tag.id] } });
      expectSame(tagged.tags, [{ id: tag.id, name: `${name} 2` }], 'the tags of the conversation');
      await ana.ok(routes.tags.delete, { params });
      await desk.eventually('the conversation without the tag', async () => {
        const { tags } = await ana.ok(routes.conversations.get, ofConversation);
        return tags.length === 0 ? true : null;
      });
    },
  },
  {
    id: 'protocols.find',
    says: 'A service is found by the number that its customer was told.',
    needs: ['customer'],
    part: { name: 'protocols', probe: routes.protocols.get },
    async run(desk) {
      const ana = await desk.agent('ana');
      const { id, protocol } = await desk.attended();
      expectThat(protocol !== null, 'a protocol', protocol);
      const found = await ana.ok(routes.protocols.get, { params: { number: protocol } });
      expectSame([found.number, found.conversation.id], [protocol, id], 'the service');
      await ana.refused(routes.protocols.get, { params: { number: '0'.repeat(14) } }, 'not_found');
    },
  },
  {
    id: 'search.words',
    says: 'The search finds a conversation by a word of its messages, and says which message it is.',
    needs: ['customer'],
    part: { name: 'search', probe: routes.search.conversations, query: { q: 'prosa' } },
    async run(desk) {
      const ana = await desk.agent('ana');
      const word = `bicicleta${crypto.randomUUID().slice(0, 8)}`;
      const conversation: Conversation = await desk.hears(await desk.customer(), `A ${word} é azul`);
      await desk.eventually('the conversation among what was found', async () => {
        const { data } = await ana.ok(routes.search.conversations, { query: { q: word } });
        const hit = data.find((one) => one.conversation.id === conversation.id);
        return hit?.matched === 'message' && hit.messageId !== null ? hit : null;
      });
    },
  },
];
