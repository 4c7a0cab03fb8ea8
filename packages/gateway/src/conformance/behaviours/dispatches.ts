import { routes, type MessageTemplate } from '@prosa/core/contract';
import type { Behaviour } from '../behaviour.ts';
import { expectSame, expectThat, Unmet } from '../unmet.ts';
import type { Desk } from '../desk.ts';

const part = { name: 'dispatches', probe: routes.dispatches.list };
const farAwayMs = 300 * 24 * 60 * 60_000;

/** Templates for lists of people. Nobody is written to: what is made lies far ahead, and is cancelled. */
export const dispatches: readonly Behaviour[] = [
  {
    id: 'dispatches.absent',
    says: 'A dispatch that is not there is `not_found`, with its people and its report.',
    part,
    async run(desk) {
      const ana = await desk.agent('ana');
      const params = { dispatchId: 'dsp_00000000000000000000000000' };
      for (const name of ['get', 'recipients', 'report', 'cancel'] as const) {
        await ana.refused(routes.dispatches[name], { params }, 'not_found');
      }
    },
  },
  {
    id: 'dispatches.lines',
    says: 'Every line of a list that is wrong is named by its place, and then nothing is made.',
    needs: ['template'],
    part,
    async run(desk) {
      const ana = await desk.agent('ana');
      const name = desk.unique('Avisos');
      const [first, second] = somePhones();
      const phones = [first, '00000000', second, '99999999', first];
      const problem = await ana.refused(
        routes.dispatches.create,
        { body: { ...(await later(desk, name)), recipients: phones.map((phone) => ({ to: { phone } })) } },
        'validation_failed',
      );
      const places = (problem.errors ?? []).map(({ path }) => /^body\.recipients\.(\d+)\./.exec(path)?.[1]);
      expectSame(
        [...new Set(places)].sort(),
        ['1', '3', '4'],
        'the places of two wrong phones and of one that repeats,',
      );
      const { data } = await ana.ok(routes.dispatches.list);
      expectThat(!data.some((dispatch) => dispatch.name === name), 'no dispatch', name);
    },
  },
  {
    id: 'dispatches.cancel',
    says: 'A dispatch waits for its time, is made once for its key, and once it is cancelled nobody gets it.',
    needs: ['template'],
    part,
    async run(desk) {
      const ana = await desk.agent('ana');
      const key = crypto.randomUUID();
      const recipients = somePhones().map((phone, index) => ({ to: { phone, name: `Lia ${index}` } }));
      const body = { ...(await later(desk, desk.unique('Avisos'))), recipients };
      const made = await ana.ok(routes.dispatches.create, { body, key });
      expectSame(
        [made.status, made.total, made.counts['waiting']],
        ['scheduled', 2, 2],
        'status, total and who waits,',
      );
      expectSame((await ana.ok(routes.dispatches.create, { body, key })).id, made.id, 'the same dispatch,');
      const { data } = await ana.ok(routes.dispatches.list);
      expectSame(data[0]?.id, made.id, 'the newest dispatch');

      const params = { dispatchId: made.id };
      const cancelled = await ana.ok(routes.dispatches.cancel, { params });
      expectSame([cancelled.status, cancelled.counts['cancelled']], ['cancelled', 2], 'cancelled, status and people');
      expectThat(cancelled.version > made.version, `a version above ${made.version}`, cancelled.version);
      const people = await ana.ok(routes.dispatches.recipients, { params });
      expectSame(
        people.data.map(({ place, phone, state }) => [place, phone, state]),
        recipients.map(({ to }, place) => [place, to.phone, 'cancelled']),
        'the people in the order of the list',
      );
      const none = await ana.ok(routes.dispatches.recipients, { params, query: { state: 'waiting' } });
      expectSame(none.data, [], 'nobody who waits,');
      expectSame((await ana.ok(routes.dispatches.report, { params })).counts, cancelled.counts, 'the report');
      const again = await ana.ok(routes.dispatches.cancel, { params });
      expectSame(
        [again.status, again.version],
        ['cancelled', cancelled.version],
        'cancelled twice, status and version',
      );
    },
  },
];

/** One that is approved and needs nothing but a phone; `null` where there is none. */
export async function plainTemplateOf(desk: Desk): Promise<MessageTemplate | null> {
  const ana = await desk.agent('ana');
  const answer = await ana.send(routes.hsm.list, { query: { status: 'approved', limit: 100 } });
  if (answer.status !== 200) return null;
  const { data } = answer.body as { readonly data: readonly MessageTemplate[] };
  return data.find(isPlain) ?? null;
}

function isPlain({ status, components }: MessageTemplate): boolean {
  const isBare = components.every(({ type }) => type === 'BODY' || type === 'FOOTER');
  return status === 'approved' && isBare && !JSON.stringify(components).includes('{{');
}

async function later(desk: Desk, name: string) {
  const template = await plainTemplateOf(desk);
  if (!template) throw new Unmet('the approved template that was there before', 'none');
  const scheduledAt = new Date(Date.now() + farAwayMs).toISOString();
  return { name, template: { templateId: template.id }, scheduledAt };
}

/** Two Brazilian mobile numbers that are made up, and never written to. */
function somePhones(): readonly [string, string] {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const phone = (place: number) => `+5583988${String((seed + place) % 1_000_000).padStart(6, '0')}`;
  return [phone(0), phone(1)];
}
