import { describe, it, type ExpectStatic } from 'vitest';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';
import { setQueue, threadOf, type Outcome } from '../testbed/queues.ts';

const phoneOf = (customer: number) => `+55839880${String(10_000 + customer)}`;

/** A process is killed in the middle of its work: on PostgreSQL the other one goes on, on SQLite the next one. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  /** Each with processes of its own. */
  const inWorld =
    (story: (at: Processes, workspace: ProcessWorkspace, expect: ExpectStatic) => Promise<void>) =>
    async ({ expect }: { expect: ExpectStatic }) => {
      const at = await openProcesses(engine);
      try {
        await story(at, await at.workspace('Cacau'), expect);
      } finally {
        await at.close();
      }
    };
  const survivor = async (at: Processes): Promise<GatewayProcess> => {
    await at.a.kill();
    return engine === 'postgres' ? at.b : await at.start();
  };

  it.concurrent(
    'offers the card of a killed process to the next agent in time',
    inWorld(async (at, workspace, expect) => {
      await setQueue(workspace, { routing: 'offer', offerSeconds: 5 });
      const ana = await workspace.online(at.a, 'Ana');
      // Asleep, so that it is the first one that makes the offer.
      if (engine === 'postgres') at.b.standStill();
      const { id } = await workspace.says(at.a, phoneOf(0), 'Oi');
      const offer = async (process: GatewayProcess) =>
        (await threadOf(process.as(workspace.server), id)).conversation.offer?.agent.name;
      await expect.poll(() => offer(at.a), { timeout: 20_000 }).toBe('Ana');
      if (engine === 'postgres') at.b.goOn();
      const left = await survivor(at);
      const bia = await workspace.online(left, 'Bia');
      await expect.poll(() => offer(left), { timeout: 20_000 }).toBe('Bia');
      expect((await left.as(ana).call<Outcome>('POST', `/v1/conversations/${id}/accept`)).body.code).toBe(
        'conversation_taken',
      );
      const accepted = await left.as(bia).call<Outcome>('POST', `/v1/conversations/${id}/accept`);
      expect(accepted.body).toMatchObject({ status: 'active', assignee: { id: bia.id }, offer: null });
      const { happened } = await threadOf(left.as(workspace.server), id);
      expect(happened.slice(2, 4)).toEqual(['offered', 'offer_timed_out']);
      expect(happened.slice(-2)).toEqual(['offered', 'accepted']);
    }),
  );

  it.concurrent(
    'does each command once, although the answers of a killed process are lost',
    inWorld(async (at, workspace, expect) => {
      const ana = await workspace.agent('Ana');
      const customers = Array.from({ length: 16 }, (_, customer) => customer);
      const all = await Promise.all(customers.map((customer) => workspace.says(at.a, phoneOf(customer), 'Oi')));
      const send = (process: GatewayProcess, id: string, action: string, body: object | undefined) =>
        process.as(ana).call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body, {
          'idempotency-key': `${action}-${id}`,
        });
      await Promise.all(all.map(({ id }) => send(at.a, id, 'accept', undefined)));
      const commands = all.flatMap(({ id }) => [
        { id, action: 'messages', body: { type: 'text', text: 'Resolvido', clientId: `client-${id}` } },
        { id, action: 'close', body: { subject: 'Boleto' } },
      ]);
      let answered = 0;
      const halfway = new Promise<void>((resolve) => {
        const note = () => void (++answered === commands.length / 2 && resolve());
        for (const { id, action, body } of commands) void send(at.a, id, action, body).then(note, () => undefined);
      });
      await halfway;
      const left = await survivor(at);
      expect(answered, 'killed before all was answered').toBeLessThan(commands.length);

      // A message may come too late for a conversation that is over, as it may while nothing breaks.
      for (const { id, action, body } of commands) {
        const { status, body: said } = await send(left, id, action, body);
        expect(status === 200 || (action === 'messages' && said.code === 'conversation_closed')).toBe(true);
      }
      for (const { id } of all) {
        const { conversation, happened, said } = await threadOf(left.as(ana), id);
        expect(conversation).toMatchObject({ status: 'closed', subject: 'Boleto' });
        expect(happened).toEqual(['queued', 'protocol_assigned', 'accepted', 'closed']);
        expect(said.filter((line) => line === '> Resolvido').length).toBeLessThanOrEqual(1);
      }
    }),
  );
});
