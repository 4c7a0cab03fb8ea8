import type { Dispatch, DispatchRecipient, DispatchReport, MessageTemplate, Page } from '@prosa/core/contract';
import { expect } from 'vitest';
import { second } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { openSendingDesk, type GraphCall, type SendingDesk } from './sending-desk.ts';
import { listedTemplate } from './templates.ts';

export const soon = { timeout: 30_000, interval: 20 };

/** Made-up phones, one for each number. */
export const person = (index: number) => `+5583988${String(100_000 + index)}`;
export const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ to: { phone: person(from + index) } }));

/** A sending desk with a template that greets, and what dispatches do there. */
export interface DispatchDesk extends SendingDesk {
  readonly template: MessageTemplate;
  /** The components of it as Meta lists them. */
  readonly listed: readonly object[];
  dispatch(recipients: readonly object[], change?: object): Promise<Dispatch>;
  get(dispatch: { readonly id: string }): Promise<Dispatch>;
  cancel(dispatch: { readonly id: string }): Promise<Dispatch>;
  report(dispatch: { readonly id: string }): Promise<DispatchReport>;
  recipients(dispatch: { readonly id: string }): Promise<readonly DispatchRecipient[]>;
  /** Until it is so, while time passes by this much with each look. */
  turns(dispatch: { readonly id: string }, expected: object, step?: number): Promise<void>;
  /** Whom templates went to, in their order. */
  sentTo(): readonly string[];
}

export async function openDispatchDesk(database: Database): Promise<DispatchDesk> {
  const bed = await openSendingDesk(database);
  const { server } = bed.workspace;
  const body = { type: 'BODY', text: 'Olá, {{1}}.', example: { body_text: [['Marina']] } };
  const template = await listedTemplate(bed.desk, bed.workspace, 'saudacao', [body]);
  const get: DispatchDesk['get'] = async ({ id }) => (await server.call<Dispatch>('GET', `/v1/dispatches/${id}`)).body;
  return {
    ...bed,
    template,
    listed: [body],
    get,
    async dispatch(recipients, change = {}) {
      const { status, body: made } = await server.call<Dispatch>('POST', '/v1/dispatches', {
        name: 'Avisos',
        template: { templateId: template.id, variables: { 'body.1': 'tudo bem' } },
        recipients,
        ...change,
      });
      expect([status, made]).toEqual([200, expect.anything()]);
      return made;
    },
    cancel: async ({ id }) => (await server.call<Dispatch>('POST', `/v1/dispatches/${id}/cancel`)).body,
    report: async ({ id }) => (await server.call<DispatchReport>('GET', `/v1/dispatches/${id}/report`)).body,
    recipients: async ({ id }) =>
      (await server.call<Page<DispatchRecipient>>('GET', `/v1/dispatches/${id}/recipients?limit=100`)).body.data,
    async turns(dispatch, expected, step = second / 4) {
      const look = async () => {
        bed.desk.clock.advance(step);
        return await get(dispatch);
      };
      await expect.poll(look, soon).toMatchObject(expected);
    },
    sentTo: () => bed.graph.calls.filter(isTemplate).map(({ body: { to } }) => `+${String(to)}`),
  };
}

export function isTemplate({ path, body }: GraphCall): boolean {
  return path.endsWith('/messages') && body['type'] === 'template';
}
