import { routes, type Agent } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat } from '../unmet.ts';

/** Who may call, and what is said to who may not. */
export const auth: readonly Behaviour[] = [
  {
    id: 'auth.missing',
    says: 'A request without a token is refused with `unauthenticated`.',
    async run(desk) {
      await desk.nobody().refused(routes.agents.me, {}, 'unauthenticated');
      await desk.nobody().refused(routes.conversations.list, {}, 'unauthenticated');
    },
  },
  {
    id: 'auth.wrong',
    says: 'A token that nobody signed is refused with `unauthenticated`.',
    async run(desk) {
      await desk.bearer('nonsense').refused(routes.agents.me, {}, 'unauthenticated');
      const [header = '', payload = ''] = (await desk.token('ana')).split('.');
      const forged = desk.bearer(`${header}.${payload}.${'A'.repeat(43)}`);
      await forged.refused(routes.agents.me, {}, 'unauthenticated');
    },
  },
  {
    id: 'auth.expired',
    says: 'A token whose time is up is refused with `token_expired`: the client then asks for another one.',
    needs: ['signing'],
    async run(desk) {
      const late = desk.bearer(await desk.token('ana', { expiresInSeconds: -60 }));
      await late.refused(routes.agents.me, {}, 'token_expired');
      const answer = await late.open(routes.events.stream);
      await answer.body?.cancel();
      expectThat(answer.status === 401, 'the event stream to be refused, too', answer.status);
    },
  },
  {
    id: 'auth.agent',
    says: 'Every token of an agent is of the same agent.',
    async run(desk) {
      const { me } = await desk.agent('ana');
      const again = await desk.bearer(await desk.token('ana')).ok(routes.agents.me);
      expectSame(again.id, me.id, 'the id');
      expectThat(me.active, 'an active agent', me);
      const { permissions } = await (await desk.agent('ana')).ok(routes.agents.permissions);
      expectThat(permissions.length > 0, 'permissions', permissions);
    },
  },
  {
    id: 'auth.deactivated',
    says: 'An agent who is deactivated is refused with `agent_deactivated`, and their stream ends with it.',
    needs: ['signing'],
    async run(desk) {
      const ana = await desk.agent('ana');
      const caio = await desk.agent('caio');
      const activate = (active: boolean): Promise<Agent> =>
        ana.ok(routes.agents.update, { params: { agentId: caio.me.id }, body: { active } });
      await activate(true);
      const stream = await desk.events(caio);
      try {
        await activate(false);
        const { data } = await stream.until(({ name }) => name === 'bye', 'a `bye`');
        expectSame(data['reason'], 'agent_deactivated', 'the reason');
        await stream.ended('it said bye');
        await caio.refused(routes.agents.me, {}, 'agent_deactivated');
      } finally {
        await activate(true);
      }
    },
  },
];
