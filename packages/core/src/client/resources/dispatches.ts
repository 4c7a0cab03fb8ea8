import type {
  Dispatch,
  DispatchCreate,
  DispatchRecipient,
  DispatchReport,
  RecipientState,
} from '../../contract/index.ts';
import { dispatchPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Which people of a dispatch are listed. */
export interface RecipientListParams extends PageParams {
  readonly state?: RecipientState | undefined;
}

/**
 * Dispatches (disparos): a message template for a list of people. With the permissions `dispatches.*`, which
 * administrators have, and API keys. A method that takes an id rejects with `not_found`.
 */
export interface DispatchesResource {
  /** Newest first. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<Dispatch>;
  /** One, with how many people are in each state. */
  get(dispatchId: string, options?: CallOptions): Promise<Dispatch>;
  /**
   * Sends the template to everybody in the list, at once or at `scheduledAt`; `dispatch.updated` tells when it begins and
   * ends. Rejects with `validation_failed`, which names every line that is wrong (`body.recipients.17.to.phone`), and then
   * nothing was made; and with `template_not_sendable`, `attachment_in_use`, `attachment_not_ready`.
   * @example
   * await prosa.dispatches.create({
   *   name: 'Entregas de sexta',
   *   template: { templateId, variables: { 'body.2': 'na sexta' } },
   *   recipients: [{ to: { phone: '(83) 99914-2210', name: 'Tainá Lopes' }, variables: { 'body.1': 'Tainá' } }],
   *   scheduledAt: '2026-11-27T12:00:00.000Z',
   * });
   */
  create(dispatch: DispatchCreate, options?: CommandOptions): Promise<Dispatch>;
  /** Sends nothing more of it. What was handed to Meta stays. Rejects with `dispatch_over` when it has finished. */
  cancel(dispatchId: string, options?: CommandOptions): Promise<Dispatch>;
  /**
   * Its people in the order of the list, with what has become of each. Rejects with `cursor_invalid`.
   * @example
   * for await (const { phone, problem } of prosa.dispatches.recipients(id, { state: 'failed' }))
   *   console.log(phone, problem?.reason?.['pt-BR']);
   */
  recipients(dispatchId: string, params?: RecipientListParams, options?: CallOptions): List<DispatchRecipient>;
  /** What came of it so far: states, reasons, and what WhatsApp charges. */
  report(dispatchId: string, options?: CallOptions): Promise<DispatchReport>;
}

export function createDispatches({ methods }: Calls): DispatchesResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    cancel: act(routes.cancel),
    recipients: list(routes.recipients),
    report: act(routes.report),
  };
}
