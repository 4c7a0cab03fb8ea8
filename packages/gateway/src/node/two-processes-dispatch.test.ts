import type { Dispatch, DispatchRecipient, MessageTemplate, Page } from '@prosa/core/contract';
import { describe, it, type ExpectStatic } from 'vitest';
import { openProcesses, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';

const phoneOf = (index: number) => `+55839880${String(10_000 + index)}`;
const total = 40;
const soon = { timeout: 50_000, interval: 100 };

/** Gateways as real processes get on with one dispatch: together, and after one of them was killed. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 120_000 }, (engine) => {
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

  async function begin(at: Processes, { server }: ProcessWorkspace): Promise<Dispatch> {
    const { body: template } = await server.call<MessageTemplate>('POST', '/v1/hsm', {
      name: 'aviso',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Seu pedido saiu.' }],
    });
    await at.database.transaction((tx) =>
      tx.updateTable('messageTemplates').set({ status: 'approved' }).where('id', '=', template.id).execute(),
    );
    const recipients = Array.from({ length: total }, (_, index) => ({ to: { phone: phoneOf(index) } }));
    const made = { name: 'Avisos', template: { templateId: template.id }, recipients };
    return (await server.call<Dispatch>('POST', '/v1/dispatches', made)).body;
  }
  const sentTo = (at: Processes) => at.graph.sent.map(({ to }) => `+${to}`);

  it(
    'each person gets one message, whichever process sends it',
    inWorld(async (at, workspace, expect) => {
      const { id } = await begin(at, workspace);
      const status = async () => (await workspace.server.call<Dispatch>('GET', `/v1/dispatches/${id}`)).body.status;
      await expect.poll(status, soon).toBe('finished');
      expect(sentTo(at).sort()).toEqual(Array.from({ length: total }, (_, index) => phoneOf(index)));
    }),
  );

  it(
    'a process that is killed loses nobody and writes to nobody twice',
    inWorld(async (at, workspace, expect) => {
      const { id } = await begin(at, workspace);
      await expect.poll(() => at.graph.sent.length, soon).toBeGreaterThan(8);
      await at.a.kill();
      const left = engine === 'postgres' ? at.b : await at.start();
      const server = left.as(workspace.server);
      const counts = async () => (await server.call<Dispatch>('GET', `/v1/dispatches/${id}`)).body.counts;
      // What the killed one was at belongs to it until its lease ends; of the rest nothing is left to do.
      await expect
        .poll(async () => {
          const { waiting, sending } = await counts();
          return waiting === 0 && sending <= 6;
        }, soon)
        .toBe(true);
      const { body } = await server.call<Page<DispatchRecipient>>('GET', `/v1/dispatches/${id}/recipients?state=sent`);
      expect(body.data.length).toBeGreaterThan(0);
      const { sent, sending, unconfirmed } = await counts();
      expect(sent + sending + unconfirmed).toBe(total);
      // After the count: the last ones may have been on their way.
      const phones = sentTo(at);
      expect(phones.length).toBeGreaterThanOrEqual(sent);
      expect(new Set(phones).size, 'nobody twice').toBe(phones.length);
    }),
  );
});
