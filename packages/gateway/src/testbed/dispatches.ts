import type { Dispatch } from '@prosa/core/contract';
import { hour } from '../clock.ts';
import type { TestDesk, TestWorkspace } from './desk.ts';
import { approvedTemplate, plainTemplate } from './templates.ts';

/** A dispatch to one made-up person. */
export async function dispatchBody(desk: TestDesk, workspace: TestWorkspace, change: object = {}) {
  const { id } = await approvedTemplate(desk, workspace, { ...plainTemplate, name: 'aviso' });
  return { name: 'Avisos', template: { templateId: id }, recipients: [{ to: { phone: '+5583977001234' } }], ...change };
}

/** One that nobody is written to yet. */
export async function scheduledDispatch(desk: TestDesk, workspace: TestWorkspace): Promise<Dispatch> {
  const scheduledAt = new Date(desk.clock.now() + hour).toISOString();
  const body = await dispatchBody(desk, workspace, { scheduledAt });
  return (await workspace.server.call<Dispatch>('POST', '/v1/dispatches', body)).body;
}
